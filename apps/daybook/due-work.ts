import type { Clock } from '#kernel';
import { inProcessJobs, Reconciler } from '#platform/jobs';
import type { Jobs, Reaction } from '#platform/jobs';
import type { ReadStore } from '#platform/read-store';
import { faultFields } from '#platform/telemetry';
import type { Logger } from '#platform/telemetry';

/** Jobs under way get so long to finish when the program stops. Milliseconds. */
const GRACE = 10_000;

interface Parts {
  readonly reactions: readonly Reaction[];
  readonly reads: Pick<ReadStore, 'caughtUp' | 'onBatch'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
}

export interface DueWork {
  readonly jobs: Jobs;
  readonly reconciler: Pick<Reconciler, 'lags' | 'round'>;
  /** Lets jobs under way finish within their grace. */
  close(): Promise<void>;
}

/** Looks for due work from the first catch-up on, and does it. Nothing is looked for in half a log: it could seem not to have been done. */
export const openDueWork = ({ reactions, reads, clock, logger }: Parts): DueWork => {
  const jobs = inProcessJobs({ reactions, onFailed: ({ reaction }, error) => logger.warn('job failed', { reaction, ...faultFields(error) }) });
  const reconciler = new Reconciler({ jobs, reactions, clock, onFailed: (reaction, error) => logger.warn('due work not found', { reaction, ...faultFields(error) }) });
  const forget = reads.onBatch(() => reconciler.request());
  // When it is closed before it has caught up, there is nothing to begin with.
  reads.caughtUp().then(() => {
    jobs.start();
    reconciler.start();
  }, () => undefined);
  return {
    jobs, reconciler,
    close: async () => {
      forget();
      await reconciler.stop();
      await jobs.close(GRACE);
    },
  };
};
