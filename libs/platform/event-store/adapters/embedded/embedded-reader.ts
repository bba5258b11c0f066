import type { MessagePort } from 'node:worker_threads';
import { StoreUnavailableError } from '#kernel';
import type { EventStore, Filter, Head, Position, StoredEvent, StreamSlice, Subscriber, Subscription } from '../../event-store';
import { LogFollower } from '../log-follower';
import type { FollowableLog, LogPage } from '../log-follower';
import { LogReader } from './log-reader';
import type { LogView } from './log-reader';

/** The log as any thread of the owning process, or another program beside it, may read it. */
export class EmbeddedReader implements Pick<EventStore, 'readStream' | 'readAll' | 'subscribe' | 'head'>, FollowableLog {
  private readonly reader: LogReader;
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Set<LogFollower>();
  private isClosed = false;

  /** @throws StoreUnavailableError when there is no log at this place */
  constructor(file: string, private readonly heads?: MessagePort, view: LogView = 'whole') {
    this.reader = new LogReader(file, view);
    heads?.on('message', () => this.notify());
  }

  async readStream(stream: string, options?: { readonly from?: number; readonly limit?: number }): Promise<StreamSlice> {
    return this.open().readStream(stream, options);
  }

  async *readAll(after: Position, { filter, pageSize = 500 }: { readonly filter?: Filter; readonly pageSize?: number } = {}): AsyncIterable<readonly StoredEvent[]> {
    const end = Number(this.open().head().position);
    for (let at = after; Number(at) < end;) {
      const { events, scannedTo } = this.page(at, pageSize, filter);
      const due = Number(scannedTo) <= end ? events : events.filter(({ position }) => Number(position) <= end);
      if (due.length > 0) yield due;
      at = scannedTo;
    }
  }

  /** For bulk reading: the log up to and including a position, stream after stream, each whole and in the order of its revisions. */
  async *readByStream(until: Position, { filter }: { readonly filter?: Filter } = {}): AsyncIterable<readonly StoredEvent[]> {
    for (let last = 0; ;) {
      const streams = this.open().streamsAfter(last, 1000, filter?.categories);
      if (streams.length === 0) return;
      for (const stream of streams) {
        const events = this.open().eventsOf(stream, until);
        if (events.length > 0) yield events;
        last = stream.id;
      }
    }
  }

  /** Needs to be told of new events: a reader that was opened without a head port refuses. */
  subscribe(after: Position, subscriber: Subscriber, options?: { readonly filter?: Filter; readonly batchSize?: number }): Subscription {
    this.open();
    if (!this.heads) throw new StoreUnavailableError('this reader is not told of new events', 'no');
    return this.follow(after, subscriber, options);
  }

  async head(): Promise<Head> {
    return this.open().head();
  }

  /** Synchronous, for bulk reading: up to `limit` events after a position, and how far the log was looked through for them. */
  page(after: Position, limit: number, filter?: Filter): LogPage {
    return this.open().page(after, limit, filter);
  }

  /** Synchronous `head`. */
  currentHead(): Head {
    return this.open().head();
  }

  /** Where the ledger event with this number lies; undefined when there is none (yet). */
  positionOfNumber(number: number): Position | undefined {
    return this.open().positionOfNumber(number);
  }

  /** The ledger event with this number; undefined when there is none (yet). */
  eventByNumber(number: number): StoredEvent | undefined {
    return this.open().eventByNumber(number);
  }

  /** Calls back when the log has grown; returns how to stop that. */
  onHead(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends the subscriptions after the batches under way. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.heads?.close();
    await Promise.all([...this.followers].map((follower) => follower.stop()));
    this.reader.close();
  }

  protected follow(after: Position, subscriber: Subscriber, options?: { readonly filter?: Filter; readonly batchSize?: number }): Subscription {
    const follower = new LogFollower(this, after, subscriber, options);
    this.followers.add(follower);
    void follower.ended.then(() => this.followers.delete(follower));
    return follower;
  }

  protected notify(): void {
    for (const listener of this.listeners) listener();
  }

  protected open(): LogReader {
    if (this.isClosed) throw new StoreUnavailableError('the store is closed', 'no');
    return this.reader;
  }
}

/**
 * Opens the log to read it, in any thread. `heads` is a port made by `EmbeddedEventStore.headPort()`: with it the reader can be subscribed
 * to and `onHead` calls back; it keeps the thread alive until `close`. `view`: which part of the log, and whose numbers.
 * @throws StoreUnavailableError when there is no log at this place
 */
export const openEmbeddedReader = (file: string, { heads, view }: { readonly heads?: MessagePort; readonly view?: LogView } = {}): EmbeddedReader =>
  new EmbeddedReader(file, heads, view);
