import { PassThrough } from 'node:stream';
import type { InvestigationId } from '#kernel';
import type { Reader } from '#platform/access';
import type { Access, Seen } from '#contexts/oversight';
import { END_OF_STREAM } from './event-stream';
import type { RecentEvents } from './recent-events';
import { Tally } from './tally';
import type { Told } from './tally';
import type { Topic } from './topics';

/** A line that says nothing keeps the connection from being taken for dead, ms after the last. */
const HEARTBEAT = 25_000;
/** Pages that were told of as much as they ever are have their counts looked at so often, ms: what was lost is taken back in time. */
const SELDOM = 3_000;
/** Whoever reads so slowly that so many bytes wait is let go; they come back by themselves. */
const MOST_WAITING = 64 * 1024;
/** A browser whose connection broke waits so long before it comes back, ms. */
const COMES_BACK = 5_000;

export interface StreamParts {
  readonly access: Pick<Access, 'seenBy' | 'may'>;
  readonly recent: RecentEvents;
  readonly topics: readonly Topic[];
  /** The last event that whoever comes back has heard of. */
  readonly heard?: number;
  /** Who is signed in there now; undefined when nobody is any more. Asking does not put off the end of the session. */
  reader(): Promise<Reader | undefined>;
}

/** One browser's connection: what it may be told is decided anew each time it is told something. */
export class LiveStream {
  readonly body = new PassThrough();
  private readonly tallies: readonly Tally[];
  private readonly recent: RecentEvents;
  /** Up to where events were looked at, and with which rights. */
  private place = 0;
  private rights = '';
  private written = 0;
  private counted = -Infinity;
  private begun = false;

  /** @param now ms */
  constructor(private readonly parts: StreamParts, now: number) {
    this.recent = parts.recent;
    this.tallies = parts.topics.map((topic) => new Tally(topic));
    this.write(`retry: ${COMES_BACK}\n\n`, now);
  }

  /** Tells what is new; ends when nobody is signed in there any more. @param clock ms */
  async turn(clock: () => number): Promise<void> {
    const reader = await this.parts.reader();
    if (!reader) return this.over();
    if (this.body.writableEnded || this.body.destroyed) return;
    const now = clock();
    if (now - this.counted >= SELDOM || this.tallies.some(({ full }) => !full)) this.countAndTell(reader, now);
    if (now - this.written >= HEARTBEAT) this.write(':\n\n', now);
    if (this.body.writableLength > MOST_WAITING) this.body.destroy();
  }

  private countAndTell(reader: Reader, now: number): void {
    this.counted = now;
    this.count(reader, this.parts.access.seenBy(reader));
    for (const told of this.news()) this.tell(told, now);
  }

  /** The browser is not to come back with this session. */
  over(): void {
    if (!this.body.writableEnded) this.body.end(END_OF_STREAM);
  }

  /** The browser comes back by itself. */
  stop(): void {
    this.body.end();
  }

  private count(reader: Reader, seen: Seen): void {
    const changed = seen.key !== this.rights;
    const touched = [...(changed ? this.recent.records() : this.recent.touched(this.place))];
    this.rights = seen.key;
    this.place = this.recent.end;
    for (const tally of this.tallies) {
      const wasFull = tally.full;
      this.recount(tally, touched, reader, seen);
      // One that was full did not look at every record; what it lost may be made up by others.
      if (wasFull && !tally.full) this.recount(tally, [...this.recent.records()], reader, seen);
    }
  }

  private recount(tally: Tally, records: readonly string[], reader: Reader, seen: Seen): void {
    const { topic: { since } } = tally;
    for (const record of records) {
      if (!tally.wants(record)) continue;
      const counted = this.recent.of(record, since);
      if (counted.count === 0 && !tally.holds(record)) continue;
      if (this.mayHear(tally.topic, record as InvestigationId, reader, seen)) tally.take(record, counted, this.isWhole(tally));
      else tally.lose(record);
    }
  }

  private isWhole({ topic: { since } }: Tally): boolean {
    return since + 1 >= this.recent.from;
  }

  private mayHear({ kind }: Topic, record: InvestigationId, reader: Reader, seen: Seen): boolean {
    if (kind === 'record') return seen.readsInvestigation(record);
    return this.parts.access.may(reader, kind === 'figures' ? 'seeFigures' : 'list') && seen.knowsInvestigation(record);
  }

  private news(): readonly Told[] {
    const { heard } = this.parts;
    if (!this.begun && heard !== undefined) for (const tally of this.tallies) tally.heard(heard);
    this.begun = true;
    return this.tallies.flatMap((tally) => tally.news(this.isWhole(tally)) ?? []);
  }

  private tell(told: Told, now: number): void {
    this.write(`${told.number < 0 ? '' : `id: ${told.number}\n`}event: notice\ndata: ${JSON.stringify(told)}\n\n`, now);
  }

  private write(text: string, now: number): void {
    if (this.body.writableEnded || this.body.destroyed) return;
    this.written = now;
    this.body.write(text);
  }
}
