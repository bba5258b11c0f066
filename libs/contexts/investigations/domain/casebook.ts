import { intervalOf, placedHistory } from '#kernel';
import type { EffectiveAt, RecordedEvent } from '#kernel';
import type { InvestigationEvent, InvestigationEventType, SuspectEvent } from './investigation.events';

export type DataOf<T extends InvestigationEventType> = Extract<InvestigationEvent, { type: T }>['data'];

/** Where a fact lies in effective history: by `start` (ms), then by `place`; and between which instants it happened, `latest` excluded. */
export interface Place {
  readonly start: number;
  readonly place: number;
  readonly earliest: number;
  readonly latest: number;
}

/** One fact that stands, or is about to: what rules are asked about. `id` is that of its event; empty for a fact not recorded yet. `by`: who recorded it, when they had signed in. */
export type Entry<T extends InvestigationEventType = InvestigationEventType> = T extends InvestigationEventType
  ? { readonly id: string; readonly type: T; readonly data: DataOf<T>; readonly at: EffectiveAt; readonly by?: string } & Place
  : never;

/** The facts beside the one that a rule is asked about, in effective order. */
export interface Casebook {
  of<T extends InvestigationEventType>(...types: readonly T[]): readonly Entry<T>[];
  /** The same, about one suspect link. */
  about<T extends SuspectEvent['type']>(linkId: string, ...types: readonly T[]): readonly Entry<T>[];
}

const MINUTE = 60_000;

/** What stands of these recorded events, in effective order. */
export const entriesOf = (recorded: readonly RecordedEvent<InvestigationEvent>[]): readonly Entry[] =>
  placedHistory(recorded).map(({ event: { id, type, data, metadata: { effectiveAt: at, actor } }, start, place }) => {
    const { earliest, latest } = at.precision === 'minute' ? { earliest: start, latest: start + MINUTE } : intervalOf(at);
    return { id, type, data, at, start, place, earliest, latest, ...(actor.kind === 'user' ? { by: actor.id } : {}) } as Entry;
  });

const LAST = Number.MAX_VALUE;

/** A fact about to be recorded: after all that start when it does; of unknown date, after all. */
export const newEntry = (type: InvestigationEventType, data: object, at: EffectiveAt, id = ''): Entry => {
  const { earliest, latest } = intervalOf(at);
  return { id, type, data, at, start: earliest === -Infinity ? LAST : earliest, place: LAST, earliest, latest } as Entry;
};

/** Below zero when `a` comes before `b` in effective history. */
export const inEffectiveOrder = (a: Place, b: Place): number => a.start - b.start || a.place - b.place;

/** True when `a` was certainly over before `b` began: the only case in which a rule about order may refuse. */
export const certainlyBefore = (a: Place, b: Place): boolean => a.latest <= b.earliest;


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
  const typeOf = new Map(entries.map(({ id, type }) => [id, type]));
  return (except) => {
    const own = typeOf.get(except);
    const among = <T extends InvestigationEventType>(types: readonly T[], group: (type: T) => readonly Entry[] | undefined): readonly Entry<T>[] => {
      const found = types.map((type) => (type === own ? group(type)?.filter(({ id }) => id !== except) : group(type)) ?? []);
      return (found.length === 1 ? found[0]! : found.flat().sort(inEffectiveOrder)) as unknown as readonly Entry<T>[];
    };
    return {
      of: (...types) => among(types, (type) => byType.get(type)),
      about: (linkId, ...types) => among(types, (type) => byLink.get(`${linkId} ${type}`)),
    };
  };
};
