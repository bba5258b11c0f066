import type { Filter, Head, Position, StoredEvent, Subscriber, Subscription } from '../event-store';

/** A part of the log: the events that passed the filter, and how far the log was looked through to find them. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  readonly scannedTo: Position;
}

/** What a subscription needs of a store. */
export interface FollowableLog {
  page(after: Position, limit: number, filter?: Filter): LogPage;
  currentHead(): Head;
  /** Calls back whenever there are new events; returns how to stop that. */
  onHead(listener: () => void): () => void;
}

/**
 * A catch-up subscription: reads page after page, and when it has reached the head sleeps until it is told of new events. Old and new events
 * come through the same read, so there is no hand-over at which one could be lost or come twice.
 */
export class LogFollower implements Subscription {
  private stopped = false;
  private wake: (() => void) | undefined;
  private told = false;
  private readonly unlisten: () => void;
  /** Settles when no batch can follow. */
  readonly ended: Promise<void>;

  constructor(
    private readonly log: FollowableLog,
    private after: Position,
    private readonly subscriber: Subscriber,
    private readonly options: { readonly filter?: Filter; readonly batchSize?: number } = {},
  ) {
    this.unlisten = log.onHead(() => this.tell());
    this.ended = this.run();
  }

  /** Waits for the batch under way: a subscriber that stops itself must not wait for this inside `onBatch`. */
  stop(): Promise<void> {
    this.stopped = true;
    this.tell();
    return this.ended;
  }

  private tell(): void {
    this.told = true;
    this.wake?.();
  }

  private async run(): Promise<void> {
    // The caller gets its subscription before the first batch.
    await new Promise(setImmediate);
    try {
      while (!this.stopped) await this.step();
    } catch (error) {
      if (!this.stopped) this.subscriber.onError(error instanceof Error ? error : new Error(String(error), { cause: error }));
    } finally {
      this.stopped = true;
      this.unlisten();
    }
  }

  private async step(): Promise<void> {
    this.told = false;
    const { events, scannedTo } = this.log.page(this.after, this.options.batchSize ?? 500, this.options.filter);
    if (events.length > 0) await this.subscriber.onBatch(events, { head: this.log.currentHead() });
    const moved = scannedTo !== this.after;
    this.after = scannedTo;
    if (moved) await new Promise(setImmediate);
    else await this.sleep();
  }

  private async sleep(): Promise<void> {
    if (!this.told && !this.stopped) await new Promise<void>((resolve) => { this.wake = resolve; });
    this.wake = undefined;
  }
}
