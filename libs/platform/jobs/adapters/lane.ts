import { codeOf, isPassing } from '../attempts';
import type { Attempts } from '../attempts';
import type { Job } from '../job';
import type { DeadLetter, JobCounts, RunningJob } from '../jobs';
import type { Progress, Reaction } from '../reaction';
import type { Later } from '../timers';

interface Entry {
  readonly job: Job;
  readonly id: string;
  /** Milliseconds since 1970: when it was asked for, began to run, or died. */
  since: number;
  attempts: number;
  /** Failures that say nothing against the job, one after the other. */
  passing: number;
  forgo?: () => void;
  progress?: Progress;
  code?: string;
}

export interface LaneOptions {
  readonly reaction: Reaction;
  readonly attempts: Attempts;
  /** Jobs done at the same time. */
  readonly workers: number;
  readonly now: () => number;
  readonly later: Later;
  readonly onFailed?: (job: Job, error: unknown) => void;
}

/** The jobs of one reaction in the memory of this process: a slow reaction holds up no other. An entry stands in one of the maps, or is gone. */
export class Lane {
  private readonly ready = new Map<string, Entry>();
  private readonly later = new Map<string, Entry>();
  private readonly underWay = new Map<string, Entry>();
  private readonly dead = new Map<string, Entry>();
  private readonly stop = new AbortController();
  private working = false;
  private idle: (() => void) | undefined;

  constructor(private readonly options: LaneOptions) {}

  /** One that exists stays as it is. */
  ensure(id: string, job: Job): void {
    if ([this.ready, this.later, this.underWay, this.dead].some((place) => place.has(id))) return;
    this.ready.set(id, { id, job, since: this.options.now(), attempts: 0, passing: 0 });
    this.fill();
  }

  start(): void {
    this.working = true;
    this.fill();
  }

  get waiting(): number {
    return this.ready.size + this.later.size;
  }

  counts(): JobCounts {
    const waiting = [...this.ready.values(), ...this.later.values()];
    const oldest = waiting.reduce((least, { since }) => Math.min(least, since), Infinity);
    return {
      reaction: this.options.reaction.name, waiting: this.waiting, running: this.underWay.size, dead: this.dead.size,
      oldestWaitSeconds: this.waiting === 0 ? null : Math.max(0, (this.options.now() - oldest) / 1000),
    };
  }

  running(): readonly RunningJob[] {
    return [...this.underWay.values()].map(({ job, id, attempts, since, progress }) => ({ ...job, id, attempt: attempts + 1, startedAt: since, ...(progress ? { progress } : {}) }));
  }

  deadLetters(): readonly DeadLetter[] {
    return [...this.dead.values()].map(({ job, id, attempts, since, code }) => ({ ...job, id, code: code ?? 'FAULT', attempts, diedAt: since }));
  }

  /** False when it is not dead. */
  runAgain(id: string): boolean {
    const entry = this.dead.get(id);
    if (!entry) return false;
    this.dead.delete(id);
    this.ensure(id, entry.job);
    return true;
  }

  forgetDead(isDue: (id: string) => boolean): void {
    for (const id of this.dead.keys()) if (!isDue(id)) this.dead.delete(id);
  }

  /** Takes no more; settles when what runs has ended. */
  drained(): Promise<void> {
    this.working = false;
    for (const { forgo } of this.later.values()) forgo?.();
    return this.underWay.size === 0 ? Promise.resolve() : new Promise((resolve) => { this.idle = resolve; });
  }

  /** Whatever still runs is told that its time is over; nobody waits for it. */
  giveBack(): void {
    this.stop.abort();
  }

  private fill(): void {
    for (const entry of this.ready.values()) {
      if (!this.working || this.underWay.size >= this.options.workers) return;
      this.ready.delete(entry.id);
      void this.run(entry);
    }
  }

  private async run(entry: Entry): Promise<void> {
    const asked = entry.since;
    this.underWay.set(entry.id, entry);
    entry.since = this.options.now();
    try {
      await this.options.reaction.perform({
        ...entry.job, attempt: entry.attempts + 1, signal: this.stop.signal, report: (progress) => { entry.progress = progress; },
      });
      this.underWay.delete(entry.id);
    } catch (error) {
      this.failed(entry, asked, error);
    }
    if (this.underWay.size === 0) this.idle?.();
    this.fill();
  }

  private failed(entry: Entry, asked: number, error: unknown): void {
    this.underWay.delete(entry.id);
    this.options.onFailed?.(entry.job, error);
    entry.code = codeOf(error);
    delete entry.progress;
    if (isPassing(entry.code)) entry.passing++;
    else [entry.attempts, entry.passing] = [entry.attempts + 1, 0];
    if (entry.attempts >= this.options.attempts.most) {
      entry.since = this.options.now();
      this.dead.set(entry.id, entry);
    } else {
      entry.since = asked;
      this.wait(entry);
    }
  }

  private wait(entry: Entry): void {
    if (!this.working) return; // it is found again by query
    this.later.set(entry.id, entry);
    entry.forgo = this.options.later(this.options.attempts.wait(entry.passing || entry.attempts), () => {
      this.later.delete(entry.id);
      this.ready.set(entry.id, entry);
      this.fill();
    });
  }
}
