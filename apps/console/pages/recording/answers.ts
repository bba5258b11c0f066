import type { EffectiveAt } from '#kernel';
import { investigationRequests } from '#contexts/investigations';
import type { InvestigationRequest } from '#contexts/investigations';
import { nominalRequests } from '#contexts/nominals';
import { InvalidRequestError, validateRequest } from '#platform/requests';
import { dateFault, dateOf } from '../../forms/dates';
import { knownDate } from '../../forms/known-date';
import { readWhen } from '../../forms/when';
import type { FieldError } from '../../forms/when';
import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { labelled } from './labels';
import { personAnswer } from './person-answers';
import type { PersonAnswer } from './person-answers';
import type { Field, Task } from './tasks';

type Plain = Record<string, unknown>;

/** What a form says, checked against the request that it becomes. */
export interface Answers {
  readonly errors: readonly FieldError[];
  readonly at?: EffectiveAt;
  /** The hour typed happens twice that night. */
  readonly twice: boolean;
  readonly plain: Readonly<Plain>;
  readonly person?: PersonAnswer;
}

export interface AnswerContext {
  readonly now: number;
  resolvePerson(reference: string): string | undefined;
  /** Fields that the form does not ask, such as the link that it is about. */
  readonly fixed: Readonly<Plain>;
  readonly reasonNeeded?: boolean;
}

const dayOf = (fields: Fields, { name, label, optional, coarse }: Field, errors: FieldError[]): string | undefined => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => one(fields, `${name}-${part}`)) as [string, string, string];
  if (!day && !month && !year && optional) return undefined;
  const date = coarse ? knownDate(day, month, year) : dateOf(day, month, year);
  if (date) return date;
  const { part, text } = dateFault(label, day, month, year);
  errors.push({ field: `${name}-${part}`, text });
  return undefined;
};

const chargesOf = (fields: Fields, { name, missing }: Field, errors: FieldError[]): Plain[] => {
  const lines = one(fields, name).split(/\r?\n/).map((text) => text.trim()).filter(Boolean);
  if (lines.length === 0) errors.push({ field: name, text: missing! });
  return lines.map((offence) => ({ offence, method: one(fields, 'method') }));
};

// What is no whole number is left to the shared check, which says what it must be.
const numberOf = (typed: string): number | undefined => (typed === '' ? undefined : /^[+-]?\d{1,9}$/.test(typed) ? Number(typed) : NaN);

const valueOf = (fields: Fields, field: Field, errors: FieldError[]): unknown => {
  switch (field.kind) {
    case 'checks': return all(fields, field.name);
    case 'day': return dayOf(fields, field, errors);
    case 'charges': return chargesOf(fields, field, errors);
    case 'number': return numberOf(one(fields, field.name));
    case 'yes': return { yes: true, no: false }[one(fields, field.name)];
    default: return one(fields, field.name) || undefined;
  }
};

const missing = (task: Task, plain: Plain): FieldError[] => task.fields.flatMap(({ kind, name, label, optional, missing: words }) =>
  (optional || kind === 'checks' || kind === 'person' || kind === 'charges' || plain[name] !== undefined ? [] : [{ field: name, text: words ?? `Enter ${label.toLowerCase()}` }]));

const crimeNames = ['offence', 'crimeReference', 'force', 'offenceFrom', 'offenceTo'];

/** Opening asks for its first crime in the same form; the request holds it in a list. */
const nested = (task: Task, { method: _, ...plain }: Plain): Plain => {
  if (task.about !== 'new') return plain;
  const crime = Object.fromEntries(Object.entries(plain).filter(([name]) => crimeNames.includes(name)));
  const rest = Object.fromEntries(Object.entries(plain).filter(([name]) => !crimeNames.includes(name)));
  return Object.values(crime).some((value) => value !== undefined) ? { ...rest, crimes: [crime] } : rest;
};

const withPerson = (plain: Plain, person: PersonAnswer | undefined, task: Task): Plain => {
  if (!person) return plain;
  if (person.choice === 'none') return { ...plain, quality: person.quality, ...(person.description && { description: person.description }) };
  const quality = task.command === 'LinkSuspect' ? { quality: 'NAMED' } : {};
  // A new person has no id before the record button is pressed; any id passes the form's check.
  return { ...plain, ...quality, nominalId: person.choice === 'existing' ? person.nominalId : '00000000-0000-4000-8000-000000000000' };
};

const checked = (task: Task, plain: Plain, person: PersonAnswer | undefined): FieldError[] => {
  try {
    if (person?.choice === 'new') validateRequest(nominalRequests.RegisterPerson, person.person);
    validateRequest(investigationRequests[task.command] as new () => InvestigationRequest, plain);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return error.entries.map(({ field, message }) => labelled(task, field, message));
  }
};

const crimeWanted = (task: Task, plain: Plain): boolean =>
  task.about === 'new' && (plain.kind === 'CRIME' || crimeNames.some((name) => plain[name] !== undefined));

const requiredOnly = (task: Task, plain: Plain): Task =>
  (task.about === 'new' && !crimeWanted(task, plain) ? { ...task, fields: task.fields.filter(({ name }) => name !== 'offence') } : task);

const once = (errors: readonly FieldError[]): readonly FieldError[] =>
  errors.filter(({ field }, i) => errors.findIndex((other) => other.field.replace(/-\w+$/, '') === field.replace(/-\w+$/, '')) === i);

/** Reads a posted form. Every fault is reported at once, each at its box; the words of the shared request check are used where ours have none. */
export const readAnswers = (task: Task, fields: Fields, { now, resolvePerson, fixed, reasonNeeded }: AnswerContext): Answers => {
  const errors: FieldError[] = [];
  const asked: Plain = Object.fromEntries(task.fields.filter(({ kind }) => kind !== 'person').map((field) => [field.name, valueOf(fields, field, errors)]));
  const person = task.fields.some(({ kind }) => kind === 'person') ? personAnswer(fields, resolvePerson, errors) : undefined;
  const when = readWhen(fields, 'when', task.when, now);
  const reason = one(fields, 'reason');
  const own = missing(requiredOnly(task, asked), asked);
  const dated = [...own, ...errors, ...('error' in when ? [when.error] : []), ...(reasonNeeded && !reason ? [{ field: 'reason', text: 'Enter why the record is changed' }] : [])];
  const plain = { ...fixed, ...withPerson(nested(task, asked), person, task), ...('at' in when && { effectiveAt: when.at }), ...(reason && { reason }) };
  const found = once(dated.length > 0 ? dated : checked(task, plain, person));
  return {
    errors: inOrder(task, found), plain, twice: 'twice' in when && when.twice === true, ...('at' in when && { at: when.at }), ...(person && { person }),
  };
};

/** In the order of the page, so that the summary reads like the form. */
const inOrder = (task: Task, errors: readonly FieldError[]): readonly FieldError[] => {
  const names = [...task.fields.flatMap(({ kind, name }) => (kind === 'person' ? ['person', 'personReference', 'familyName', 'givenNames', 'birth', 'sex', 'selfDefinedEthnicity', 'officerDefinedEthnicity', 'nationality', 'quality'] : [name])), 'when', 'reason'];
  const place = ({ field }: FieldError): number => {
    const found = names.findIndex((name) => field === name || field.startsWith(`${name}-`));
    return found < 0 ? names.length : found;
  };
  return [...errors].sort((a, b) => place(a) - place(b));
};
