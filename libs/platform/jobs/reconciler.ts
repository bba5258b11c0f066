import type { Clock } from '#kernel';
import { codeOf } from './attempts';
import { jobId } from './job';
import type { Due } from './job';
import type { Jobs } from './jobs';
import type { Reaction } from './reaction';
import { byTimer } from './timers';
import type { Later } from './timers';

/** How far a reaction's due work is from being asked for. */
export interface ReconcilerLag {
  readonly reaction: string;
  /** Since its due work was last asked for to the end, seconds; since the start where it never was. */
  readonly lagSeconds: number;
  /** Why the last time failed: a code. */
  readonly failing?: string;
}

export interface ReconcilerOptions {
  readonly jobs: Pick<Jobs, 'ensure' | 'forgetDead' | 'waiting'>;
  readonly reactions: readonly Reaction[];
  /** What the reactions take for now. */
  readonly clock: Clock;
  readonly onFailed?: (reaction: string, error: unknown) => void;
  /** Due subjects of one question. */
  readonly page?: number;
  /** So many jobs of a reaction may wait; what else is due is asked for once they are fewer. */
  readonly mostWaiting?: number;
  /** Milliseconds from one round to the next when nothing was recorded, and at the least. */
  readonly every?: number;
  readonly gap?: number;
  /** Milliseconds from any moment on, never back: for lags. */
  readonly elapsed?: () => number;
  /** How it waits for its next round; absent: by timers of the process. */
  readonly later?: Later;
}

interface Asked {
  at: number;
  failing?: string;
}

/**
 * Makes sure that a job exists for all work that is due: asks every reaction after what was recorded, and every minute. Several processes may do so;
 * what they ask for twice exists once. If it dies at any place, the next round asks again from the beginning.
 */
export class Reconciler {
  private readonly asked: ReadonlyMap<string, Asked>;
  private readonly elapsed: () => number;
  private current: Promise<void> | undefined;
  private loop: Promise<void> | undefined;
  private stopped = false;
  private wanted = false;
  private wake: (() => void) | undefined;

  constructor(private readonly options: ReconcilerOptions) {
    this.elapsed = options.elapsed ?? (() => performance.now());
    this.asked = new Map(options.reactions.map(({ name }) => [name, { at: this.elapsed() }]));
  }

  /** Begins with a round at once. */
  start(): void {
    this.loop ??= this.run();
  }

  /** Something was recorded: a round follows soon. May be called often. */
  request(): void {
    this.wanted = true;
    this.wake?.();
  }

  /** Asks every reaction once; never twice at the same time: who comes meanwhile waits for the same round. Never fails. */
  round(): Promise<void> {
    return (this.current ??= this.askAll().finally(() => { this.current = undefined; }));
  }

  lags(): readonly ReconcilerLag[] {
    const now = this.elapsed();
    return [...this.asked].map(([reaction, { at, failing }]) => ({ reaction, lagSeconds: (now - at) / 1000, ...(failing === undefined ? {} : { failing }) }));
  }

  /** Settles when nothing is asked any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.loop;
    await this.current;
  }

  private async run(): Promise<void> {
    const { every = 60_000, gap = 1_000 } = this.options;
    while (!this.stopped) {
      this.wanted = false;
      await this.round();
      await this.pause(gap, () => this.stopped);
      await this.pause(every - gap, () => this.stopped || this.wanted);
    }
  }

  private async pause(ms: number, isOver: () => boolean): Promise<void> {
    const until = this.elapsed() + ms;
    for (let left = ms; left > 0 && !isOver(); left = until - this.elapsed()) {
      await new Promise<void>((resolve) => {
        const forgo = (this.options.later ?? byTimer)(left, resolve);
        this.wake = () => {
          forgo();
          resolve();
        };
      });
    }
  }

  private async askAll(): Promise<void> {
    for (const reaction of this.options.reactions) if (!this.stopped) await this.ask(reaction);
  }

  private async ask(reaction: Reaction): Promise<void> {
    const asked = this.asked.get(reaction.name)!;
    const began = this.elapsed();
    try {
      const isWhole = await this.ensureAll(reaction);
      if (isWhole) asked.at = began;
      delete asked.failing;
    } catch (error) {
      asked.failing = codeOf(error);
      this.options.onFailed?.(reaction.name, error);
    }
  }

  /** False when not everything could be asked for, because too much waits. */
  private async ensureAll(reaction: Reaction): Promise<boolean> {
    const { jobs, clock, page: limit = 500 } = this.options;
    const seen = new Set<string>();
    const now = clock();
    for (let after: Due | undefined; !this.stopped;) {
      if (await this.isFull(reaction.name)) return false;
      const due = await reaction.due({ now, limit, ...(after ? { after } : {}) });
      const fresh = due.map((found) => ({ reaction: reaction.name, ...found })).filter((job) => !seen.has(jobId(job)));
      await jobs.ensure(fresh);
      for (const job of fresh) seen.add(jobId(job));
      // A page without anything new would be followed by the same for ever.
      if (due.length < limit || fresh.length === 0) {
        await jobs.forgetDead(reaction.name, (id) => seen.has(id));
        return true;
      }
      after = due.at(-1);
    }
    return false;
  }

  private async isFull(name: string): Promise<boolean> {
    return (await this.options.jobs.waiting(name)) >= (this.options.mostWaiting ?? 5_000);
  }
}
