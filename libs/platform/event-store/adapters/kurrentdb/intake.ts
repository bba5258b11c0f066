import type { ServedEvent } from './wire';

/** A group goes to the copy as soon as it has so many events or bytes. */
const GROUP = { events: 1_000, bytes: 1024 * 1024 };
/** One is written while the next is handed over. */
const GROUPS_UNDER_WAY = 2;
/** Bytes that are held in all before the server is told to wait; one event may go beyond. */
const HELD_BYTES = 8 * 1024 * 1024;
/** So long a smaller group waits for more while the copy catches up: each group costs a transaction and an fsync. */
const LINGER_MS = 10;
/** What an event takes beside its data. */
const EVENT_BYTES = 256;

const sizeOf = ({ data, metadata }: ServedEvent): number => data.length + metadata.length + EVENT_BYTES;
const bytesOf = (events: readonly ServedEvent[]): number => events.reduce((sum, event) => sum + sizeOf(event), 0);

/**
 * Events on their way from the server into the copy: written in groups and in their order, while the next ones are read. After a group that could
 * not be written none is sent any more.
 */
export class Intake {
  private waiting: ServedEvent[] = [];
  private waitingBytes = 0;
  private heldBytes = 0;
  private underWay = 0;
  private failure: unknown;
  private timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  private isLive = false;
  private readonly wakers: (() => void)[] = [];

  /**
   * @param write settles when a group is durable; called again before that
   * @param onFailure called once; what is under way then is still waited for by `settled`
   */
  constructor(private readonly write: (events: readonly ServedEvent[]) => Promise<void>, private readonly onFailure: () => void) {}

  /** There is as much in memory as may be: `room` tells when there is less. */
  get isFull(): boolean {
    return this.heldBytes >= HELD_BYTES;
  }

  add(event: ServedEvent): void {
    this.waiting.push(event);
    this.waitingBytes += sizeOf(event);
    this.heldBytes += sizeOf(event);
    if (this.isGroup()) this.send();
    else this.timer ??= this.isLive ? setImmediate(() => this.sendRest()) : setTimeout(() => this.sendRest(), LINGER_MS);
  }

  /** From now on an event is written as soon as nothing else comes with it. */
  live(): void {
    this.isLive = true;
  }

  /** @throws what a group failed with */
  async room(): Promise<void> {
    while (this.isFull && this.failure === undefined) await this.change();
    this.throwFailure();
  }

  /** Settles when all that was added is written. @throws what a group failed with */
  async settled(): Promise<void> {
    this.sendRest();
    while (this.underWay > 0 || (this.waiting.length > 0 && this.failure === undefined)) {
      await this.change();
      this.sendRest();
    }
    this.throwFailure();
  }

  private isGroup(): boolean {
    return this.waiting.length >= GROUP.events || this.waitingBytes >= GROUP.bytes;
  }

  private sendRest(): void {
    this.forgetTimer();
    if (this.waiting.length > 0) this.send();
  }

  private send(): void {
    if (this.underWay >= GROUPS_UNDER_WAY || this.failure !== undefined) return;
    this.forgetTimer();
    const group = this.waiting;
    [this.waiting, this.waitingBytes] = [[], 0];
    this.underWay++;
    this.write(group).then(() => this.written(group), (error: unknown) => this.failed(error));
  }

  private written(group: readonly ServedEvent[]): void {
    this.underWay--;
    this.heldBytes -= bytesOf(group);
    if (this.isGroup() || (this.underWay === 0 && this.isLive)) this.sendRest();
    else if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.sendRest(), LINGER_MS);
    this.wake();
  }

  private failed(error: unknown): void {
    this.underWay--;
    if (this.failure === undefined) {
      this.failure = error;
      this.onFailure();
    }
    this.wake();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.wakers.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.wakers.splice(0)) resolve();
  }

  private forgetTimer(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer as NodeJS.Timeout);
    clearImmediate(this.timer as NodeJS.Immediate);
    this.timer = undefined;
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
