import type { OpenedText, TextToLookAt } from '#contexts/oversight';
import { parseDay } from '../../forms/dates';
import { one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { RightsTask } from './rights-tasks';

/** What was wrong with an answer, at its field. */
export interface RightsError {
  readonly field: string;
  readonly text: string;
}

export interface RightsAnswers {
  /** As the request of the command takes it. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly errors: readonly RightsError[];
}

/** The name of the box for what remains of a text: of the text and not of its place in the list, which may have grown since the form was shown. */
export const redactionField = ({ event, path }: Pick<TextToLookAt, 'event' | 'path'>): string => `redaction-${event}-${path}`;

const answerOf = (task: RightsTask, fields: Fields): RightsAnswers => {
  const request: Record<string, unknown> = {};
  const errors: RightsError[] = [];
  for (const { name, kind, label, optional, missing = `Enter ${label.toLowerCase()}` } of task.fields) {
    const typed = one(fields, name);
    if (typed === '' && !optional) errors.push({ field: name, text: missing });
    if (typed === '') continue;
    const value = kind === 'day' ? parseDay(typed) : typed;
    if (value === undefined) errors.push({ field: name, text: 'Enter a real date, such as 27/3/2026' });
    else request[name] = value;
  }
  return { request, errors };
};

/** Reads a form. Of an authorisation, each text with words in its box is redacted, and one that is about others must have some. Who authorises says that they have read all. */
export const rightsAnswers = (task: RightsTask, fields: Fields, requestId: string | undefined, texts: readonly OpenedText[]): RightsAnswers => {
  const { request, errors } = answerOf(task, fields);
  if (task.command === 'RefuseErasure' || task.command === 'WithdrawErasureRequest') return { request: { ...request, requestId }, errors };
  if (task.command !== 'AuthoriseErasure') return { request, errors };
  const given = texts.map((text) => one(fields, redactionField(text)));
  const missing = texts.flatMap((text, i) => (text.mandatory && given[i] === '' ? [{ field: redactionField(text), text: `Enter what remains of text ${i + 1}: it is about other people too` }] : []));
  const redactions = texts.flatMap(({ stream, event, path }, i) => (given[i] ? [{ stream, event, path, text: given[i] }] : []));
  const unsure = one(fields, 'read') === 'yes' ? [] : [{ field: 'read', text: 'Confirm that you have read every text' }];
  return { request: { requestId, redactions }, errors: [...errors, ...missing, ...unsure] };
};
