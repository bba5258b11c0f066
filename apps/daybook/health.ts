import { categoryOf } from '#kernel';
import type { ProjectionStatus } from '#platform/read-store';
import type { Daybook } from './compose';
import { jobConcerns, jobsHealth } from './jobs-health';
import type { ReactionHealth } from './jobs-health';

/** Read models later than this many seconds are an alarm. */
const LATE_SECONDS = 60;

export interface ReadModelHealth {
  readonly name: string;
  readonly version: number;
  /** Event number of its last event; -1 before the first. */
  readonly number: number;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly parkedStreams: number;
}

/** What `/health/ready` answers. Ages are seconds; null where there is nothing to measure yet. */
export interface Readiness {
  readonly ready: boolean;
  readonly degraded: boolean;
  /** What is wrong, in words. */
  readonly concerns: readonly string[];
  readonly head: number;
  readonly readModels: readonly ReadModelHealth[];
  /** By category: whoever asks need not be signed in, and an id may be of a record of which nobody is told. The log of the program names the stream. */
  readonly parkedStreams: readonly { readonly readModel: string; readonly category: string; readonly revision: number }[];
  readonly checkpoint: { readonly newestAgeSeconds: number | null; readonly newestOutsideAgeSeconds: number | null };
  readonly spoolLength: number;
  /** What the program does by itself; empty where that cannot be asked, or another process does it. */
  readonly jobs: readonly ReactionHealth[];
}

const healthOf = ({ name, version, checkpoint, lagEvents, lagSeconds, parked }: ProjectionStatus): ReadModelHealth => ({
  name, version, number: checkpoint.number, lagEvents, lagSeconds, parkedStreams: parked.length,
});

const concernsOf = (statuses: readonly ProjectionStatus[]): string[] => statuses.flatMap(({ name, lagSeconds, parked, stopped }) => [
  ...(lagSeconds > LATE_SECONDS ? [`${name} is ${Math.round(lagSeconds)} seconds behind`] : []),
  ...(parked.length > 0 ? [`${name} leaves out ${parked.length} streams that cannot be read`] : []),
  ...(stopped === undefined ? [] : [`${name} stands still`]),
]);

const spoolConcerns = (length: number): string[] => (length === 0 ? [] : [`${length} looks wait until the log can be written`]);

interface ProcessState {
  readonly leaving: { readonly begun: boolean };
  /** Whether due work is done here; where it is not, nobody looks for it. */
  readonly worksJobs: boolean;
}

/** Whether this process can answer, and what to worry about although it can. */
export class Health {
  constructor(private readonly daybook: Pick<Daybook, 'store' | 'reads' | 'keys' | 'keysBehind' | 'looks' | 'lookReads' | 'dueWork' | 'state'>, private readonly process: ProcessState) {}

  async readiness(): Promise<Readiness> {
    const { store, reads, keys, keysBehind, looks, lookReads, dueWork, state } = this.daybook;
    const both = await Promise.all([reads.status(), lookReads.status()]);
    const statuses = both.flat();
    const { reactions: jobs, troubles } = jobsHealth(await dueWork.jobs.health(), this.process.worksJobs ? dueWork.reconciler.lags() : []);
    const concerns = [...(keysBehind ? ['the keys are older than the log: some of what was sealed cannot be read until younger keys are restored'] : []), ...(store.trouble === undefined ? [] : [`nothing can be written: ${store.trouble}`]), ...(keys.trouble === undefined ? [] : [`nothing that is sealed can be read or written until the next start: ${keys.trouble}`]), ...(state?.away ? ['PostgreSQL does not answer: nobody signs in, and what needs a key waits'] : []), ...spoolConcerns(looks.spoolLength), ...concernsOf(statuses), ...jobConcerns(jobs, troubles)];
    return {
      ready: reads.ready && !this.process.leaving.begun,
      degraded: concerns.length > 0,
      concerns: [...concerns, 'checkpoints are not signed yet, so none leaves this machine'],
      head: store.currentHead().number,
      readModels: statuses.map(healthOf),
      parkedStreams: statuses.flatMap(({ name, parked }) => parked.map(({ stream, revision }) => ({ readModel: name, category: categoryOf(stream), revision }))),
      checkpoint: { newestAgeSeconds: null, newestOutsideAgeSeconds: null },
      spoolLength: looks.spoolLength,
      jobs,
    };
  }
}
