import { intervalOf, placedHistory } from '#kernel';
import type { EffectiveAt, RecordedEvent } from '#kernel';
import type { InvestigationEvent, InvestigationEventType, SuspectEvent } from './investigation.events';

export type DataOf<T extends InvestigationEventType> = Extract<InvestigationEvent, { type: T }>['data'];

/** Where a fact lies in effective history: by `start` (ms), then by `place`. */
export interface Place {
  readonly start: number;
  readonly place: number;
}

/** One fact that stands, or is about to: what rules are asked about. `id` is that of its event; empty for a fact not recorded yet. */
export type Entry<T extends InvestigationEventType = InvestigationEventType> = T extends InvestigationEventType
  ? { readonly id: string; readonly type: T; readonly data: DataOf<T>; readonly at: EffectiveAt } & Place
  : never;

/** The facts beside the one that a rule is asked about, in effective order. */
export interface Casebook {
  of<T extends InvestigationEventType>(...types: readonly T[]): readonly Entry<T>[];
  /** The same, about one suspect link. */
  about<T extends SuspectEvent['type']>(linkId: string, ...types: readonly T[]): readonly Entry<T>[];
}

/** What stands of these recorded events, in effective order. */
export const entriesOf = (recorded: readonly RecordedEvent<InvestigationEvent>[]): readonly Entry[] =>
  placedHistory(recorded).map(({ event: { id, type, data, metadata }, start, place }) => ({ id, type, data, at: metadata.effectiveAt, start, place }) as Entry);

const LAST = Number.MAX_VALUE;

/** A fact about to be recorded: after all that start when it does; of unknown date, after all. */
export const newEntry = (type: InvestigationEventType, data: object, at: EffectiveAt, id = ''): Entry => {
  const { earliest } = intervalOf(at);
  return { id, type, data, at, start: earliest === -Infinity ? LAST : earliest, place: LAST } as Entry;
};

/** Below zero when `a` comes before `b` in effective history. */
export const inEffectiveOrder = (a: Place, b: Place): number => a.start - b.start || a.place - b.place;

/** These facts and one more, in effective order. */
export const withEntry = (entries: readonly Entry[], entry: Entry): readonly Entry[] => [...entries, entry].sort(inEffectiveOrder);

const grouped = (entries: readonly Entry[], keyOf: (entry: Entry) => string | undefined): ReadonlyMap<string, readonly Entry[]> => {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
};

/** Opens these facts to rules; the book of one fact leaves that fact itself out. */
export const casebooks = (entries: readonly Entry[]): ((except: string) => Casebook) => {
  const byType = grouped(entries, ({ type }) => type);
  const byLink = grouped(entries, ({ type, data }) => ('linkId' in data ? `${data.linkId} ${type}` : undefined));
  const among = <T extends InvestigationEventType>(groups: ReadonlyMap<string, readonly Entry[]>, keys: readonly string[], except: string): readonly Entry<T>[] => {
    const found = keys.flatMap((key) => groups.get(key) ?? []).filter(({ id }) => id !== except);
    return (keys.length > 1 ? found.sort(inEffectiveOrder) : found) as readonly Entry[] as unknown as readonly Entry<T>[];
  };
  return (except) => ({
    of: (...types) => among(byType, types, except),
    about: (linkId, ...types) => among(byLink, types.map((type) => `${linkId} ${type}`), except),
  });
};
