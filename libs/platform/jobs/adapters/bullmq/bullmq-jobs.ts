import { attempts as usual } from '../../attempts';
import { jobId } from '../../job';
import type { Job } from '../../job';
import { JobsUnavailableError } from '../../jobs';
import type { DeadLetter, JobCounts, Jobs, JobsHealth, JobsTrouble, RunningJob } from '../../jobs';
import { WORKERS } from '../in-process';
import type { JobsOptions } from '../in-process';
import { BullLane } from './bull-lane';
import type { Times } from './bull-lane';
import { Connections } from './connections';
import { inTime, troubleOf } from './troubles';

export interface BullmqOptions extends JobsOptions {
  /** `redis://` or `rediss://`, with user, password and database where there are. */
  readonly url: string;
  /** Of all keys; the id of the ledger, so that two may share a server and neither does the other's work. */
  readonly prefix: string;
  readonly times?: Partial<Times>;
  /** Is told when something is wrong with the place, each time that it is noticed. */
  readonly onTrouble?: (trouble: JobsTrouble) => void;
}

const TIMES: Times = { lock: 30_000, lookForLost: 30_000, look: 5_000, rest: 1_000, suspect: 60_000 };
/** Milliseconds for a question, for its parts together, and for health, which is asked by those who do not wait. */
const ANSWER = 10_000;
const HEALTH = 1_500;
/** What still is under way at a stop has so long to be given back. */
const GIVE_BACK = 1_000;

interface Open {
  readonly connections: Connections;
  readonly lanes: ReadonlyMap<string, BullLane>;
}

/**
 * Jobs in Redis, done by any number of processes. What is kept there is ids alone, and whoever empties it delays work by a minute. Nothing is
 * connected before something is asked.
 */
class BullmqJobs implements Jobs {
  private opened: Open | undefined;
  private readonly wrong = new Set<string>();
  private closing: Promise<void> | undefined;

  constructor(private readonly options: BullmqOptions) {}

  async ensure(jobs: readonly Job[]): Promise<void> {
    const named = jobs.map((job) => [jobId(job), job] as const);
    for (const [name, lane] of this.open.lanes) {
      const own = new Map(named.filter(([, { reaction }]) => reaction === name).map(([id, { reaction, subject, due }]) => [id, { reaction, subject, due }] as const));
      if (own.size === 0) continue;
      await this.ask(lane, () => lane.ensure([...own]));
    }
  }

  async waiting(reaction: string): Promise<number> {
    const lane = this.open.lanes.get(reaction);
    if (!lane) return 0;
    const waiting = await this.ask(lane, () => lane.waiting());
    // It is asked in every round, also when nothing is due: health is well again by itself.
    this.wrong.delete(reaction);
    return waiting;
  }

  start(): void {
    if (!this.closing) for (const lane of this.open.lanes.values()) lane.start();
  }

  async deadLetters(limit: number): Promise<readonly DeadLetter[]> {
    return (await this.every((lane) => lane.deadLetters(limit))).flat().sort((a, b) => b.diedAt - a.diedAt).slice(0, limit);
  }

  async runAgain(id: string): Promise<boolean> {
    const lane = this.open.lanes.get(id.split('~', 1)[0]!);
    return lane !== undefined && /^[\w.~-]{1,300}$/.test(id) && this.ask(lane, () => lane.runAgain(id));
  }

  async forgetDead(reaction: string, isDue: (id: string) => boolean): Promise<void> {
    const lane = this.open.lanes.get(reaction);
    if (lane) await this.ask(lane, () => lane.forgetDead(isDue));
  }

  async running(): Promise<readonly RunningJob[]> {
    return (await this.every((lane) => lane.running())).flat();
  }

  async health(): Promise<JobsHealth> {
    const wrong: readonly JobsTrouble[] = this.wrong.size > 0 ? ['WRONG_DATA'] : [];
    try {
      await this.open.connections.ready();
      const [info, ...reactions] = await inTime(Promise.all([this.open.connections.asking.info(), ...this.counts()]), HEALTH);
      return { reactions, troubles: [...new Set([...wrong, ...troublesIn(info)])] };
    } catch (error) {
      return { reactions: [], troubles: [...new Set([...wrong, troubleOf(error) ?? 'REFUSED'])] };
    }
  }

  close(graceMs: number): Promise<void> {
    return (this.closing ??= this.stop(graceMs));
  }

  private async stop(graceMs: number): Promise<void> {
    if (!this.opened) return;
    const lanes = [...this.opened.lanes.values()];
    const drained = Promise.all(lanes.map((lane) => lane.drained())).catch(() => undefined);
    await inTime(drained, graceMs).catch(async () => {
      await inTime(Promise.all(lanes.map((lane) => lane.giveBack())), GIVE_BACK).catch(() => undefined);
      await inTime(drained, GIVE_BACK).catch(() => undefined);
    });
    this.opened.connections.end();
  }

  private get open(): Open {
    if (this.closing && !this.opened) throw new JobsUnavailableError('UNREACHABLE');
    return (this.opened ??= this.connect());
  }

  private connect(): Open {
    const { url, reactions, prefix, attempts = usual, workers = WORKERS, now = Date.now, onFailed } = this.options;
    const connections = new Connections(url, (error) => this.tell(error));
    const onError = (error: unknown, lane: BullLane): void => this.erred(error, lane);
    const shared = { connections, prefix: `daybook-${prefix}`, attempts, workers, now, times: { ...TIMES, ...this.options.times }, onFailed, onError };
    return { connections, lanes: new Map(reactions.map((reaction) => [reaction.name, new BullLane({ reaction, ...shared })])) };
  }

  private counts(): Promise<JobCounts>[] {
    return [...this.open.lanes.values()].map((lane) => lane.counts());
  }

  private every<T>(of: (lane: BullLane) => Promise<T>): Promise<T[]> {
    return Promise.all([...this.open.lanes.values()].map((lane) => this.ask(lane, () => of(lane))));
  }

  private async ask<T>(lane: BullLane, question: () => Promise<T>): Promise<T> {
    try {
      await this.open.connections.ready();
      return await inTime(question(), ANSWER);
    } catch (error) {
      this.erred(error, lane);
      throw error;
    }
  }

  private erred(error: unknown, lane: BullLane): void {
    const trouble = this.tell(error);
    if (trouble === undefined || this.closing) return;
    lane.rest();
    if (trouble !== 'WRONG_DATA') return;
    this.wrong.add(lane.name);
    // What is not ours stands where jobs should. Nothing there is true: it is emptied, and due work is found again.
    lane.clear().catch((failure: unknown) => this.tell(failure));
  }

  private tell(error: unknown): JobsTrouble | undefined {
    const trouble = troubleOf(error);
    if (trouble !== undefined && !this.closing) this.options.onTrouble?.(trouble);
    return trouble;
  }
}

const troublesIn = (info: string): readonly JobsTrouble[] => [
  ...(/^role:slave/m.test(info) && /^slave_read_only:1/m.test(info) ? ['READ_ONLY' as const] : []),
  ...(/^maxmemory_policy:(?!noeviction)/m.test(info) ? ['MAY_EVICT' as const] : []),
];

export const bullmqJobs = (options: BullmqOptions): Jobs => new BullmqJobs(options);
