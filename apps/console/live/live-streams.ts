import { setImmediate as breathe } from 'node:timers/promises';
import type { OnModuleDestroy } from '@nestjs/common';
import { categoryOf } from '#kernel';
import type { Reader } from '#platform/access';
import type { StoredEvent } from '#platform/event-store';
import type { LiveNotice, LiveNotices } from '#platform/live-notice';
import type { ReadStore } from '#platform/read-store';
import type { Access, OnRecord } from '#contexts/oversight';
import { FactsInUse } from './facts-in-use';
import { LiveStream } from './live-stream';
import { RecentEvents } from './recent-events';
import type { Topic } from './topics';

/** Each stream has its turn once in so long, ms: what is recorded in between is told as one. */
const ROUND = 1_000;
/** A round is divided, so that many streams never hold the program up all at once. */
const PARTS_OF_ROUND = 20;
/** Events from before the first stream that are looked up in the log. */
const LOOKED_BACK = 5_000;
const PAGE = 200;

/** Streams of one session: browsers that share a connection have one. One more ends the oldest. */
const OF_SESSION = 4;
/** Streams of this process; one more is refused. */
const OF_PROCESS = 1_000;

/** What streams are made over. */
export interface LiveParts {
  readonly notices: LiveNotices;
  readonly reads: Pick<ReadStore, 'checkpoint' | 'ready'>;
  readonly store: { eventByNumber(number: number): StoredEvent | undefined };
  readonly accessOver: (facts: OnRecord['facts']) => Pick<Access, 'seenBy' | 'may'>;
  readonly caseAccess: Pick<OnRecord, 'facts'>;
  /** ms of a clock that runs evenly. */
  readonly now: () => number;
}

/** A browser that asks to be told. */
export interface Listener {
  readonly session: string;
  readonly topics: readonly Topic[];
  readonly heard?: number;
  reader(): Promise<Reader | undefined>;
}

interface Open {
  readonly session: string;
  readonly stream: LiveStream;
}

const CATEGORY = 'investigation';

const recordOf = (stream: string): string | undefined => (categoryOf(stream) === CATEGORY ? stream.slice(CATEGORY.length + 1) : undefined);

/** Every open connection of this process, and what was recorded lately, which all of them share. Works only while somebody listens. */
export class LiveStreams implements OnModuleDestroy {
  private open: readonly Open[] = [];
  private recent: RecentEvents | undefined;
  private pending: LiveNotice[] = [];
  private stopHearing: (() => void) | undefined;
  private beginning: Promise<RecentEvents> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private next = 0;
  private arriving = 0;
  private closed = false;

  private readonly facts: FactsInUse;
  private readonly access: Pick<Access, 'seenBy' | 'may'>;

  constructor(private readonly parts: LiveParts) {
    this.facts = new FactsInUse(parts.caseAccess, parts.now);
    this.access = parts.accessOver((id) => this.facts.of(id));
  }

  get count(): number {
    return this.open.length;
  }

  /** What is sent to a browser, for as long as it listens; undefined when there are too many already, or when the program stops. */
  async listen({ session, topics, heard, reader }: Listener): Promise<LiveStream['body'] | undefined> {
    if (this.closed || this.open.length + this.arriving >= OF_PROCESS) return undefined;
    this.arriving++;
    try {
      const recent = await (this.beginning ??= this.begin());
      await this.lookBack(recent, Math.min(...topics.map(({ since }) => since)) + 1);
      return this.closed ? undefined : this.opened(session, new LiveStream({ access: this.access, recent, topics, heard, reader }, this.parts.now()));
    } finally {
      this.arriving--;
      this.restIfAlone();
    }
  }

  /** Has every stream told what is new; settles when that is done. */
  async turnAll(): Promise<void> {
    this.takeIn();
    await Promise.all(this.open.map((one) => this.turn(one)));
  }

  /** Ends every stream: a server that waits for its answers would wait for ever. */
  close(): void {
    this.closed = true;
    for (const { stream } of this.open) stream.stop();
    this.rest();
  }

  onModuleDestroy(): void {
    this.close();
  }

  private opened(session: string, stream: LiveStream): LiveStream['body'] {
    this.makeRoom(session);
    const one = { session, stream };
    this.open = [...this.open, one];
    stream.body.once('close', () => this.gone(one));
    stream.body.once('error', () => this.gone(one)); // the browser has left in the middle of a word
    this.takeIn();
    void this.turn(one);
    return stream.body;
  }

  private async begin(): Promise<RecentEvents> {
    this.stopHearing = await this.parts.notices.subscribe((notice) => this.pending.push(notice));
    this.timer ??= setInterval(() => this.part(), ROUND / PARTS_OF_ROUND).unref();
    return (this.recent = new RecentEvents(this.parts.reads.checkpoint().number));
  }

  private rest(): void {
    this.stopHearing?.();
    clearInterval(this.timer);
    this.pending = [];
    this.facts.forgetAll();
    this.recent = this.beginning = this.timer = this.stopHearing = undefined;
  }

  private gone(one: Open): void {
    this.open = this.open.filter((each) => each !== one);
    this.restIfAlone();
  }

  private restIfAlone(): void {
    if (this.open.length === 0 && this.arriving === 0) this.rest();
  }

  private makeRoom(session: string): void {
    const own = this.open.filter((each) => each.session === session);
    for (const { stream } of own.slice(0, Math.max(0, own.length - OF_SESSION + 1))) stream.over();
  }

  /** Word goes in when the read models have reached it: whoever is told finds it on the page. */
  private takeIn(): void {
    const { number: reached } = this.parts.reads.checkpoint();
    const [now, later] = [this.pending.filter(({ number }) => number <= reached), this.pending.filter(({ number }) => number > reached)];
    this.pending = later;
    for (const { topic, count = 1, number } of now) {
      const record = recordOf(topic);
      if (record === undefined) continue;
      this.facts.forget(record);
      for (let each = number - count + 1; each <= number; each++) this.recent?.note(record, each);
    }
  }

  /** Finds in the log what a page does not show that was drawn before anybody listened. */
  private async lookBack(recent: RecentEvents, from: number): Promise<void> {
    const least = Math.max(0, from, this.parts.reads.checkpoint().number - LOOKED_BACK);
    while (recent.from > least) {
      const to = recent.from;
      const first = Math.max(least, to - PAGE);
      const found = Array.from({ length: to - first }, (_, i) => first + i).flatMap((number) => {
        const record = recordOf(this.parts.store.eventByNumber(number)?.stream ?? '');
        return record === undefined ? [] : [{ record, number }];
      });
      recent.before(found, first);
      await breathe();
    }
  }

  private part(): void {
    this.takeIn();
    const share = Math.ceil(this.open.length / PARTS_OF_ROUND);
    const all = this.open;
    for (let i = 0; i < share; i++) void this.turn(all[(this.next + i) % all.length]!);
    this.next = all.length === 0 ? 0 : (this.next + share) % all.length;
  }

  private async turn({ stream }: Open): Promise<void> {
    try {
      await stream.turn(this.parts.now);
    } catch {
      stream.stop(); // rights that cannot be judged now say nothing; the browser comes back
    }
  }
}
