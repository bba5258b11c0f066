import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Fault } from './faults';
import { toServiceError } from './refusals';
import { befall } from './room';
import type { Room } from './room';

/** Thrown when a fault leaves a call open and silent. */
export const SILENCE = Symbol('silence');

/** What goes out to one reader: as fast as it takes it, and no longer than it listens. */
export class Outgoing {
  private sent = 0;
  private readonly wakers = new Set<() => void>();
  isOver = false;

  constructor(private readonly room: Room, private readonly call: ServerWritableStream<unknown, Buffer>, private readonly fault: Fault | undefined) {
    const over = () => {
      this.isOver = true;
      this.wake();
    };
    call.on('drain', () => this.wake());
    call.on('cancelled', over);
    call.on('close', over);
    call.on('error', over);
  }

  /** Settles when more may be sent. @throws Refusal or SILENCE when a fault is due */
  async send(message: Buffer): Promise<void> {
    if (this.fault && this.sent === (this.fault.messages ?? 0)) await this.befall(this.fault);
    this.sent++;
    if (this.isOver || this.call.write(message)) return;
    await this.sleep();
  }

  /** Settles when somebody calls `wake`, or nobody listens any more. */
  sleep(): Promise<void> {
    if (this.isOver) return Promise.resolve();
    return new Promise((resolve) => this.wakers.add(resolve));
  }

  wake(): void {
    for (const waker of this.wakers) waker();
    this.wakers.clear();
  }

  async end(): Promise<void> {
    if (this.fault && this.sent <= (this.fault.messages ?? 0)) await this.befall(this.fault);
    if (!this.isOver) this.call.end();
  }

  fail(error: unknown): void {
    if (!this.isOver && error !== SILENCE) this.call.emit('error', toServiceError(error));
  }

  private async befall(fault: Fault): Promise<void> {
    if (fault.at === 'reply' && (await befall(this.room, fault))) throw SILENCE;
  }
}
