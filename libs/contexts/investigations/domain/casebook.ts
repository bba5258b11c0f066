import { effectiveHistory } from '#kernel';
import type { EffectiveAt, RecordedEvent } from '#kernel';
import type { InvestigationEvent, InvestigationEventType, SuspectEvent } from './investigation.events';

export type DataOf<T extends InvestigationEventType> = Extract<InvestigationEvent, { type: T }>['data'];

/** One fact that stands, or is about to: what rules are asked about. `id` is that of its event; empty for a fact not recorded yet. */
export type Entry<T extends InvestigationEventType = InvestigationEventType> = T extends InvestigationEventType
  ? { readonly id: string; readonly type: T; readonly data: DataOf<T>; readonly at: EffectiveAt }
  : never;

/** The facts beside the one that a rule is asked about, in effective order. */
export interface Casebook {
  of<T extends InvestigationEventType>(...types: readonly T[]): readonly Entry<T>[];
  /** The same, about one suspect link. */
  about<T extends SuspectEvent['type']>(linkId: string, ...types: readonly T[]): readonly Entry<T>[];
}

/** What stands of these recorded events, in effective order. */
export const entriesOf = (recorded: readonly RecordedEvent<InvestigationEvent>[]): readonly Entry[] =>
  effectiveHistory(recorded).map(({ id, type, data, metadata }) => ({ id, type, data, at: metadata.effectiveAt }) as Entry);

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
  const byLink = grouped(entries, ({ data }) => ('linkId' in data ? data.linkId : undefined));
  const index = new Map(entries.map(({ id }, i) => [id, i]));
  return (except) => ({
    of: <T extends InvestigationEventType>(...types: readonly T[]) => {
      const found = types.flatMap((type) => byType.get(type) ?? []).filter(({ id }) => id !== except);
      return (types.length > 1 ? found.sort((a, b) => index.get(a.id)! - index.get(b.id)!) : found) as readonly Entry[] as unknown as readonly Entry<T>[];
    },
    about: <T extends SuspectEvent['type']>(linkId: string, ...types: readonly T[]) =>
      (byLink.get(linkId) ?? []).filter(({ id, type }) => id !== except && types.includes(type as T)) as unknown as readonly Entry<T>[],
  });
};
