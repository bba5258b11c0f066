import type { StoredEvent } from '#platform/event-store';
import type { LiveNotices } from '#platform/live-notice';
import type { ReadStore } from '#platform/read-store';

/** An import writes faster than anybody can be told: beyond so many events at once, of the newest alone. Whoever counts finds the others in the log. */
const AT_ONCE = 2_000;

/** Tells of each event as soon as the read models hold it. Gives how to stop. */
export const announce = (
  reads: Pick<ReadStore, 'onBatch' | 'checkpoint'>, store: { eventByNumber(number: number): Pick<StoredEvent, 'stream'> | undefined }, notices: LiveNotices,
): (() => void) => {
  let told = reads.checkpoint().number;
  return reads.onBatch(({ number }) => {
    const from = Math.max(told + 1, number - AT_ONCE + 1);
    told = Math.max(told, number);
    if (!notices.heard) return;
    for (let each = from; each <= number; each++) {
      const topic = store.eventByNumber(each)?.stream;
      if (topic !== undefined) notices.publish({ topic, number: each });
    }
  });
};
