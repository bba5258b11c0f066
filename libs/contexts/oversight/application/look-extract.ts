import { instantOf, msOf, officerKey } from '#kernel';
import type { Actor, Private, RecordedEvent } from '#kernel';
import type { EventCodec, EventStore, StoredEvent } from '#platform/event-store';
import type { Vault } from '#platform/vault';
import type { ConsultationEvent, Shown, ShownKind } from '../domain/consultation.events';
import type { LookQueries } from '../read/look-queries';
import { operationOf } from '../read/look.tables';
import type { Operation } from '../read/look.tables';

/** What of the log is taken out; moments in ms, `before` not included. */
export interface ExtractAsked {
  readonly from: number;
  readonly before: number;
  readonly user?: string;
  readonly record?: { readonly kind: 'investigation' | 'person'; readonly id: string };
  /** With looks of professional standards. */
  readonly covert: boolean;
  /** Opens what is sealed: words and references of reasons, names of recipients. */
  readonly open: boolean;
}

/** One operation of those that section 62(1) of the Data Protection Act 2018 names, or a denial. */
export interface ExtractLine {
  readonly operation: Operation | 'COLLECTION' | 'ALTERATION' | 'ERASURE';
  readonly at: string;
  readonly recordedAt: string;
  /** Absent of somebody who had not signed in. */
  readonly user?: string;
  readonly role?: string;
  readonly agency?: string;
  readonly records: readonly Shown[];
  readonly moreRecords?: number;
  readonly recipients?: readonly object[];
  readonly reason?: object;
  readonly door?: string;
  readonly route?: string;
  readonly type: string;
  readonly log: 'LEDGER' | 'LOOKS';
  /** Number in that log. */
  readonly number: number;
}

export interface ExtractParts {
  readonly store: Pick<EventStore, 'readStream' | 'readAll'> & { positionOfNumber(number: number): string | undefined };
  readonly lookLog: { eventByNumber(number: number): StoredEvent | undefined };
  readonly lookQueries: Pick<LookQueries, 'numbersAfter'>;
  /** Of the ledger's read models: the last event recorded by a moment. */
  readonly reads: { numberRecordedBy(ms: number): number };
  readonly codec: EventCodec;
  readonly vault: Pick<Vault, 'open'>;
}

const CHUNK = 1000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Where a record stands: itself, and what was decided about who may see it or about a person's data. */
const categories = { investigation: ['investigation', 'accessList'], person: ['nominal', 'dataSubject'] } as const;
const kinds = new Map<string, ShownKind>(Object.entries(categories).flatMap(([kind, names]) => names.map((name) => [name, kind as ShownKind])));

const who = ({ kind, id, role, agency }: Actor) => (kind === 'unverified' ? {} : { user: id, ...(role && { role }), ...(agency && { agency }) });

const recordIn = (stream: string): Shown => {
  const cut = stream.indexOf('-');
  const [category, id] = [stream.slice(0, cut), stream.slice(cut + 1)];
  // The list of an operation is of no one investigation.
  const kind = UUID.test(id) ? kinds.get(category) : undefined;
  return kind ? { kind, ids: [id] } : { kind: 'other', ids: [stream] };
};

const ledgerLine = ({ type, number, stream, metadata: { actor, recordedAt, corrects } }: RecordedEvent): ExtractLine => ({
  operation: operationOf(type, corrects !== undefined), at: recordedAt, recordedAt, ...who(actor), records: [recordIn(stream)], type, log: 'LEDGER', number,
});

async function* ledgerEvents({ store, reads }: ExtractParts, { from, before, record }: ExtractAsked): AsyncGenerator<readonly StoredEvent[]> {
  if (record) {
    for (const category of categories[record.kind]) yield (await store.readStream(`${category}-${record.id}`)).events;
    return;
  }
  const [first, last] = [reads.numberRecordedBy(from - 1), reads.numberRecordedBy(before - 1)];
  for await (const page of store.readAll(store.positionOfNumber(first) ?? '', { pageSize: CHUNK })) {
    yield page.filter(({ number }) => number >= 0 && number <= last);
    if (page.some(({ number }) => number > last)) return;
  }
}

async function* ledgerLines(parts: ExtractParts, asked: ExtractAsked): AsyncGenerator<ExtractLine> {
  const user = asked.user === undefined ? undefined : officerKey(asked.user);
  for await (const page of ledgerEvents(parts, asked))
    for (const stored of page) {
      const event = parts.codec.decode(stored);
      const at = msOf(event.metadata.recordedAt);
      if (at < asked.from || at >= asked.before || (user !== undefined && officerKey(event.metadata.actor.id) !== user)) continue;
      yield ledgerLine(event);
    }
}

/** Opens sealed values wherever they stand in a part of an event's data; leaves them sealed unless asked. */
const opened = async (value: unknown, path: string, eventId: string, vault: Pick<Vault, 'open'> | undefined): Promise<unknown> => {
  if (typeof value !== 'object' || value === null) return value;
  if ('ct' in value && 'kc' in value) return vault ? (await vault.open([{ eventId, path, value: value as Private }]))[0] : value;
  if (Array.isArray(value)) return Promise.all(value.map((inner, i) => opened(inner, `${path}.${i}`, eventId, vault)));
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, inner]) => [name, await opened(inner, `${path}.${name}`, eventId, vault)] as const)));
};

const lookLine = async (event: RecordedEvent<ConsultationEvent>, vault: Pick<Vault, 'open'> | undefined): Promise<ExtractLine> => {
  const { id, type, number, metadata, data } = event;
  const operations: Record<ConsultationEvent['type'], Operation> = { RecordsConsulted: 'CONSULTATION', RecordsDisclosed: 'DISCLOSURE', RecordsCombined: 'COMBINATION', AccessDenied: 'DENIAL' };
  const part = async (name: string): Promise<object> => (name in data ? { [name]: await opened((data as unknown as Record<string, unknown>)[name], `data.${name}`, id, vault) } : {});
  return {
    operation: operations[type], at: data.at, recordedAt: metadata.recordedAt, ...who(metadata.actor), records: 'shown' in data ? data.shown : [],
    ...('more' in data && data.more !== undefined && { moreRecords: data.more }), ...await part('recipients'), ...await part('reason'),
    door: data.door, route: data.route, type, log: 'LOOKS', number,
  };
};

async function* lookLines({ lookLog, lookQueries, codec, vault }: ExtractParts, asked: ExtractAsked): AsyncGenerator<ExtractLine> {
  const { open, ...filter } = asked;
  for (let chunk = lookQueries.numbersAfter(filter, CHUNK); chunk.length > 0; chunk = lookQueries.numbersAfter(filter, CHUNK, chunk.at(-1)))
    for (const { number } of chunk) {
      const stored = lookLog.eventByNumber(number);
      if (stored) yield await lookLine(codec.decode<ConsultationEvent>(stored), open ? vault : undefined);
    }
}

/** Everything that the log holds of a time, of one user or of one record: first what was recorded, then what was looked at, each oldest first. */
export async function* lookExtract(parts: ExtractParts, asked: ExtractAsked): AsyncGenerator<ExtractLine> {
  yield* ledgerLines(parts, asked);
  yield* lookLines(parts, asked);
}

/** The time that an extract covers, for its disclosure. */
export const extractQuestion = ({ from, before, user }: ExtractAsked): Readonly<Record<string, string | undefined>> => ({ from: instantOf(from), before: instantOf(before), user });
