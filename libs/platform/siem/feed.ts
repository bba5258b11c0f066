import fs from 'node:fs';
import { START } from '#platform/event-store';
import type { EventStore, Position, StoredEvent, Subscription } from '#platform/event-store';
import type { Sink } from './sinks';

export interface FeedOptions {
  readonly log: Pick<EventStore, 'subscribe'>;
  /** Remembers how far the log has been sent. It may be lost: then everything is sent again. */
  readonly placeFile: string;
  readonly sink: Sink;
  /** The message of an event; undefined for one that is not sent. */
  readonly lineOf: (event: StoredEvent) => string | undefined;
  /** Is told when nothing can be handed over, and when it can again. */
  readonly onHeldUp?: (begins: boolean) => void;
}

const SHORTEST_WAIT = 250;
const LONGEST_WAIT = 30_000;
const BATCH = 200;

/**
 * Sends a log on, in its order, each event at least once, from where it stopped the last time. Nothing waits for it: where the other side is
 * away it tries again, and the log keeps what is due.
 */
export class SiemFeed {
  private readonly subscription: Subscription;
  private closed = false;
  private heldUp = false;
  private wake: (() => void) | undefined;

  constructor(private readonly options: FeedOptions) {
    this.subscription = options.log.subscribe(this.place(), {
      onBatch: (events) => this.pass(events),
      onError: () => this.tell(true),
    }, { batchSize: BATCH });
  }

  /** Why nobody is told just now what happens: the other side is away. */
  get isHeldUp(): boolean {
    return this.heldUp;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.wake?.();
    await this.subscription.stop();
    this.options.sink.close();
  }

  private async pass(events: readonly StoredEvent[]): Promise<void> {
    const lines = events.map((event) => this.options.lineOf(event)).filter((line) => line !== undefined);
    for (let wait = SHORTEST_WAIT; lines.length > 0 && !(await this.sent(lines)); wait = Math.min(wait * 2, LONGEST_WAIT)) {
      if (this.closed) return;
      await this.pause(wait);
    }
    // If it dies here, the last batch is sent again at the next start.
    this.remember(events.at(-1)!.position);
  }

  private async sent(lines: readonly string[]): Promise<boolean> {
    try {
      await this.options.sink.send(lines);
      this.tell(false);
      return true;
    } catch {
      this.tell(true);
      return false;
    }
  }

  private tell(heldUp: boolean): void {
    if (this.heldUp === heldUp || this.closed) return;
    this.heldUp = heldUp;
    this.options.onHeldUp?.(heldUp);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private place(): Position {
    try {
      return fs.readFileSync(this.options.placeFile, 'utf8').trim();
    } catch {
      return START;
    }
  }

  private remember(position: Position): void {
    const { placeFile } = this.options;
    fs.writeFileSync(`${placeFile}.new`, `${position}\n`, { mode: 0o600 });
    fs.renameSync(`${placeFile}.new`, placeFile);
  }
}
