import { MalformedError, StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import type { Appended, EventToAppend, ExpectedRevision, Filter, Head, Position, StoredEvent, StreamSlice } from '../../event-store';
import { EventTooLargeError, measureAppend } from '../../limits';
import { EmbeddedEventStore } from '../embedded/embedded-event-store';
import { WriterClient } from '../embedded/writer-client';
import { checkAppend, judge } from '../expectation';
import type { StreamView } from '../expectation';
import { AppendCalls } from './append-calls';
import type { Outcome } from './append-calls';
import { Connection, readKurrentUrl } from './connection';
import { Follower } from './follower';
import type { FollowState } from './follower';
import { KnownIds } from './known-ids';
import { ServedReads } from './served-reads';
import type { ServedEvent } from './wire';

/** Times in ms. */
export interface KurrentTimes {
  /** After this an append is answered, whatever has become of it. */
  readonly append: number;
  /** After this one attempt at it is given up. */
  readonly attempt: number;
  /** For one question to the server. */
  readonly read: number;
}

const TIMES: KurrentTimes = { append: 15_000, attempt: 4_000, read: 5_000 };
const RETRY_MS = 50;

type Attempted = Exclude<Outcome, { readonly kind: 'unknown' }>;

/**
 * The log in EventStoreDB or KurrentDB. Appends and the ends of streams are asked of the server; everything else is read from a copy of the log on
 * this host, which follows the server and in which positions and numbers are counted, so that readers in every thread work as with the embedded
 * log. An append answers when the server has made it durable and the copy has it.
 */
export class KurrentEventStore extends EmbeddedEventStore {
  private readonly calls: AppendCalls;
  private readonly reads: ServedReads;
  private readonly follower: Follower;
  private readonly ids: KnownIds;
  /** The last append to each stream that is under way: one is decided before the next is sent. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private isEnding = false;
  private ending: Promise<void> | undefined;

  constructor(
    copy: { readonly file: string; readonly writer: WriterClient; readonly tell: { onHead: () => void } },
    private readonly connection: Connection, private maxAppendBytes: number, private readonly times: KurrentTimes, private readonly since?: bigint,
  ) {
    super(copy.file, copy.writer, copy.tell);
    this.calls = new AppendCalls(connection);
    this.reads = new ServedReads(connection, times.read);
    this.ids = new KnownIds((stream, newest) => this.idsOf(stream, newest));
    this.follower = new Follower(connection, this.reads, {
      newest: () => this.newestCopied(), revisionOf: (stream) => this.revisionOf(stream), write: (events) => this.take(events),
    }, since);
    this.follower.start();
  }

  /** How it stands with the server, for those who watch. */
  get following(): FollowState {
    return this.follower.state;
  }

  override get trouble(): string | undefined {
    return this.follower.trouble ?? super.trouble;
  }

  override async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    checkAppend(stream, events, expected);
    if (stream.startsWith('$')) throw new MalformedError('stream', 'must not begin with $: those are the store\'s own');
    this.refuseTooLarge(measureAppend(events));
    if (this.isEnding) throw new StoreUnavailableError('the store is closed', 'no');
    if (this.following === 'DIVERGED') throw new StoreUnavailableError(this.follower.trouble!, 'no');
    const before = this.turns.get(stream);
    const turn = (before ?? Promise.resolve()).then(() => this.decide(stream, events, expected), () => this.decide(stream, events, expected));
    this.turns.set(stream, turn);
    try {
      return await turn;
    } finally {
      if (this.turns.get(stream) === turn) this.turns.delete(stream);
    }
  }

  override async readStream(stream: string, options?: { readonly from?: number; readonly limit?: number }): Promise<StreamSlice> {
    this.open();
    const newest = await this.reads.newestOf(stream);
    await this.arrival(stream, newest?.revision ?? -1);
    return super.readStream(stream, options);
  }

  override async *readAll(after: Position, options?: { readonly filter?: Filter; readonly pageSize?: number }): AsyncIterable<readonly StoredEvent[]> {
    await this.reachNewest();
    yield* super.readAll(after, options);
  }

  override async head(): Promise<Head> {
    await this.reachNewest();
    return super.head();
  }

  override close(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    this.isEnding = true;
    await Promise.allSettled([...this.turns.values()]);
    this.calls.close();
    await this.follower.stop();
    await super.close();
    await this.connection.close();
  }

  private async decide(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    const until = performance.now() + this.times.append;
    if (expected === 'stream_exists' && this.revisionOf(stream) < 0) await this.readStream(stream);
    for (;;) {
      const view = this.viewOf(stream);
      const verdict = judge(view, events.map(({ id }) => id), expected);
      if (verdict.kind === 'resent') return { ...this.placeOf(stream, verdict.revision), resent: true };
      // Whoever names a revision that the copy has not reached may have seen more of the stream than the copy.
      const ahead = typeof expected === 'number' && expected > view.last;
      if (verdict.kind === 'conflict' && !ahead) throw new WrongExpectedVersionError(stream, expected, view.last);
      if (events.length === 0) return this.placeOf(stream, view.last);
      const exact = ahead ? (expected as number) : view.last;
      const outcome = await this.settled(stream, events, exact, until);
      if (outcome.kind === 'written') return this.written(stream, events, outcome.revision, until);
      if (typeof expected === 'number' && outcome.actual < expected) throw new WrongExpectedVersionError(stream, expected, outcome.actual);
      // Another process has gone on with the stream: what it wrote decides.
      await this.arrival(stream, outcome.actual, until - performance.now());
    }
  }

  /** Asks until the outcome is known. Sending again is harmless: with an exact revision the server knows the same ids for good. */
  private async settled(stream: string, events: readonly EventToAppend[], exact: number, until: number): Promise<Extract<Attempted, { kind: 'written' | 'conflict' }>> {
    for (;;) {
      const left = until - performance.now();
      const outcome = await this.calls.ask(stream, events, exact, Math.max(1, Math.min(this.times.attempt, left)));
      if (outcome.kind === 'written' || outcome.kind === 'conflict') return outcome;
      if (outcome.kind === 'refused') throw new StoreUnavailableError(outcome.reason, 'no');
      if (outcome.kind === 'tooLarge') throw this.learnt(outcome.limit, events);
      if (until - performance.now() < RETRY_MS) throw new StoreUnavailableError(outcome.reason, 'unknown');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  private async written(stream: string, events: readonly EventToAppend[], revision: number, until: number): Promise<Appended> {
    await this.arrival(stream, revision, until - performance.now(), 'unknown');
    const { events: stored } = await super.readStream(stream, { from: revision - events.length + 1, limit: events.length });
    const same = stored.length === events.length && stored.every((event, i) => isSame(event, events[i]!));
    // The server answers a resend as the first time; only what stands there tells that somebody else was quicker.
    return { revision, position: stored.at(-1)!.position, ...(same ? {} : { resent: true }) };
  }

  /** Waits until the copy has a revision. @throws StoreUnavailableError */
  private async arrival(stream: string, revision: number, withinMs = this.times.read, written: 'no' | 'unknown' = 'no'): Promise<void> {
    if (revision < 0 && this.revisionOf(stream) >= 0) throw new StoreUnavailableError('a stream of the ledger was deleted in the event store', 'no');
    if (revision < 0 || (await this.follower.has(stream, revision, withinMs))) return;
    throw new StoreUnavailableError(this.follower.trouble ?? 'the copy of the log on this host is behind the event store', written);
  }

  // A first copy of a large log takes minutes: as long as it grows it is waited for.
  private async reachNewest(): Promise<void> {
    this.open();
    const newest = await this.reads.newest();
    if (!newest || newest.commit <= (this.since ?? -1n)) return;
    for (let before = -1; !(await this.follower.has(newest.stream, newest.revision, this.times.read));) {
      if (this.follower.copied === before || this.isEnding) return this.arrival(newest.stream, newest.revision, 0);
      before = this.follower.copied;
    }
  }

  private async take(served: readonly ServedEvent[]): Promise<void> {
    await this.copyIn(served.map((event) => ({ stream: event.stream, events: [event], expected: event.revision === 0 ? 'no_stream' : event.revision - 1 })));
    for (const { stream, id, revision } of served) this.ids.add(stream, id, revision);
  }

  private newestCopied(): StoredEvent | undefined {
    const { position } = this.currentHead();
    return position === '' ? undefined : this.page(String(Number(position) - 1), 1).events[0];
  }

  private placeOf(stream: string, revision: number): Appended {
    const position = revision < 0 ? '' : this.open().readStream(stream, { from: revision, limit: 1 }).events[0]!.position;
    return { revision, position };
  }

  private revisionOf(stream: string): number {
    return this.open().readStream(stream, { limit: 0 }).revision;
  }

  private viewOf(stream: string): StreamView {
    return {
      last: this.revisionOf(stream),
      idAt: (revision) => this.open().readStream(stream, { from: revision, limit: 1 }).events[0]?.id,
      revisionOf: (id) => this.ids.of(stream).get(id),
    };
  }

  private idsOf(stream: string, newest: number): (readonly [string, number])[] {
    const from = Math.max(0, this.revisionOf(stream) - newest + 1);
    return this.open().readStream(stream, { from }).events.map(({ id, revision }) => [id, revision] as const);
  }

  private refuseTooLarge(size: number): void {
    if (size > this.maxAppendBytes) throw new EventTooLargeError('append', size, this.maxAppendBytes);
  }

  private learnt(limit: number, events: readonly EventToAppend[]): EventTooLargeError {
    this.maxAppendBytes = limit;
    return new EventTooLargeError('append', measureAppend(events), limit);
  }
}

export interface KurrentOptions {
  /** See `readKurrentUrl`. */
  readonly url: string;
  /** Of the copy. */
  readonly file: string;
  readonly times?: Partial<KurrentTimes>;
  /** Leaves out what the server holds already: for tests on a server that has a past. */
  readonly fromNow?: boolean;
}

const isSame = (stored: StoredEvent, sent: EventToAppend): boolean =>
  stored.id === sent.id && Buffer.compare(stored.data, sent.data) === 0 && Buffer.compare(stored.metadata, sent.metadata) === 0;

/**
 * Opens the log in a KurrentDB server or cluster, with its copy in a file of this host, which is made when it is not there.
 * @throws StoreUnavailableError when the copy cannot be opened; a server that is away is tried until it answers
 */
export const openKurrentEventStore = async ({ url, file, times, fromNow = false }: KurrentOptions): Promise<KurrentEventStore> => {
  const { url: server, maxAppendBytes } = readKurrentUrl(url);
  const [connection, timed, tell] = [new Connection(server), { ...TIMES, ...times }, { onHead: () => {} }];
  const since = fromNow ? (await new ServedReads(connection, timed.read).newest())?.commit : undefined;
  const writer = await WriterClient.open(file, () => tell.onHead());
  return new KurrentEventStore({ file, writer, tell }, connection, maxAppendBytes, timed, since);
};
