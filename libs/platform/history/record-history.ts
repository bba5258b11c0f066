import { effectiveHistory, effectiveStart, isSealed, msOf, rootOf } from '#kernel';
import type { Actor, EffectiveAt, RecordedEvent, Sealed, SourceReference } from '#kernel';
import type { Ledger } from '#platform/event-store';
import type { ReadStore } from '#platform/read-store';
import type { Vault } from '#platform/vault';
import { changesBetween } from './changes';
import type { Change } from './changes';

/**
 * The pair of moments a history is asked at, milliseconds since 1970. `effective`: what had happened by then; `recorded`: what the ledger
 * held by then.
 */
interface Moments {
  readonly effective: number;
  readonly recorded: number | 'now';
}

/** Names another entry of the same history. */
export interface EntryReference {
  readonly event: string;
  readonly number: number;
  readonly as: 'replacement' | 'void';
}

/** Where words stand that were given in the place of an erased text, and the event that gave them. */
export interface RedactedPlace {
  readonly path: string;
  readonly number: number;
}

/**
 * One recorded event as a reader sees it. Sealed values are opened to their text, to the words that were given in the place of an erased one
 * (`redacted` says where), or to `{ erased: true }` when their key is gone.
 */
export interface HistoryEntry {
  readonly number: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly effectiveAt: EffectiveAt;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly data: object;
  readonly source?: SourceReference;
  readonly reason?: unknown;
  /** The entry that this one puts right or takes away. */
  readonly corrects?: EntryReference;
  /** The entry, recorded by the moment asked for and not taken away itself by then, that did so to this one. */
  readonly correctedBy?: EntryReference;
  readonly redacted?: readonly RedactedPlace[];
  /** What a replacement says differently from what it replaces. */
  readonly changes?: readonly Change[];
}

/** A sealed value of an event and where it stands there: `data.<path>`, or `reason`. */
export interface SealedPlace {
  readonly path: string;
  readonly value: Sealed;
}

const sealedIn = (value: unknown, path: string): SealedPlace[] => {
  if (isSealed(value)) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item, i) => sealedIn(item, `${path}.${i}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sealedIn(inner, `${path}.${key}`));
};

const opened = (value: unknown, path: string, texts: ReadonlyMap<string, string | null>): unknown => {
  if (isSealed(value)) return texts.get(path) ?? { erased: true };
  if (Array.isArray(value)) return value.map((item, i) => opened(item, `${path}.${i}`, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, opened(inner, `${path}.${key}`, texts)]));
};

/** Every sealed value of an event. */
export const sealedPlaces = ({ data, metadata }: Pick<RecordedEvent, 'data' | 'metadata'>): readonly SealedPlace[] =>
  [...sealedIn(data, 'data'), ...sealedIn(metadata.reason, 'reason')];

/** Where a history comes from. */
export type HistorySources = readonly [ledger: Pick<Ledger, 'history'>, vault: Pick<Vault, 'open'>, reads: Pick<ReadStore, 'numberRecordedBy'>];

/** Everything recorded on one stream, as at any pair of moments, with what was put right since and by what. */
export class RecordHistory {
  constructor(private readonly ledger: HistorySources[0], private readonly vault: HistorySources[1], private readonly reads: HistorySources[2]) {}

  /**
   * Entries in the order of recording: what had happened by `effective`, out of what the ledger held by `recorded` (default: all of it).
   * Corrected and voided entries stay in, marked. Empty when there was no such record then.
   * @throws SealBrokenError when a sealed value does not fit its place
   */
  async history(stream: string, asAt?: Moments): Promise<readonly HistoryEntry[]> {
    const { events } = await this.ledger.history(stream);
    const held = asAt === undefined || asAt.recorded === 'now' ? events : heldBy(events, this.reads.numberRecordedBy(asAt.recorded));
    const entries = await this.open(held, events);
    if (asAt === undefined) return entries;
    const byId = new Map(held.map((event) => [event.id, event]));
    return entries.filter(({ id }) => effectiveOf(byId.get(id)!, byId) <= asAt.effective);
  }

  /** Every entry up to an event number, as it stood when that event was the ledger's last. @throws SealBrokenError as `history` */
  async upTo(stream: string, number: number): Promise<readonly HistoryEntry[]> {
    const { events } = await this.ledger.history(stream);
    return this.open(heldBy(events, number), events);
  }

  /** `all`: also events recorded later, because what was erased since is erased on pages of the past too. */
  private async open(events: readonly RecordedEvent[], all: readonly RecordedEvent[]): Promise<readonly HistoryEntry[]> {
    const [texts, redactions] = [await this.texts(events), await this.redactions(all)];
    const references = referencesIn(events);
    const entries = new Map(events.map((event) => [event.id, entryOf(event, { texts: texts.get(event.id) ?? none, redactions: redactions.get(event.id) ?? nowhere }, references)]));
    return [...entries.values()].map((entry) => {
      const corrected = entry.corrects?.as === 'replacement' ? entries.get(entry.corrects.event) : undefined;
      return corrected ? { ...entry, changes: changesBetween(corrected, entry) } : entry;
    });
  }

  private async redactions(events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Redactions>> {
    const given = events.filter(({ type }) => type === 'TextRedacted');
    if (given.length === 0) return new Map();
    const texts = await this.texts(given);
    const found = new Map<string, Map<string, { text: string | null; number: number }>>();
    for (const { id, number, data } of given) {
      const { event, path } = data as { readonly event: string; readonly path: string };
      const places = found.get(event) ?? new Map<string, { text: string | null; number: number }>();
      found.set(event, places.set(path, { text: texts.get(id)?.get('data.text') ?? null, number }));
    }
    return found;
  }

  private async texts(events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>> {
    const places = events.flatMap((event) => sealedPlaces(event).map((place) => ({ eventId: event.id, ...place })));
    const found = await this.vault.open(places);
    const texts = new Map<string, Map<string, string | null>>();
    places.forEach(({ eventId, path }, i) => {
      const ofEvent = texts.get(eventId) ?? new Map<string, string | null>();
      texts.set(eventId, ofEvent.set(path, found[i] ?? null));
    });
    return texts;
  }
}

const none: ReadonlyMap<string, string | null> = new Map();

/** By path: the words given last, and by which event; null where those were erased in their turn. */
type Redactions = ReadonlyMap<string, { readonly text: string | null; readonly number: number }>;
const nowhere: Redactions = new Map();

interface Words {
  readonly texts: ReadonlyMap<string, string | null>;
  readonly redactions: Redactions;
}

/** What is read at each place: where words were given for a text, those, from the moment on that they were given. */
const readAt = ({ texts, redactions }: Words): ReadonlyMap<string, string | null> =>
  redactions.size === 0 ? texts : new Map([...texts, ...[...redactions].map(([path, { text }]) => [path, text] as const)]);

const heldBy = (events: readonly RecordedEvent[], number: number): readonly RecordedEvent[] =>
  events.filter((event) => event.number <= number);

/** A void stands where the entry stands that it takes away; a correction of unknown date, where the first of its chain was recorded. */
const effectiveOf = (event: RecordedEvent, byId: ReadonlyMap<string, RecordedEvent>): number => {
  const { corrects, effectiveAt } = event.metadata;
  const target = corrects && byId.get(corrects.event);
  if (target && corrects.as === 'void') return effectiveOf(target, byId);
  return target && effectiveAt.precision === 'unknown' ? msOf(rootOf(target, byId).metadata.recordedAt) : effectiveStart(event);
};

interface References {
  readonly numbers: ReadonlyMap<string, number>;
  readonly correctedBy: ReadonlyMap<string, EntryReference>;
}

// Of several corrections of one entry only the last can be in force, and none is where the entry stands after all: that one was taken away.
const referencesIn = (events: readonly RecordedEvent[]): References => {
  const standing = new Set(effectiveHistory(events).map(({ id }) => id));
  return {
    numbers: new Map(events.map(({ id, number }) => [id, number])),
    correctedBy: new Map(events.flatMap(({ id, number, metadata: { corrects } }) =>
      (corrects && !standing.has(corrects.event) ? [[corrects.event, { event: id, number, as: corrects.as }] as const] : []))),
  };
};

const entryOf = (event: RecordedEvent, words: Words, { numbers, correctedBy }: References): HistoryEntry => {
  const { number, stream, revision, id, type, data, metadata } = event;
  const { effectiveAt, recordedAt, actor, source, reason, corrects } = metadata;
  const by = correctedBy.get(id);
  const texts = readAt(words);
  const redacted = [...words.redactions].map(([path, { number: given }]) => ({ path, number: given }));
  return {
    number, stream, revision, id, type, effectiveAt, recordedAt, actor,
    data: opened(data, 'data', texts) as object,
    ...(source && { source }),
    ...(reason && { reason: opened(reason, 'reason', texts) }),
    ...(corrects && { corrects: { ...corrects, number: numbers.get(corrects.event) ?? -1 } }),
    ...(by && { correctedBy: by }),
    ...(redacted.length > 0 && { redacted }),
  };
};
