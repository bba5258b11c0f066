import { StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import type { Connection, ReadCall } from './connection';
import { Intake } from './intake';
import type { ServedReads } from './served-reads';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { eventIn, everythingAfter } from './wire';
import type { ServedEvent } from './wire';
import { whyAway } from './why-away';

/** LIVE: the copy has all that the server has sent. AWAY: the server cannot be heard; it is tried again. DIVERGED: the copy is of another log, and nothing is copied. */
export type FollowState = 'CATCHING_UP' | 'LIVE' | 'AWAY' | 'DIVERGED';

/** The copy of the server's log on this host, as far as the follower needs it. */
export interface Copy {
  /** The last event of the copy. */
  newest(): { readonly id: string; readonly stream: string; readonly revision: number } | undefined;
  /** Last revision of a stream; -1 for none. */
  revisionOf(stream: string): number;
  /** Writes the next events, all or none; what stands there is left as it is. May be called again before it settles. */
  write(events: readonly ServedEvent[]): Promise<void>;
}

interface Waiter {
  readonly revision: number;
  readonly resolve: (arrived: boolean) => void;
}

const PAUSE_MS = { first: 50, longest: 2_000 };

/**
 * Copies the server's log, event by event in its order, and goes on by itself after whatever breaks: it resumes after the last event of the copy.
 * Positions and numbers are counted in the copy, so that every process that follows the same log has the same ones.
 */
export class Follower {
  private readonly waiters = new Map<string, Waiter[]>();
  private after: bigint | undefined;
  private call: ReadCall | undefined;
  private isStopped = false;
  private isHeard = false;
  private wake = (): void => undefined;
  private running: Promise<void> = Promise.resolve();
  /** Events copied by this process. */
  copied = 0;
  state: FollowState = 'CATCHING_UP';
  /** Why it does not follow just now. */
  trouble: string | undefined;

  /** @param since what lies at or before this position of the server is left out of an empty copy */
  constructor(private readonly connection: Connection, private readonly reads: ServedReads, private readonly copy: Copy, private readonly since?: bigint) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.call?.cancel();
    this.wake();
    await this.running;
    for (const waiters of this.waiters.values()) for (const { resolve } of waiters) resolve(false);
    this.waiters.clear();
  }

  /** Whether the copy holds a revision of a stream, waiting for it for so long, ms. */
  async has(stream: string, revision: number, withinMs: number): Promise<boolean> {
    if (this.copy.revisionOf(stream) >= revision) return true;
    if (this.isStopped || withinMs <= 0) return false;
    this.wake(); // somebody has heard of it from the server, which is there again then
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(stream, waiter, false), withinMs);
      const waiter: Waiter = { revision, resolve: (arrived) => { clearTimeout(timer); resolve(arrived); } };
      this.waiters.set(stream, [...(this.waiters.get(stream) ?? []), waiter]);
    });
  }

  private settle(stream: string, waiter: Waiter, arrived: boolean): void {
    const left = (this.waiters.get(stream) ?? []).filter((one) => one !== waiter);
    if (left.length > 0) this.waiters.set(stream, left);
    else this.waiters.delete(stream);
    waiter.resolve(arrived);
  }

  private async run(): Promise<void> {
    let pause = PAUSE_MS.first;
    while (!this.isOver()) {
      this.isHeard = false;
      try {
        await this.follow();
        this.trouble = 'the event store has ended the subscription';
      } catch (error) {
        this.notice(error);
      }
      pause = this.isHeard ? PAUSE_MS.first : Math.min(pause * 2, PAUSE_MS.longest);
      if (!this.isOver()) await this.rest(pause);
    }
  }

  private isOver(): boolean {
    return this.isStopped || this.state === 'DIVERGED';
  }

  private notice(error: unknown): void {
    const diverged = error instanceof DivergedError || error instanceof WrongExpectedVersionError;
    this.state = diverged ? 'DIVERGED' : 'AWAY';
    this.trouble = diverged ? DIVERGED : error instanceof StoreUnavailableError ? error.message : whyAway(error, 'the event store cannot be heard');
  }

  private rest(ms: number): Promise<void> {
    this.state = 'AWAY';
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  private async follow(): Promise<void> {
    this.after ??= await this.resumeAfter();
    const call = await this.connection.read(everythingAfter(this.after));
    this.call = call;
    if (this.isStopped) call.cancel();
    const intake = new Intake((events) => this.take(events), () => call.cancel());
    try {
      for await (const message of call) await this.receive(message, intake);
    } finally {
      await intake.settled(); // what could not be written says more than that the call was given up for it
    }
  }

  private async receive(message: ReadResp, intake: Intake): Promise<void> {
    const event = eventIn(message);
    if (event) {
      intake.add(event);
      if (intake.isFull) await intake.room();
    } else if (message.hasConfirmation()) this.hears('CATCHING_UP');
    else if (message.hasCaughtUp()) {
      await intake.settled();
      intake.live();
      this.hears('LIVE');
    }
  }

  private hears(state: FollowState): void {
    this.isHeard = true;
    this.state = state;
    this.trouble = undefined;
  }

  private async take(group: readonly ServedEvent[]): Promise<void> {
    await this.copy.write(group);
    this.after = group.at(-1)!.commit;
    this.copied += group.length;
    if (this.waiters.size === 0) return;
    for (const { stream, revision } of group)
      for (const waiter of this.waiters.get(stream) ?? []) if (waiter.revision <= revision) this.settle(stream, waiter, true);
  }

  /** The server's position of the last event in the copy. @throws DivergedError when the server does not have that event */
  private async resumeAfter(): Promise<bigint | undefined> {
    const newest = this.copy.newest();
    if (!newest) return this.since;
    const served = await this.reads.at(newest.stream, newest.revision);
    if (served?.id !== newest.id || served.revision !== newest.revision) throw new DivergedError();
    return served.commit;
  }
}

const DIVERGED = 'the copy of the log on this host is not of the log in the event store: find out which is right before anything else; a copy is made anew when its file is taken away';

class DivergedError extends Error {}
