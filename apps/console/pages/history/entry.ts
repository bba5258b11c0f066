import { msOf } from '#kernel';
import type { Change, HistoryEntry } from '#contexts/investigations';
import { correctableEventTypes } from '#contexts/investigations';
import { address } from '../../rendering/http';
import { fieldName, fieldWords, wordsOf } from '../../words/events';
import { formatEffective, formatMoment, formatNumber } from '../../words/format';
import { valueWords } from '../../words/values';
import type { Lookups } from '../../words/values';

/** One entry as the timeline prints it. */
export interface TimelineEntry {
  readonly number: number;
  readonly numberText: string;
  readonly title: string;
  readonly by: string;
  readonly date: string;
  readonly gone: boolean;
  /** Links to the entry that corrected this one, or that it corrects. */
  readonly link?: { readonly words: string; readonly text: string; readonly href: string };
  readonly facts: readonly { readonly term: string; readonly text: string }[];
  readonly texts: readonly { readonly term: string; readonly text: string }[];
  readonly changes: readonly { readonly field: string; readonly before: string; readonly after: string }[];
  readonly why?: string;
  readonly source?: string;
  readonly recordHref: string;
  readonly asAtHref: string;
  /** Of that link, where it leads to something else than an investigation. */
  readonly asAtText?: string;
  readonly correctHref?: string;
  /** Its links open in new tabs. */
  readonly apart?: true;
  /** Of that link, where it does something else than correct. */
  readonly correctText?: string;
}

export interface EntryContext {
  readonly path: string;
  readonly lookups: Lookups;
  /** Whether the reader may put an entry of this type right, here and now. */
  readonly mayPutRight: (type: string) => boolean;
  /** The entry is shown beside a form that should stay open, and not among the others of its history. */
  readonly apart?: true;
  /** Changes against the entry before of the same kind, by event id. */
  readonly changes: ReadonlyMap<string, readonly Change[]>;
}

const free = new Set(['title', 'summary', 'plan', 'findings', 'closingSummary', 'description', 'basis', 'conditions', 'answer']);
const silent = new Set(['investigationId', 'escalation']);

// Ids that say nothing more than the other fields of the entry.
const redundant: Readonly<Record<string, string>> = { SuspectLinked: 'linkId', SuspectNamed: 'linkId', CrimeRecorded: 'crimeId' };

const order = Object.keys(fieldWords);

const inOrder = ([a]: [string, unknown], [b]: [string, unknown]): number => order.indexOf(a) - order.indexOf(b);

const sameAsRecorded = ({ effectiveAt, recordedAt }: HistoryEntry): boolean =>
  effectiveAt.precision === 'minute' && Math.abs(msOf(effectiveAt.from!) - msOf(recordedAt)) < 120_000;

const dateOf = (entry: HistoryEntry): string => {
  const recorded = `Recorded ${formatMoment(msOf(entry.recordedAt))}`;
  if (entry.type === 'EntryVoided') return recorded;
  return sameAsRecorded(entry) ? recorded : `${recorded} (happened ${formatEffective(entry.effectiveAt)})`;
};

/** What happened, in words; a correction says that it is one. */
export const entryTitle = ({ type, corrects }: HistoryEntry): string => {
  const { title } = wordsOf(type);
  return corrects?.as === 'replacement' ? `Correction: ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
};

const actorWords = ({ kind, id }: HistoryEntry['actor']): string => (kind === 'unverified' && id === 'unverified' ? 'a user not signed in' : kind === 'system' ? `the program ${id}` : id);

const linkOf = ({ corrects, correctedBy }: HistoryEntry, history: string): TimelineEntry['link'] => {
  const to = (number: number, words: string) => ({ words, text: `event ${formatNumber(number)}`, href: `${history}#event-${number}` });
  if (correctedBy) return to(correctedBy.number, correctedBy.as === 'void' ? 'taken away by' : 'corrected by');
  if (corrects) return to(corrects.number, corrects.as === 'void' ? 'takes away' : 'corrects');
  return undefined;
};

const correctable: readonly string[] = correctableEventTypes;

const isCorrectable = ({ type, correctedBy, source }: HistoryEntry): boolean => !correctedBy && !source && correctable.includes(type);

/** What every entry of a record says of itself: when, by whom, why, from where. */
export const frameOf = (entry: HistoryEntry, lookups: Lookups, history = '') => {
  const { number, reason, source, actor } = entry;
  const link = linkOf(entry, history);
  return {
    number, numberText: formatNumber(number), by: actorWords(actor), date: dateOf(entry), gone: entry.correctedBy !== undefined,
    ...(link && { link }),
    ...(reason !== undefined && { why: valueWords('why', reason, lookups) }),
    ...(source && { source: `${source.system}, ${source.id}` }),
    recordHref: `/events/${number}`,
  };
};

/** Prepares one entry for the timeline. */
export const timelineEntry = (entry: HistoryEntry, { path, lookups, mayPutRight, changes, apart }: EntryContext): TimelineEntry => {
  const { number, type, data } = entry;
  const changed = (entry.changes ?? changes.get(entry.id) ?? []).map(({ field, before, after }) => {
    const name = field.replace(/^data\./, '');
    return { field: fieldName(field), before: valueWords(name, before, lookups), after: valueWords(name, after, lookups) };
  });
  const fields = type === 'EntryVoided' ? [] : Object.entries(data).filter(([name, value]) => !silent.has(name) && name !== redundant[type] && value !== undefined).sort(inOrder);
  const words = ([name, value]: [string, unknown]) => ({ term: fieldName(name), text: valueWords(name, value, lookups) });
  return {
    ...frameOf(entry, lookups, apart ? path : ''), title: entryTitle(entry),
    facts: changed.length > 0 ? [] : fields.filter(([name]) => !free.has(name)).map(words),
    texts: changed.length > 0 ? [] : fields.filter(([name]) => free.has(name)).map(words),
    changes: changed,
    asAtHref: address(path.replace(/\/history$/, ''), { asAtEvent: String(number) }),
    ...(apart && { apart }), ...(isCorrectable(entry) && mayPutRight(type) && { correctHref: address('/corrections/new', { event: String(number) }) }),
  };
};
