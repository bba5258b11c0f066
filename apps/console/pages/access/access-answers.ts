import { parseDay } from '../../forms/dates';
import type { FieldError } from '../../forms/when';
import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { AccessTask } from './access-forms';

export interface AccessAnswers {
  /** As the request of the command takes it. */
  readonly request: Readonly<Record<string, string>>;
  /** Of fields that take several. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly errors: readonly FieldError[];
}

const whom = ({ command }: AccessTask, { user, agency }: Readonly<Record<string, string>>): readonly FieldError[] => {
  if (command !== 'GrantAccess' || (user === undefined) !== (agency === undefined)) return [];
  return [{ field: 'user', text: user === undefined ? 'Enter a collar number or an agency' : 'Enter a collar number or an agency, not both' }];
};

/** Reads a form. */
export const accessAnswers = (task: AccessTask, fields: Fields): AccessAnswers => {
  const request: Record<string, string> = {};
  const lists: Record<string, readonly string[]> = {};
  const errors: FieldError[] = [];
  for (const { name, kind, missing, label } of task.fields) {
    const typed = one(fields, name);
    if (kind === 'checkboxes' && typed !== '') lists[name] = all(fields, name);
    if (typed === '' && missing !== undefined) errors.push({ field: name, text: missing });
    if (typed === '' || kind === 'checkboxes') continue;
    const value = kind === 'day' ? parseDay(typed) : typed;
    if (value === undefined) errors.push({ field: name, text: `${label} must be a real date, such as 27/3/2026` });
    else request[name] = value;
  }
  return { request, lists, errors: [...whom(task, request), ...errors] };
};
