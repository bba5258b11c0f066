import type { Endpoint } from './refusals';

export type Method = 'read' | 'append' | 'batchAppend' | 'delete' | 'tombstone' | 'features' | 'gossip';

/** What goes wrong when a call comes in, or when its answer is about to go out. */
export interface Fault {
  /** Absent: any call. */
  readonly on?: Method;
  /**
   * `request`: before anything is done. `reply`: everything was done and is on disk, but the caller learns of it in this way or not at all; of a
   * read: after `messages` messages were sent.
   */
  readonly at: 'request' | 'reply';
  /**
   * `silence`: nothing is sent and the call stays open. `unavailable`, `timeout`, `not-leader`: the call ends so (a batch append's own answer
   * for `timeout`). `reset`: the connections of all clients are torn with a TCP reset. `delay`: it goes on after `delayMs`.
   */
  readonly how: 'silence' | 'unavailable' | 'timeout' | 'not-leader' | 'reset' | 'delay';
  readonly delayMs?: number;
  /** Whom `not-leader` names. */
  readonly leader?: Endpoint;
  /** How many calls it befalls, 1 if absent; 0: every one until `clear`. */
  readonly times?: number;
  /** So many calls are spared before. */
  readonly spare?: number;
  /** How many messages of a read go out before a fault at its reply. */
  readonly messages?: number;
}

export type Calls = Readonly<Record<Method, number>>;

interface Planted {
  readonly fault: Fault;
  spare: number;
  left: number;
}

const NONE: Calls = { read: 0, append: 0, batchAppend: 0, delete: 0, tombstone: 0, features: 0, gossip: 0 };

/** The faults that wait for a call, and how many calls there were. Each batch of a batch append counts as a call. */
export class Faults {
  private planted: Planted[] = [];
  private counted: Record<Method, number> = { ...NONE };
  /** Set: this server is a follower and says so to whoever writes or asks for the leader. */
  leader: Endpoint | undefined;

  plant(fault: Fault): void {
    this.planted.push({ fault, spare: fault.spare ?? 0, left: fault.times === 0 ? Infinity : (fault.times ?? 1) });
  }

  clear(): void {
    this.planted = [];
    this.leader = undefined;
  }

  get calls(): Calls {
    return { ...this.counted };
  }

  /** Counts a call and answers what befalls it. */
  take(method: Method): Fault | undefined {
    this.counted[method]++;
    const due = this.planted.filter(({ fault, left }) => left > 0 && (fault.on === undefined || fault.on === method));
    const spared = due.filter(({ spare }) => spare > 0);
    for (const one of spared) one.spare--;
    const found = due.find((one) => !spared.includes(one));
    if (found) found.left--;
    return found?.fault;
  }
}
