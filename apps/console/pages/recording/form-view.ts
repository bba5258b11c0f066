import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { FieldError } from '../../forms/when';
import { qualityWords } from '../../words/codes';
import { countryWords } from '../../words/countries';
import { notRecordedWords, officerDefinedWords, selfDefinedWords, sexWords } from '../../words/people';
import type { Field, Task } from './tasks';

interface Item {
  readonly value: string;
  readonly text: string;
  readonly checked: boolean;
  readonly selected: boolean;
}

/** One question as the macro prints it. */
export interface FieldView {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly heading?: string;
  readonly value: string;
  readonly items: readonly Item[];
  readonly width: string;
  readonly boxes: Readonly<Record<string, string>>;
  readonly error?: string;
  /** Which of the three date boxes is wrong. */
  readonly part?: string;
}

export interface Choices {
  readonly areas: readonly string[];
  readonly crimes: readonly { readonly id: string; readonly text: string }[];
}

const itemsOf = (words: Readonly<Record<string, string>>, chosen: readonly string[]): Item[] =>
  Object.entries(words).map(([value, text]) => ({ value, text, checked: chosen.includes(value), selected: chosen.includes(value) }));

const withNone = (words: Readonly<Record<string, string>>, chosen: readonly string[]): Item[] =>
  [{ value: '', text: 'Select', checked: false, selected: chosen.length === 0 }, ...itemsOf(words, chosen)];

const choicesOf = (field: Field, { areas, crimes }: Choices): Readonly<Record<string, string>> => {
  if (field.kind === 'area') return Object.fromEntries(areas.map((name) => [name, name]));
  if (field.kind === 'crime') return Object.fromEntries(crimes.map(({ id, text }) => [id, text]));
  return field.options ?? {};
};

const errorOf = (errors: readonly FieldError[], id: string): { error?: string; part?: string } => {
  const found = errors.find(({ field }) => field === id || (field.startsWith(`${id}-`) && /-(day|month|year|time|offset)$/.test(field)));
  return found ? { error: found.text, part: found.field.slice(id.length + 1) } : {};
};

const boxesOf = (fields: Fields, id: string): Record<string, string> =>
  Object.fromEntries(['day', 'month', 'year', 'time', 'about', 'unknown', 'offset'].map((part) => [part, one(fields, `${id}-${part}`)]));

const viewOf = (field: Field, fields: Fields, errors: readonly FieldError[], choices: Choices): FieldView => {
  const listed = field.kind === 'select' || field.kind === 'area' || field.kind === 'crime';
  const chosen = all(fields, field.name);
  const words = field.kind === 'yes' ? { yes: 'Yes', no: 'No' } : choicesOf(field, choices);
  return {
    kind: field.kind === 'yes' ? 'radios' : listed ? 'select' : field.kind, id: field.name,
    label: field.optional ? `${field.label} (optional)` : field.label, ...(field.hint && { hint: field.hint }), ...(field.heading && { heading: field.heading }),
    value: one(fields, field.name), items: listed ? withNone(words, chosen) : itemsOf(words, chosen), width: field.width ?? '', boxes: boxesOf(fields, field.name),
    ...errorOf(errors, field.name),
  };
};

const plainField = (name: string, label: string, more: Partial<Field> = {}): Field => ({ kind: 'line', name, label, ...more });

// The most frequent first, then why there is none, then all.
const nationalityWords: Readonly<Record<string, string>> = { GBR: countryWords.GBR!, ...notRecordedWords, ...countryWords };

const personFields: readonly Field[] = [
  plainField('familyName', 'Family name'), plainField('givenNames', 'Given names', { optional: true }),
  { kind: 'day', name: 'birth', label: 'Date of birth', hint: 'For example, 31 3 1988', optional: true },
  { kind: 'radios', name: 'sex', label: 'Sex', options: sexWords },
  { kind: 'select', name: 'selfDefinedEthnicity', label: 'Ethnicity as the person defines it', options: { ...notRecordedWords, ...selfDefinedWords } },
  { kind: 'select', name: 'officerDefinedEthnicity', label: 'Ethnicity as the officer sees it', options: { ...notRecordedWords, ...officerDefinedWords } },
  { kind: 'select', name: 'nationality', label: 'Nationality', hint: 'The country; or, at the top of the list, why it is not recorded', options: nationalityWords },
];

/** The section that says who a suspect is. */
const personView = (task: Task, fields: Fields, errors: readonly FieldError[], choices: Choices, existingOnly: boolean) => {
  const of = (field: Field) => viewOf(field, fields, errors, choices);
  const { NAMED: _, ...less } = qualityWords;
  return {
    kind: 'person', id: 'person', label: 'Who the suspect is', choice: one(fields, 'person'), ...errorOf(errors, 'person'),
    mayRegister: !existingOnly, mayBeNobody: task.command === 'LinkSuspect',
    reference: of(plainField('personReference', 'Reference of the person', { hint: 'For example PER-104', width: 'govuk-input--width-10' })),
    person: personFields.map(of),
    quality: of({ kind: 'radios', name: 'quality', label: 'How well the suspect is known', options: less }),
    description: of({ kind: 'text', name: 'description', label: 'Description', optional: true }),
  };
};

export interface FormFields {
  readonly task: Task;
  readonly values: Fields;
  readonly errors: readonly FieldError[];
  readonly choices: Choices;
  readonly twice: boolean;
  /** In a correction the person is one in Daybook. */
  readonly existingOnly: boolean;
}

/** Every question of a form with what was answered and what is wrong with it. */
export const formFields = ({ task, values, errors, choices, twice, existingOnly }: FormFields) => ({
  fields: task.fields.map((field) =>
    (field.kind === 'person' ? personView(task, values, errors, choices, existingOnly) : viewOf(field.kind === 'charges' ? { ...field, kind: 'text' } : field, values, errors, choices))),
  when: { ...viewOf({ kind: 'day', name: 'when', label: task.when }, values, errors, choices), twice },
  reason: viewOf({ kind: 'text', name: 'reason', label: 'Why this is recorded', optional: true }, values, errors, choices),
});
