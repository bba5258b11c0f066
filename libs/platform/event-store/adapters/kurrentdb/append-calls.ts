import { randomUUID } from 'node:crypto';
import { AccessDeniedError, MaxAppendSizeExceededError, StreamDeletedError, WrongExpectedVersionError } from '@eventstore/db-client';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError';
import { Code } from '@eventstore/db-client/generated/code_pb';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { EventToAppend } from '../../event-store';
import type { BatchCall, Connection } from './connection';
import { appendMessages } from './wire';
import type { ExactRevision } from './wire';

/** What became of one attempt. `unknown`: it may have been written or not, and may yet be. */
export type Outcome =
  | { readonly kind: 'written'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'tooLarge'; readonly limit: number }
  | { readonly kind: 'unknown'; readonly reason: string };

const CONNECTION = 'the connection to the event store was lost';

/** One stream of appends, and what waits for an answer on it. When it ends, whatever waits has an unknown outcome. */
class AppendCall {
  private readonly waiting = new Map<string, (outcome: Outcome) => void>();
  /** ms since the process began. */
  heardAt = performance.now();
  isOver = false;

  constructor(private readonly call: BatchCall) {
    call.on('data', (answer: BatchAppendResp) => this.take(answer));
    call.on('error', () => this.end());
    call.on('end', () => this.end());
  }

  ask(stream: string, events: readonly EventToAppend[], expected: ExactRevision, withinMs: number): Promise<Outcome> {
    const id = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(id, { kind: 'unknown', reason: 'the event store did not answer in time' }), withinMs);
      this.waiting.set(id, (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      });
      for (const message of appendMessages(id, stream, events, expected, new Date(Date.now() + withinMs))) this.call.write(message);
    });
  }

  cancel(): void {
    this.call.cancel();
    this.end();
  }

  private take(answer: BatchAppendResp): void {
    this.heardAt = performance.now();
    this.settle(answer.getCorrelationId()!.getString(), outcomeOf(answer));
  }

  // Nobody waits for what comes after its time.
  private settle(id: string, outcome: Outcome): void {
    const settle = this.waiting.get(id);
    this.waiting.delete(id);
    settle?.(outcome);
  }

  private end(): void {
    this.isOver = true;
    for (const id of [...this.waiting.keys()]) this.settle(id, { kind: 'unknown', reason: CONNECTION });
  }
}

const outcomeOf = (answer: BatchAppendResp): Outcome => {
  const success = answer.getSuccess();
  if (success) return { kind: 'written', revision: Number(success.getCurrentRevision()) };
  const error = unpackToCommandError(answer.getError()!, '');
  if (error instanceof WrongExpectedVersionError) return { kind: 'conflict', actual: error.actualVersion === 'no_stream' ? -1 : Number(error.actualVersion) };
  if (error instanceof MaxAppendSizeExceededError) return { kind: 'tooLarge', limit: error.maxAppendSize };
  if (error instanceof AccessDeniedError) return { kind: 'refused', reason: 'the event store does not let this account write' };
  if (error instanceof StreamDeletedError) return { kind: 'refused', reason: 'the stream was deleted in the event store' };
  if (answer.getError()!.getCode() === Code.INVALID_ARGUMENT) return { kind: 'refused', reason: 'the event store does not take such an append' };
  return { kind: 'unknown', reason: 'the event store could not say whether it has written' };
};

/** Sends appends, each answered or of unknown outcome within its time, over a stream that is opened again when it ends. */
export class AppendCalls {
  private opening: Promise<AppendCall> | undefined;
  private isClosed = false;

  constructor(private readonly connection: Connection) {}

  async ask(stream: string, events: readonly EventToAppend[], expected: ExactRevision, withinMs: number): Promise<Outcome> {
    const began = performance.now();
    const call = await this.opened(withinMs);
    if (!call) return { kind: 'unknown', reason: CONNECTION };
    const outcome = await call.ask(stream, events, expected, Math.max(withinMs - (performance.now() - began), 1));
    // A connection that has fallen silent is not waited for again by whoever comes next.
    if (outcome.kind === 'unknown' && !call.isOver && call.heardAt < began) this.giveUp(call);
    return outcome;
  }

  close(): void {
    this.isClosed = true;
    void this.opening?.then((call) => call.cancel(), () => undefined);
  }

  private async opened(withinMs: number): Promise<AppendCall | undefined> {
    const open = this.opening?.then((call) => (call.isOver ? this.open() : call), () => this.open()) ?? this.open();
    this.opening = open;
    return withinTime(open, withinMs);
  }

  private async open(): Promise<AppendCall> {
    const call = new AppendCall(await this.connection.batchAppend());
    if (this.isClosed) call.cancel();
    return call;
  }

  private giveUp(call: AppendCall): void {
    call.cancel();
    void this.connection.renew();
  }
}

const withinTime = async <T>(promise: Promise<T>, ms: number): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([promise, new Promise<undefined>((resolve) => { timer = setTimeout(() => resolve(undefined), ms); })]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
};
