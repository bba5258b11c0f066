import type { Clock } from '#kernel';
import { bullmqJobs, inProcessJobs, Reconciler, UnderWay } from '#platform/jobs';
import type { Jobs, JobsTrouble, Reaction } from '#platform/jobs';
import type { ReadStore } from '#platform/read-store';
import { faultFields } from '#platform/telemetry';
import type { Logger } from '#platform/telemetry';

/** Jobs under way get so long to finish when the program stops. Milliseconds. */
const GRACE = 10_000;
/** The same trouble is told once in so many milliseconds. */
const TOLD = 60_000;

interface Parts {
  readonly reactions: readonly Reaction[];
  readonly reads: Pick<ReadStore, 'caughtUp' | 'onBatch'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'warn'>;
  /** Where jobs wait; absent: in memory. */
  readonly redis?: string;
  /** Id of the folder, the same for every process over one log. */
  readonly ledger: string;
}

export interface DueWork {
  readonly jobs: Jobs;
  readonly reconciler: Pick<Reconciler, 'lags' | 'round'>;
  /** Long work of any kind that this process does. */
  readonly underWay: UnderWay;
  /** Looks for due work from the first catch-up on, and does it. */
  begin(): void;
  /** Lets jobs under way finish within their grace. */
  close(): Promise<void>;
}

const onceInAWhile = (logger: Pick<Logger, 'warn'>): ((trouble: JobsTrouble) => void) => {
  const told = new Map<JobsTrouble, number>();
  return (trouble) => {
    const now = performance.now();
    if (now - (told.get(trouble) ?? -TOLD) < TOLD) return;
    told.set(trouble, now);
    logger.warn('place of jobs in trouble', { trouble });
  };
};

const jobsOf = ({ reactions, logger, redis, ledger }: Parts): Jobs => {
  const onFailed = ({ reaction }: { readonly reaction: string }, error: unknown): void => logger.warn('job failed', { reaction, ...faultFields(error) });
  return redis === undefined ? inProcessJobs({ reactions, onFailed }) : bullmqJobs({ reactions, onFailed, url: redis, prefix: ledger, onTrouble: onceInAWhile(logger) });
};

/** Due work of an open folder. Only who serves it begins with it: a command that looks something up does no work by the way. */
export const openDueWork = (parts: Parts): DueWork => {
  const { reactions, reads, clock, logger } = parts;
  const jobs = jobsOf(parts);
  const reconciler = new Reconciler({ jobs, reactions, clock, onFailed: (reaction, error) => logger.warn('due work not found', { reaction, ...faultFields(error) }) });
  let forget: (() => void) | undefined;
  return {
    jobs, reconciler, underWay: new UnderWay(),
    begin: () => {
      forget ??= reads.onBatch(() => reconciler.request());
      // Nothing is looked for in half a log, where done work could seem undone. When it is closed before, there is nothing to begin with.
      reads.caughtUp().then(() => {
        jobs.start();
        reconciler.start();
      }, () => undefined);
    },
    close: async () => {
      forget?.();
      await reconciler.stop();
      await jobs.close(GRACE);
    },
  };
};
