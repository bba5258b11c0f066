import { categoryOf, isLedgerStream, StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import { START } from '../event-store';
import type { Appended, EventStore, EventToAppend, ExpectedRevision, Filter, Head, Position, StoredEvent, StreamSlice, Subscriber, Subscription } from '../event-store';
import { measureAppend } from '../limits';
import { checkAppend, judge } from './expectation';
import type { StreamView } from './expectation';
import { LogFollower } from './log-follower';
import type { FollowableLog, LogPage } from './log-follower';

/** A store that forgets everything with the process: the only test double of a store. */
export const memoryEventStore = (): EventStore => new MemoryEventStore();

class MemoryEventStore implements EventStore, FollowableLog {
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Set<LogFollower>();
  private number = -1;
  private closed = false;

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    this.refuseWhenClosed();
    checkAppend(stream, events, expected);
    measureAppend(events);
    const there = this.streams.get(stream) ?? [];
    const verdict = judge(viewOf(there), events.map(({ id }) => id), expected);
    if (verdict.kind === 'conflict') throw new WrongExpectedVersionError(stream, expected, there.length - 1);
    const revision = verdict.kind === 'write' ? this.write(stream, there, events) : verdict.revision;
    return { revision, position: there[revision]?.position ?? START, ...(verdict.kind === 'resent' ? { resent: true } : {}) };
  }

  async readStream(stream: string, { from = 0, limit = Infinity }: { from?: number; limit?: number } = {}): Promise<StreamSlice> {
    this.refuseWhenClosed();
    const there = this.streams.get(stream) ?? [];
    return { events: there.slice(from, from + limit), revision: there.length - 1 };
  }

  async *readAll(after: Position, { filter, pageSize = 500 }: { filter?: Filter; pageSize?: number } = {}): AsyncIterable<readonly StoredEvent[]> {
    this.refuseWhenClosed();
    const events = this.log.slice(Number(after)).filter(chosenBy(filter));
    for (let i = 0; i < events.length; i += pageSize) yield events.slice(i, i + pageSize);
  }

  subscribe(after: Position, subscriber: Subscriber, options?: { filter?: Filter; batchSize?: number }): Subscription {
    this.refuseWhenClosed();
    const follower = new LogFollower(this, after, subscriber, options);
    this.followers.add(follower);
    void follower.ended.then(() => this.followers.delete(follower));
    return follower;
  }

  async head(): Promise<Head> {
    this.refuseWhenClosed();
    return this.currentHead();
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.followers].map((follower) => follower.stop()));
  }

  page(after: Position, limit: number, filter?: Filter): LogPage {
    const from = Number(after);
    const scanned = this.log.slice(from, from + limit);
    return { events: scanned.filter(chosenBy(filter)), scannedTo: scanned.at(-1)?.position ?? after };
  }

  currentHead(): Head {
    return { position: this.log.at(-1)?.position ?? START, number: this.number };
  }

  onHead(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private write(stream: string, there: StoredEvent[], events: readonly EventToAppend[]): number {
    const numbered = isLedgerStream(stream);
    for (const event of events) {
      const number = numbered ? ++this.number : -1;
      const stored = { ...event, stream, revision: there.length, number, position: String(this.log.length + 1) };
      there.push(stored);
      this.log.push(stored);
    }
    if (events.length > 0) this.streams.set(stream, there);
    for (const listener of this.listeners) listener();
    return there.length - 1;
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new StoreUnavailableError('the store is closed', 'no');
  }
}

const viewOf = (events: readonly StoredEvent[]): StreamView => ({
  last: events.length - 1,
  idAt: (revision) => events[revision]?.id,
  revisionOf: (id) => {
    const at = events.findIndex((event) => event.id === id);
    return at < 0 ? undefined : at;
  },
});

const chosenBy = (filter?: Filter) => (event: StoredEvent): boolean =>
  !filter?.categories || filter.categories.includes(categoryOf(event.stream));
