import { DelayedError, Queue, WaitingError, Worker } from 'bullmq';
import type { Job as BullJob } from 'bullmq';
import { codeOf, isPassing } from '../../attempts';
import type { Attempts } from '../../attempts';
import { jobId } from '../../job';
import type { Job } from '../../job';
import type { DeadLetter, JobCounts, RunningJob } from '../../jobs';
import type { Progress, Reaction } from '../../reaction';
import type { Connections } from './connections';

type Kept = BullJob<Job, void, string>;

export interface BullLaneOptions {
  readonly reaction: Reaction;
  readonly connections: Connections;
  readonly prefix: string;
  readonly attempts: Attempts;
  readonly workers: number;
  readonly now: () => number;
  readonly times: Times;
  readonly onFailed?: (job: Job, error: unknown) => void;
  readonly onError: (error: unknown, lane: BullLane) => void;
}

/** Milliseconds. */
export interface Times {
  /** How long a job stays with a worker that is not heard of any more, and how often that is looked for. */
  readonly lock: number;
  readonly lookForLost: number;
  /** How long a worker waits for a job before it looks by itself. */
  readonly look: number;
  /** How long nothing is asked of a place that refuses. */
  readonly rest: number;
  /** A job that is still asked for after so long, and not known to be done: it is looked after whether anybody would ever do it. */
  readonly suspect: number;
}

/** What is kept of a failure: its code. Errors have words and stacks, which stay here. */
class Failed extends Error {
  constructor(code: string) {
    super(code);
    this.stack = '';
  }
}

/** A job as it was asked for, or nothing when what is kept under its id is something else. */
const askedFor = ({ id, data }: Kept): Job | undefined => {
  try {
    return jobId(data) === id ? { reaction: data.reaction, subject: data.subject, due: data.due } : undefined;
  } catch {
    return undefined;
  }
};

const inLetters = (code: string | undefined): string => (code === undefined || /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code ?? 'FAULT' : /stalled/.test(code) ? 'STALLED' : 'FAULT');

/** The jobs of one reaction, in a queue of its own in Redis: a slow reaction holds up no other. */
export class BullLane {
  readonly name: string;
  private readonly queue: Queue<Job, void, string>;
  private worker: Worker<Job, void, string> | undefined;
  private readonly underWay = new Map<Kept, string>();
  private readonly givenBack = new WeakSet<Kept>();
  private readonly stop = new AbortController();
  /** Settles when nobody waits any longer for what still runs. */
  private readonly over = new Promise<void>((resolve) => this.stop.signal.addEventListener('abort', () => resolve()));
  private readonly firstAsked = new Map<string, number>();

  constructor(private readonly options: BullLaneOptions) {
    const { reaction, connections, prefix } = options;
    this.name = reaction.name;
    // Its version is not asked for: a server that is away at the start would be away for ever.
    this.queue = new Queue(this.name, { connection: connections.asking, prefix, skipVersionCheck: true, skipMetasUpdate: true });
    this.queue.on('error', (error) => options.onError(error, this));
  }

  /** Makes those that are missing. One of which only the data is left, in no list, would never be done: it is made anew. */
  async ensure(jobs: readonly (readonly [string, Job])[]): Promise<void> {
    const { attempts: { most }, now, connections } = this.options;
    const known = await this.exist(jobs.map(([id]) => id));
    const lost = await this.lost(jobs.filter((_, i) => known[i]).map(([id]) => id));
    if (lost.size > 0) await connections.asking.unlink([...lost].map((id) => this.queue.toKey(id)));
    const missing = jobs.filter(([id], i) => !known[i] || lost.has(id));
    for (const [id] of missing) this.firstAsked.delete(id);
    if (missing.length === 0) return;
    await this.queue.addBulk(missing.map(([id, data]) => ({
      name: this.name, data,
      opts: { jobId: id, timestamp: now(), attempts: most, backoff: { type: 'custom' }, removeOnComplete: true, removeOnFail: false, stackTraceLimit: 0 },
    })));
  }

  start(): void {
    if (this.worker) return;
    const { connections, prefix, workers, attempts, times } = this.options;
    const worker = this.worker = new Worker<Job, void, string>(this.name, (job, token) => this.perform(job, token!), {
      connection: connections.working, prefix, concurrency: workers, drainDelay: times.look / 1000, lockDuration: times.lock, stalledInterval: times.lookForLost,
      maxStalledCount: 5, runRetryDelay: times.rest, settings: { backoffStrategy: (failures) => attempts.wait(failures) },
    });
    worker.on('error', (error) => this.options.onError(error, this));
  }

  /** Takes no job for a while: a place that refuses is not asked as fast as it can refuse. */
  rest(): void {
    const { worker } = this;
    if (!worker || worker.isPaused() || worker.closing) return;
    void worker.pause(true);
    setTimeout(() => { if (!worker.closing) void worker.resume(); }, this.options.times.rest).unref();
  }

  async waiting(): Promise<number> {
    return this.queue.getJobCountByTypes('wait', 'delayed');
  }

  async counts(): Promise<JobCounts> {
    const [counts, [first], later] = await Promise.all([
      this.queue.getJobCounts('wait', 'active', 'delayed', 'failed'), this.queue.getJobs('wait', 0, 0, true), this.queue.getJobs('delayed', 0, 99, true),
    ]);
    const { wait = 0, delayed = 0, active = 0, failed = 0 } = counts;
    const oldest = Math.min(...[first, ...later].map((job) => job?.timestamp ?? Infinity));
    return {
      reaction: this.name, waiting: wait + delayed, running: active, dead: failed,
      oldestWaitSeconds: oldest === Infinity ? null : Math.max(0, (this.options.now() - oldest) / 1000),
    };
  }

  async running(): Promise<readonly RunningJob[]> {
    const active = await this.queue.getActive();
    return active.flatMap((kept) => {
      const job = askedFor(kept);
      if (!job) return [];
      const progress = typeof kept.progress === 'object' ? { progress: kept.progress as Progress } : {};
      return [{ ...job, id: kept.id!, attempt: kept.attemptsMade + 1, startedAt: kept.processedOn ?? 0, ...progress }];
    });
  }

  async deadLetters(limit: number): Promise<readonly DeadLetter[]> {
    const failed = limit > 0 ? await this.queue.getFailed(0, limit - 1) : [];
    return failed.flatMap((kept) => {
      const job = askedFor(kept);
      return job ? [{ ...job, id: kept.id!, code: inLetters(kept.failedReason), attempts: kept.attemptsMade, diedAt: kept.finishedOn ?? 0 }] : [];
    });
  }

  async runAgain(id: string): Promise<boolean> {
    const job = await this.queue.getJob(id);
    if (!job || !(await job.isFailed())) return false;
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  }

  async forgetDead(isDue: (id: string) => boolean): Promise<void> {
    const dead = await this.options.connections.asking.zrange(this.queue.toKey('failed'), '0', '-1');
    for (const id of dead) if (!isDue(id)) await this.queue.remove(id);
  }

  /** Everything that is kept under the names of this reaction. What is due is found again. */
  async clear(): Promise<void> {
    const { asking } = this.options.connections;
    for await (const keys of asking.scanStream({ match: `${this.queue.toKey('')}*`, count: 500 })) if ((keys as string[]).length > 0) await asking.unlink(keys as string[]);
    this.firstAsked.clear();
  }

  /** Takes no more; settles when what runs has ended and is no longer kept. */
  async drained(): Promise<void> {
    await this.worker?.close();
  }

  /** Gives back what still runs, so that others need not wait until this program is given up for lost. */
  async giveBack(): Promise<void> {
    const left = [...this.underWay];
    for (const [job] of left) this.givenBack.add(job);
    this.stop.abort();
    await Promise.all(left.map(([job, token]) => job.moveToWait(token).catch(() => undefined))); // else its lock runs out
  }

  private async perform(kept: Kept, token: string): Promise<void> {
    const job = askedFor(kept);
    if (!job) return this.options.onError(new SyntaxError('a job that nobody asked for'), this);
    if (this.stop.signal.aborted) await this.handBack(kept, token);
    this.underWay.set(kept, token);
    try {
      const { signal } = this.stop;
      const done = this.options.reaction.perform({ ...job, attempt: kept.attemptsMade + 1, signal, report: (progress) => this.report(kept, progress) });
      await Promise.race([done, this.over]);
    } catch (error) {
      if (!this.givenBack.has(kept)) await this.failed(kept, token, job, error);
    } finally {
      this.underWay.delete(kept);
    }
    if (this.givenBack.has(kept)) throw new WaitingError();
  }

  /** The queue hands out what was on its way when the worker was told to stop. */
  private async handBack(kept: Kept, token: string): Promise<never> {
    await kept.moveToWait(token);
    throw new WaitingError();
  }

  private async failed(kept: Kept, token: string, job: Job, error: unknown): Promise<never> {
    const { onFailed, attempts } = this.options;
    onFailed?.(job, error);
    const code = codeOf(error);
    if (!isPassing(code)) throw new Failed(code);
    await kept.moveToDelayed(Date.now() + attempts.wait(Math.max(1, kept.attemptsStarted - kept.attemptsMade)), token);
    throw new DelayedError();
  }

  private report(kept: Kept, { stage, done, total }: Progress): void {
    kept.updateProgress(total === undefined ? { stage, done } : { stage, done, total }).catch(() => undefined); // the next report comes
  }

  /** Of these, which are known and in no list. One that was finished while it was looked for is not known any more. */
  private async lost(known: readonly string[]): Promise<ReadonlySet<string>> {
    const now = this.options.now();
    const suspects = known.filter((id) => now - (this.firstAsked.get(id) ?? now) >= this.options.times.suspect);
    for (const id of known) if (!this.firstAsked.has(id)) this.firstAsked.set(id, now);
    for (const id of suspects) this.firstAsked.set(id, now);
    const states = await Promise.all(suspects.map((id) => this.queue.getJobState(id)));
    const astray = suspects.filter((_, i) => states[i] === 'unknown');
    const still = await this.exist(astray);
    const lost = new Set(astray.filter((_, i) => still[i]));
    if (lost.size > 0) this.options.onError(new SyntaxError('jobs in no list'), this);
    return lost;
  }

  private async exist(ids: readonly string[]): Promise<readonly boolean[]> {
    const found = await this.options.connections.asking.pipeline(ids.map((id) => ['exists', this.queue.toKey(id)])).exec();
    return ids.map((_, i) => found?.[i]?.[1] === 1);
  }
}
