import type { Clock } from '#kernel';
import type { Head } from '#platform/event-store';
import type { ReadStore } from './read-store';
import { recordedAfter } from './recorded-prefix';

const POLL_MS = 5;

/** What decides whether anything can still be recorded by a moment that has passed. */
export interface RecordedMomentsOptions {
  readonly reads: Pick<ReadStore, 'db' | 'checkpoint'>;
  readonly log: { currentHead(): Head };
  /** The one who stamps and appends. */
  readonly writer: { earliestUnderWay(): number };
  readonly clock: Clock;
}

/**
 * Tells whether the tables hold all that was recorded by a moment, and all that ever will be: an answer as recorded by then stays the same. A later
 * event in the tables proves it at once; without one, nothing stamped by then may be under way or in the log only.
 */
export class RecordedMoments {
  private settledTo = -Infinity;

  constructor(private readonly options: RecordedMomentsOptions) {}

  isSettled(ms: number): boolean {
    if (ms > this.settledTo && this.hasEnded(ms)) this.settledTo = ms;
    return ms <= this.settledTo;
  }

  /** True as soon as it is settled; false when that takes longer. */
  async whenSettled(ms: number, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (!this.isSettled(ms)) {
      if (performance.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return true;
  }

  private hasEnded(ms: number): boolean {
    const { reads, log, writer, clock } = this.options;
    if (recordedAfter(reads.db, ms)) return true;
    return clock() > ms && writer.earliestUnderWay() > ms && reads.checkpoint().number >= log.currentHead().number;
  }
}
