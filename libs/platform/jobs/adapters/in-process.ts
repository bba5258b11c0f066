import { attempts as usual } from '../attempts';
import type { Attempts } from '../attempts';
import { jobId } from '../job';
import type { Job } from '../job';
import type { DeadLetter, Jobs, JobsHealth, RunningJob } from '../jobs';
import type { Reaction } from '../reaction';
import { byTimer } from '../timers';
import type { Later } from '../timers';
import { Lane } from './lane';

/** What a program brings that does jobs. */
export interface JobsOptions {
  /** Whose jobs these are. A job of any other reaction is not taken. */
  readonly reactions: readonly Reaction[];
  readonly attempts?: Attempts;
  /** Jobs of one reaction that are done at the same time by this process. */
  readonly workers?: number;
  /** Milliseconds since 1970: the machine's own time, for ages and waits. */
  readonly now?: () => number;
  /** How attempts are put off; absent: by timers of the process. */
  readonly later?: Later;
  /** Is told of each attempt that failed. */
  readonly onFailed?: (job: Job, error: unknown) => void;
}

/** Enough for commands that wait for the disk together, few enough to leave the process to those who use it. */
export const WORKERS = 4;

const within = async (work: Promise<unknown>, ms: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => { timer = setTimeout(resolve, ms); })]);
  clearTimeout(timer);
};

/**
 * Jobs in the memory of this process. Memory is enough: whatever was waiting when the process ended is found again by query, also what was dead; a
 * start gives that a fresh set of attempts, which is what whoever restarts after putting something right would ask for.
 */
class InProcessJobs implements Jobs {
  private readonly lanes: ReadonlyMap<string, Lane>;
  private closing: Promise<void> | undefined;

  constructor({ reactions, attempts = usual, workers = WORKERS, now = Date.now, later = byTimer, onFailed }: JobsOptions) {
    this.lanes = new Map(reactions.map((reaction) => [reaction.name, new Lane({ reaction, attempts, workers, now, later, onFailed })]));
  }

  async ensure(jobs: readonly Job[]): Promise<void> {
    const named = jobs.map((job) => ({ id: jobId(job), job }));
    for (const { id, job: { reaction, subject, due } } of named) this.lanes.get(reaction)?.ensure(id, { reaction, subject, due });
  }

  async waiting(reaction: string): Promise<number> {
    return this.lanes.get(reaction)?.waiting ?? 0;
  }

  start(): void {
    if (!this.closing) for (const lane of this.lanes.values()) lane.start();
  }

  async deadLetters(limit: number): Promise<readonly DeadLetter[]> {
    return this.every((lane) => lane.deadLetters()).sort((a, b) => b.diedAt - a.diedAt).slice(0, limit);
  }

  async runAgain(id: string): Promise<boolean> {
    return [...this.lanes.values()].some((lane) => lane.runAgain(id));
  }

  async forgetDead(reaction: string, isDue: (id: string) => boolean): Promise<void> {
    this.lanes.get(reaction)?.forgetDead(isDue);
  }

  async running(): Promise<readonly RunningJob[]> {
    return this.every((lane) => lane.running());
  }

  async health(): Promise<JobsHealth> {
    return { reactions: [...this.lanes.values()].map((lane) => lane.counts()), troubles: [] };
  }

  close(graceMs: number): Promise<void> {
    return (this.closing ??= this.stop(graceMs));
  }

  private async stop(graceMs: number): Promise<void> {
    const lanes = [...this.lanes.values()];
    await within(Promise.all(lanes.map((lane) => lane.drained())), graceMs);
    for (const lane of lanes) lane.giveBack();
  }

  private every<T>(of: (lane: Lane) => readonly T[]): T[] {
    return [...this.lanes.values()].flatMap(of);
  }
}

export const inProcessJobs = (options: JobsOptions): Jobs => new InProcessJobs(options);
