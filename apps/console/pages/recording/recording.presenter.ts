import type { HistoryEntry } from '#contexts/investigations';
import { knownDate } from '../../forms/known-date';
import type { FieldError } from '../../forms/when';
import { all, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { formatEffective, formatKnown, formatNumber } from '../../words/format';
import { takeovers } from '../history/changes';
import { timelineEntry } from '../history/entry';
import type { TimelineEntry } from '../history/entry';
import { crimeWords, lookupsOf } from '../investigation/lookups';
import type { Answers } from './answers';
import { formFields } from './form-view';
import type { Choices, FieldView } from './form-view';
import { formAddress, recordedAddress } from './form-addresses';
import type { FormTicket } from './form-token';
import type { Occasion } from './occasion';
import type { Refused } from './refused';

/** Everything that the pages of one form share. */
export interface FormState {
  readonly occasion: Occasion;
  readonly values: Fields;
  readonly ticket: FormTicket;
  readonly revision: number | undefined;
  readonly areas: readonly string[];
  /** The person of this form was registered, under this reference, and nothing else was recorded. */
  readonly registered?: string | undefined;
}

const own = new Set(['token', 'step', 'revision']);

/** The answers as hidden boxes, so that the next page has them again. */
const hiddenOf = ({ values, ticket, revision }: FormState): readonly { name: string; value: string }[] => [
  { name: 'token', value: ticket.token }, ...(revision === undefined ? [] : [{ name: 'revision', value: String(revision) }]),
  ...Object.keys(values).filter((name) => !own.has(name)).flatMap((name) => all(values, name).map((value) => ({ name, value }))),
];

const choicesOf = ({ occasion, areas }: FormState): Choices =>
  ({ areas, crimes: (occasion.found?.view.crimes ?? []).map((crime) => ({ id: crime.crimeId, text: crimeWords(crime) })) });

const page = (view: string, { occasion }: FormState, title: string, model: object, status?: number): Page => ({
  view: `pages/recording/${view}.njk`, title, section: 'investigations', ...(status && { status }),
  model: { caption: occasion.caption, heading: occasion.heading, path: occasion.path, back: occasion.back, ...model },
});

const entryOf = (entry: HistoryEntry, { found }: Occasion): TimelineEntry =>
  timelineEntry(entry, {
    path: `/investigations/${found!.item.reference}/history`, lookups: lookupsOf(found!.view, found!.people), mayPutRight: () => false, changes: takeovers(found!.entries), apart: true,
  });

const consequences: Readonly<Record<string, readonly string[]>> = {
  OpenInvestigation: ['the investigation gets a reference', 'it counts among the active investigations from the date it was opened'],
  LinkSuspect: ['a named suspect counts as outstanding from the date given until arrested, interviewed, charged or eliminated', 'the investigation no longer counts as having no suspect identified'],
  ArrestSuspect: ['the suspect is no longer outstanding from that time'],
  InterviewSuspectUnderCaution: ['the suspect is no longer outstanding from that time'],
  FinaliseInvestigation: ['the investigation is no longer active', 'nothing more is recorded on it unless it is reopened'],
  ReopenInvestigation: ['the investigation is active again', 'named suspects who were not dealt with are outstanding again'],
};

const nextOf = ({ task, entry }: Occasion): readonly string[] => (entry
  ? ['the earlier entry stays on the record, struck through, with a link to this one', 'figures for past dates change from now on; what was recorded then stays as it was']
  : (consequences[task.command] ?? ['the entry stands in the history of the investigation, with the date it happened and the date it was recorded']));

export interface Wrong extends Refused {
  readonly twice?: boolean;
  readonly status?: number;
}

const registeredErrors = ({ registered }: FormState): readonly FieldError[] =>
  (registered ? [{ field: 'personReference', text: `The person is registered as ${registered}; nothing was recorded on the investigation yet` }] : []);

/** The form itself, with what is wrong first when something is. */
export const formPage = (state: FormState, { errors: wrong, because, twice = false, status }: Wrong): Page => {
  const { occasion, values } = state;
  const errors = [...registeredErrors(state), ...wrong];
  const fields = formFields({ task: occasion.task, values, errors, choices: choicesOf(state), twice, existingOnly: occasion.entry !== undefined });
  return page('form', state, occasion.title, {
    ...fields, token: state.ticket.token, revision: state.revision, errors,
    because, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
    correction: occasion.entry && { entry: entryOf(occasion.entry, occasion), action: one(values, 'action') || 'correct', reasonLabel: 'Why the record is changed', mayTakeAway: occasion.entry.type !== 'InvestigationOpened' },
    next: nextOf(occasion),
  }, status);
};

const dayWords = ({ day = '', month = '', year = '' }: Readonly<Record<string, string>>): string => {
  const date = knownDate(day, month, year);
  return date ? formatKnown(date) : '';
};

const textOf = ({ value, items, kind, boxes }: FieldView, values: Fields, id: string): string => {
  if (kind === 'day') return dayWords(boxes);
  const chosen = all(values, id);
  if (items.length > 0) return items.filter((item) => chosen.includes(item.value) && item.value !== '').map(({ text }) => text).join(', ');
  return value;
};

interface CheckRow {
  readonly key: string;
  readonly value: string;
}

const personRows = (state: FormState, { person }: Answers): CheckRow[] => {
  const { values, occasion } = state;
  if (person?.choice === 'existing') {
    const known = occasion.found?.people.get(person.nominalId);
    return [{ key: 'Suspect', value: known ? `${known.reference} ${known.name ?? '(name erased)'}` : one(values, 'personReference').toUpperCase() }];
  }
  const fields = formFields({ task: occasion.task, values, errors: [], choices: choicesOf(state), twice: false, existingOnly: false });
  const section = fields.fields.find((field): field is Extract<typeof field, { person: unknown }> => 'person' in field)!;
  const views = person?.choice === 'new' ? section.person : [section.quality, section.description];
  return [{ key: 'Suspect', value: person?.choice === 'new' ? 'A person to be registered' : 'Not named' }, ...views.map((view) => ({ key: view.label.replace(' (optional)', ''), value: textOf(view, values, view.id) }))];
};

const rowsOf = (state: FormState, answers: Answers): CheckRow[] => {
  const { occasion: { task }, values } = state;
  const { fields } = formFields({ task, values, errors: [], choices: choicesOf(state), twice: false, existingOnly: false });
  const asked = fields.flatMap((field) => ('person' in field ? personRows(state, answers) : [{ key: field.label.replace(' (optional)', ''), value: textOf(field, values, field.id) }]));
  return [...asked, { key: task.when, value: answers.at ? formatEffective(answers.at) : '' }, { key: 'Reason', value: one(values, 'reason') }]
    .filter(({ value }) => value !== '');
};

const backTo = ({ occasion, ticket }: FormState) => ({ text: 'Back', href: formAddress(occasion.path, ticket) });

const personBefore = ({ data }: HistoryEntry): Answers['person'] => {
  const { nominalId, quality, description } = data as { nominalId?: string; quality?: string; description?: string };
  return nominalId ? { choice: 'existing', nominalId } : { choice: 'none', quality: quality ?? '', ...(description && { description }) };
};

interface ChangeRow {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What a correction says differently from its entry, and what it leaves as it is. */
const comparison = (state: FormState, answers: Answers, entry: HistoryEntry): { readonly changes: readonly ChangeRow[]; readonly kept: readonly CheckRow[] } => {
  const old = { errors: [], twice: false, plain: {}, at: entry.effectiveAt, ...(answers.person && { person: personBefore(entry)! }) };
  const before = new Map(rowsOf({ ...state, values: state.occasion.prefill }, old).map(({ key, value }) => [key, value]));
  const after = new Map(rowsOf(state, answers).filter(({ key }) => key !== 'Reason').map(({ key, value }) => [key, value]));
  const rows = [...new Set([...after.keys(), ...before.keys()])].map((field) => ({ field, before: before.get(field) ?? '(empty)', after: after.get(field) ?? '(empty)' }));
  return {
    changes: rows.filter((row) => row.before !== row.after), kept: rows.filter((row) => row.before === row.after).map(({ field, after: value }) => ({ key: field, value })),
  };
};

/** Everything once more before it is recorded. */
export const checkPage = (state: FormState, answers: Answers): Page => {
  const { occasion: { entry, title }, values } = state;
  const taken = one(values, 'action') === 'void';
  const why = [{ key: 'Reason', value: one(values, 'reason') }];
  const compared = entry && !taken ? comparison(state, answers, entry) : undefined;
  return page('check', state, `Check: ${title}`, {
    back: backTo(state), hidden: hiddenOf(state), button: taken ? 'Take it away' : entry ? 'Record the correction' : 'Record', ...compared,
    ...(taken && { gone: entryOf(entry!, state.occasion) }), rows: entry ? why : rowsOf(state, answers),
  });
};

/** An entry that cannot be put right, said before anything is typed. */
export const blockedPage = ({ caption, back }: Occasion, blocked: NonNullable<Occasion['blocked']>): Page => ({
  view: 'pages/recording/blocked.njk', title: blocked.heading, section: 'investigations', status: 409, model: { caption, back, ...blocked },
});

/** What may be a mistake, asked before the check page. */
export const doubtPage = (state: FormState, doubts: readonly string[]): Page =>
  page('doubt', state, 'Is this right?', { back: backTo(state), doubts, hidden: hiddenOf(state) });

/** Somebody recorded on the same investigation in the meantime; what was typed is kept. */
export const conflictPage = (state: FormState, answers: Answers): Page => {
  const { occasion: { found }, revision: seen = -1 } = state;
  const meanwhile = (found?.entries ?? []).filter(({ revision }) => revision > seen);
  return page('conflict', state, 'Someone recorded while you were typing', {
    entries: meanwhile.map((entry) => entryOf(entry, state.occasion)), hidden: hiddenOf({ ...state, revision: found?.view.revision }), rows: rowsOf(state, answers),
    numbers: `${meanwhile.length === 1 ? 'event' : 'events'} ${meanwhile.map(({ number }) => formatNumber(number)).join(', ')} ${meanwhile.length === 1 ? 'was' : 'were'}`, registered: state.registered,
  });
};

/** There was nothing to record: the record says it already. */
export const nothingPage = (state: FormState, same: number | undefined): Page =>
  page('nothing', state, 'Nothing was recorded', {
    back: backTo(state), same: same !== undefined && { text: `event ${formatNumber(same)}`, href: `/events/${same}` },
    links: [{ text: state.occasion.back.text, href: state.occasion.back.href }],
  });

/** The form was sent before; its answers are gone, and nothing can be recorded with it again. */
export const alreadyRecordedPage = (occasion: Occasion, ticket: FormTicket, recorded: number): Page => ({
  view: 'pages/recording/already.njk', title: 'Recorded already', section: 'investigations',
  model: {
    caption: occasion.caption, heading: occasion.heading, back: occasion.back, number: formatNumber(recorded), recordedHref: recordedAddress(recorded, ticket),
    ...(!occasion.entry && { again: occasion.path }),
  },
});
