import type { OpenedDetail, PersonDetails } from '#contexts/nominals';
import type { HistoryEntry } from '#contexts/investigations';
import type { FieldError } from '../../forms/when';
import type { PersonAtMoment } from '../../reading/persons';
import { one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { personFieldWords, personWords } from '../../words/people';
import { formFields } from '../recording/form-view';
import type { FieldView } from '../recording/form-view';
import { personAnswer } from '../recording/person-answers';
import { tasks } from '../recording/tasks';
import { nameWords } from './person.presenter';

type Plain = Readonly<Record<string, unknown>>;

export interface PersonAnswers {
  readonly errors: readonly FieldError[];
  /** The request of the command. */
  readonly plain: Plain;
  /** What the check page shows; a correction shows what it changes. */
  readonly rows: readonly { readonly key: string; readonly before?: string; readonly value: string }[];
}

/** One thing that can be recorded about a person. */
export interface PersonTask {
  readonly slug: 'correct' | 'alias' | 'take-away';
  readonly command: 'CorrectPerson' | 'AddPersonAlias' | 'VoidPersonEntry';
  readonly heading: string;
  readonly button: string;
  readonly done: string;
  readonly hint: string;
  readonly reason: { readonly label: string; readonly needed: boolean };
  prefill(person: PersonAtMoment): Fields;
  fields(values: Fields, errors: readonly FieldError[]): readonly FieldView[];
  read(values: Fields, person: PersonAtMoment, entry?: HistoryEntry): PersonAnswers;
}

const needReason = (values: Fields): FieldError[] => (one(values, 'reason') ? [] : [{ field: 'reason', text: 'Enter why the record is changed' }]);
const reasonOf = (values: Fields): Plain => (one(values, 'reason') ? { reason: one(values, 'reason') } : {});
const textOf = (value: OpenedDetail | undefined): string => (typeof value === 'string' ? value : '');

const linking = tasks.find(({ slug }) => slug === 'link-suspect')!;

/** The questions about a person, as the form that registers one asks them. */
const personQuestions = (values: Fields, errors: readonly FieldError[]): readonly FieldView[] => {
  const { fields } = formFields({ task: linking, values: { ...values, person: 'new' }, errors, choices: { areas: [], crimes: [] }, twice: false, existingOnly: false });
  return fields.flatMap((field) => ('person' in field ? field.person : []));
};

const notRecorded = new Set(['REFUSED', 'NOT_ASKED', 'NOT_KNOWN']);

const correctionPrefill = ({ details }: PersonAtMoment): Fields => {
  const [year, month, day] = textOf(details.dateOfBirth).split('-');
  return {
    familyName: textOf(details.familyName), givenNames: textOf(details.givenNames), 'birth-year': year, 'birth-month': month && String(Number(month)), 'birth-day': day && String(Number(day)),
    sex: details.sex, selfDefinedEthnicity: details.selfDefinedEthnicity, officerDefinedEthnicity: details.officerDefinedEthnicity,
    nationality: details.nationality,
  };
};

const words = (field: string, value: unknown): string => {
  if (value === undefined || value === '') return '(empty)';
  return typeof value === 'string' && notRecorded.has(value) && /Ethnicity|nationality/.test(field) ? personWords(field, { notRecorded: value }) : personWords(field, value);
};

const differences = (plain: Plain, details: PersonDetails): PersonAnswers['rows'] => Object.keys(personFieldWords)
  .filter((field) => field !== 'pncIds' && (plain[field] || undefined) !== details[field as keyof PersonDetails])
  .map((field) => ({ key: personFieldWords[field]!, before: words(field, details[field as keyof PersonDetails]), value: words(field, plain[field]) }));

const readCorrection = (values: Fields, { details }: PersonAtMoment): PersonAnswers => {
  const errors: FieldError[] = [];
  const answer = personAnswer({ ...values, person: 'new' }, () => undefined, errors);
  const person = answer.choice === 'new' ? answer.person : {};
  const rows = differences(person, details);
  if (errors.length === 0 && rows.length === 0) errors.push({ field: 'familyName', text: 'Nothing is different from what the record says' });
  const given = Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined && value !== ''));
  return { errors: [...errors, ...needReason(values)], plain: { ...given, ...(details.pncIds.length > 0 && { pncIds: details.pncIds }), ...reasonOf(values) }, rows };
};

const aliasQuestions = (values: Fields, errors: readonly FieldError[]): readonly FieldView[] =>
  (['familyName', 'givenNames'] as const).map((id) => ({
    kind: 'line', id, label: id === 'familyName' ? 'Family name (optional)' : 'Given names or nickname (optional)', value: one(values, id), items: [], width: '', boxes: {},
    error: errors.find(({ field }) => field === id)?.text,
  }));

const readAlias = (values: Fields): PersonAnswers => {
  const names = Object.fromEntries(['familyName', 'givenNames'].map((id) => [id, one(values, id)]).filter(([, text]) => text));
  const errors = Object.keys(names).length > 0 ? [] : [{ field: 'familyName', text: 'Enter the other name' }];
  return { errors, plain: { ...names, ...reasonOf(values) }, rows: [{ key: 'Another name', value: nameWords(names) }] };
};

const readTaking = (values: Fields, _: PersonAtMoment, entry?: HistoryEntry): PersonAnswers => ({
  errors: needReason(values), plain: { event: entry!.id, ...reasonOf(values) }, rows: [{ key: 'Taken away', value: `The other name ${nameWords(entry!.data)}, event ${entry!.number}` }],
});

const changed = { label: 'Why the record is changed', needed: true };

export const personTasks: readonly PersonTask[] = [
  {
    slug: 'correct', command: 'CorrectPerson', heading: 'Correct the details', button: 'Record the correction', done: 'Details corrected', reason: changed,
    hint: 'Change what is wrong and leave the rest. The earlier details stay on the record, struck through.', prefill: correctionPrefill, fields: personQuestions, read: readCorrection,
  },
  {
    slug: 'alias', command: 'AddPersonAlias', heading: 'Add another name', button: 'Record', done: 'Another name added', reason: { label: 'Why this is recorded (optional)', needed: false },
    hint: 'A name before marriage, an alias or a nickname. A name that was written down wrongly is corrected instead.', prefill: () => ({}), fields: aliasQuestions, read: readAlias,
  },
  {
    slug: 'take-away', command: 'VoidPersonEntry', heading: 'Take another name away', button: 'Take it away', done: 'Another name taken away', reason: changed,
    hint: 'The name should never have been recorded. It stays on the record, struck through.', prefill: () => ({}), fields: () => [], read: readTaking,
  },
];
