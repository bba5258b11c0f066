import { createHash } from 'node:crypto';
import { StoreUnavailableError } from '#kernel';
import type { Position, StoredEvent } from '../../event-store';
import { EmbeddedReader } from '../embedded/embedded-reader';
import { AppendCalls } from './append-calls';
import { Connection, readKurrentUrl } from './connection';
import { ServedReads } from './served-reads';
import { eventIn, everythingAfter } from './wire';
import type { ServedEvent } from './wire';

/** What was moved. Both digests are over every event in its order: stream, revision, type, id and the bytes of data and metadata. */
export interface MovedLog {
  /** Of the whole log, looks included. */
  readonly events: number;
  /** Of the ledger's own events; the last has this number less one. */
  readonly numbered: number;
  /** SHA-256, hex; that of what the server holds is the same. */
  readonly digest: string;
}

/** The server already holds events that are not this log's: nothing was written, or nothing more. */
export class MoveRefusedError extends Error {
  override readonly name = 'MoveRefusedError';
  readonly code = 'MOVE_REFUSED';
}

export interface MoveOptions {
  /** The log's own file, which nobody writes meanwhile. */
  readonly file: string;
  /** See `readKurrentUrl`. */
  readonly url: string;
  readonly onProgress?: (moved: number, of: number) => void;
}

const APPEND_MS = 15_000;
const READ_MS = 5_000;
const TRIES = 20;
/** Events of one stream that follow each other in the log go together. */
const TOGETHER = { events: 200, bytes: 700_000 };

/**
 * Writes a log to a KurrentDB that holds none, event by event in its order, so that numbers and positions stay as they are; then reads everything
 * back and compares. Where it was cut short it goes on, after comparing what is there.
 * @throws MoveRefusedError when the server holds other events; @throws StoreUnavailableError
 */
export const moveLog = async ({ file, url, onProgress = () => undefined }: MoveOptions): Promise<MovedLog> => {
  const log = new EmbeddedReader(file);
  const connection = new Connection(readKurrentUrl(url).url);
  const calls = new AppendCalls(connection);
  try {
    const head = log.currentHead();
    const total = Number(head.position);
    const there = await comparedWith(log, connection);
    if (there.digest === undefined) await write(log, calls, String(there.events), (moved) => onProgress(moved, total));
    const whole = there.digest === undefined ? await comparedWith(log, connection) : there;
    if (whole.digest === undefined) throw new MoveRefusedError('what was read back is not all that was written: run the command again');
    return { events: total, numbered: head.number + 1, digest: whole.digest };
  } finally {
    calls.close();
    await log.close();
    await connection.close();
  }
};

const write = async (log: EmbeddedReader, calls: AppendCalls, after: Position, told: (moved: number) => void): Promise<void> => {
  for (let at = after === '0' ? '' : after; ;) {
    const { events, scannedTo } = log.page(at, 1_000);
    if (events.length === 0) return;
    for (const group of together(events)) await append(calls, group);
    at = scannedTo;
    told(Number(at));
  }
};

function* together(events: readonly StoredEvent[]): Generator<StoredEvent[]> {
  let [group, bytes]: [StoredEvent[], number] = [[], 0];
  for (const event of events) {
    const isFull = group.length >= TOGETHER.events || bytes >= TOGETHER.bytes;
    if (group.length > 0 && (isFull || group[0]!.stream !== event.stream)) {
      yield group;
      [group, bytes] = [[], 0];
    }
    group.push(event);
    bytes += event.data.length + event.metadata.length;
  }
  yield group;
}

// One after the other: with several under way, one that is lost would come after those that it stood before.
const append = async (calls: AppendCalls, group: readonly StoredEvent[]): Promise<void> => {
  const [{ stream, revision }] = group as [StoredEvent];
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const outcome = await calls.ask(stream, group, revision - 1, APPEND_MS);
    if (outcome.kind === 'written') return;
    if (outcome.kind === 'conflict') throw new MoveRefusedError(`somebody else writes to ${stream} in the event store`);
    if (outcome.kind === 'tooLarge') throw new StoreUnavailableError(`the event store takes ${outcome.limit} bytes at most; set its MaxAppendSize to 16 MiB`, 'no');
    if (outcome.kind === 'refused') throw new StoreUnavailableError(outcome.reason, 'no');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new StoreUnavailableError('the event store does not answer; the same command again does the rest', 'unknown');
};

interface Compared {
  /** How many events of the log the server holds, from the first on. */
  readonly events: number;
  /** Of all, when it holds all of them. */
  readonly digest?: string;
}

/** Holds what the server has against the log. @throws MoveRefusedError at the first that differs */
const comparedWith = async (log: EmbeddedReader, connection: Connection): Promise<Compared> => {
  const newest = await new ServedReads(connection, READ_MS).newest();
  const [served, own] = [new Digest(), new Digest()];
  if (newest) {
    const mine = eachOf(log);
    for await (const event of servedUntil(connection, newest.commit)) {
      const { value } = mine.next();
      if (!value || !isSame(value, event)) throw new MoveRefusedError(`the event store holds other events than this log, from event ${served.events} of it on: name an empty one`);
      served.add(event);
      own.add(value);
    }
  }
  const all = Number(log.currentHead().position);
  return served.events === all && served.value === own.value ? { events: all, digest: served.value } : { events: served.events };
};

async function* servedUntil(connection: Connection, last: bigint): AsyncGenerator<ServedEvent> {
  const call = await connection.read(everythingAfter(undefined));
  try {
    for await (const message of call) {
      const event = eventIn(message);
      if (event) yield event;
      if (event && event.commit >= last) return;
    }
  } finally {
    call.cancel();
  }
}

function* eachOf(log: EmbeddedReader): Generator<StoredEvent, undefined> {
  for (let at: Position = ''; ;) {
    const { events, scannedTo } = log.page(at, 1_000);
    if (events.length === 0) return undefined;
    yield* events;
    at = scannedTo;
  }
}

type Bytes = Pick<StoredEvent, 'stream' | 'revision' | 'type' | 'id' | 'data' | 'metadata'>;

const isSame = (a: Bytes, b: Bytes): boolean =>
  a.id === b.id && a.stream === b.stream && a.revision === b.revision && a.type === b.type
  && Buffer.compare(a.data, b.data) === 0 && Buffer.compare(a.metadata, b.metadata) === 0;

/** Over events in their order, each part with its length before it. */
class Digest {
  private readonly hash = createHash('sha256');
  private text: string | undefined;
  events = 0;

  add({ stream, revision, type, id, data, metadata }: Bytes): void {
    this.events++;
    for (const part of [stream, String(revision), type, id, data, metadata]) {
      const bytes = Buffer.from(part as Uint8Array);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      this.hash.update(length).update(bytes);
    }
  }

  get value(): string {
    return (this.text ??= this.hash.digest('hex'));
  }
}
