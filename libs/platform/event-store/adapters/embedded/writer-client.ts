import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import { compiled } from '#platform/settings';
import type { Appended } from '../../event-store';
import { encodeAppends, wireSize } from './append-wire';
import type { AppendRequest } from './append-wire';
import { CONFLICT, RESENT, RESULT_WIDTH } from './log-writer';
import type { FromWriter, HeadNumbers, ToWriter } from './writer-protocol';

interface Waiting {
  readonly request: AppendRequest;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** A message to the writer, which is answered as a whole. */
interface Sent {
  settle(results: Float64Array): void;
  refuse(error: StoreUnavailableError): void;
}

/** Makes the thread collect its garbage early; what it keeps is bounded far below. */
const HEAP = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };
const MESSAGE_BYTES = 2 * 1024 * 1024;
/** Fewer than this many waiting are never parted. */
const WORTH_PARTING = 16;

/** The caller's side of the writer's thread: keeps the order of appends, sends them in buffers, settles their promises. */
export class WriterClient {
  private readonly waiting: Waiting[] = [];
  private readonly sent: Sent[] = [];
  private readonly copies = { underWay: 0, end: 0 };
  private messagesInFlight = 0;
  private isFlushDue = false;
  private lastGroup = 0;
  private syncMs = 1;
  private unusable: string | undefined;
  private isClosing = false;
  private readonly drainers: (() => void)[] = [];
  /** Why the last transaction was not made; undefined when it was. */
  trouble: string | undefined;
  /** Transactions made so far. */
  commits = 0;

  private constructor(private readonly worker: Worker, public head: HeadNumbers, private readonly onHead: () => void) {
    worker.on('message', (message: FromWriter) => this.receive(message));
    worker.on('error', (error) => this.stopUsing(`the writer's thread failed: ${error.message}`));
    worker.on('exit', () => this.stopUsing("the writer's thread has ended"));
  }

  /** @throws StoreUnavailableError when the file cannot be opened, or not durably */
  static open(file: string, onHead: () => void): Promise<WriterClient> {
    const worker = new Worker(compiled(require.resolve('./writer.thread')), { workerData: { file }, resourceLimits: HEAP });
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => void worker.terminate().then(() => reject(new StoreUnavailableError(reason, 'no')));
      worker.once('error', (error) => fail(error.message));
      worker.once('message', (message: FromWriter) => {
        if (message.kind === 'open') resolve(new WriterClient(worker, message.head, onHead));
        else fail(message.kind === 'unopened' ? message.message : 'the writer answered out of turn');
      });
    });
  }

  append(request: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const reason = this.isClosing ? 'the store is closed' : this.unusable;
      if (reason !== undefined) return reject(new StoreUnavailableError(reason, 'no'));
      this.waiting.push({ request, resolve, reject });
      this.flushSoon();
    });
  }

  /**
   * Writes the next events of another log: in their order, all of them or none, and only after all that was copied before. What stands there
   * already is left as it is. Calls may follow each other without waiting; after one that fails, those that were made meanwhile fail too.
   * @throws WrongExpectedVersionError when the events do not continue their streams
   * @throws StoreUnavailableError
   */
  copy(requests: readonly AppendRequest[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const reason = this.isClosing ? 'the store is closed' : this.unusable;
      if (reason !== undefined) return reject(new StoreUnavailableError(reason, 'no'));
      const after = this.copies.underWay === 0 ? this.head.position : this.copies.end;
      this.copies.end = after + requests.length;
      this.copies.underWay++;
      this.post({ kind: 'copy', after, bytes: encodeAppends(requests, sizeOf(requests)) }, {
        settle: (results) => {
          this.copies.underWay--;
          const [request, actual] = conflictIn(requests, results) ?? [];
          if (request) reject(new WrongExpectedVersionError(request.stream, request.expected, actual!));
          else resolve();
        },
        refuse: (error) => { this.copies.underWay--; reject(error); },
      });
    });
  }

  /** A port that is told the head (`HeadNumbers`) at once and after each commit; give it to another thread. */
  headPort(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.send({ kind: 'tell', port: port1 }, [port1]);
    return port2;
  }

  /** From now on appends are refused; settles when those under way have been answered. */
  drain(): Promise<void> {
    this.isClosing = true;
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.drainers.push(resolve));
  }

  /** Ends the writer's thread; call it after `drain`. */
  async close(): Promise<void> {
    if (this.unusable !== undefined) {
      await this.worker.terminate();
      return;
    }
    const exit = new Promise((resolve) => this.worker.once('exit', resolve));
    this.send({ kind: 'close' });
    await exit;
  }

  private flushSoon(): void {
    if (this.isFlushDue || this.messagesInFlight >= this.window()) return;
    this.isFlushDue = true;
    // Everything that asks within this turn of the loop goes together.
    setImmediate(() => {
      this.isFlushDue = false;
      this.flush();
    });
  }

  private flush(): void {
    let taken = 0;
    while (this.messagesInFlight < this.window() && taken < this.waiting.length) taken = this.sendFrom(taken);
    this.waiting.splice(0, taken);
  }

  private sendFrom(start: number): number {
    let [end, size] = [start, 0];
    const stop = Math.min(start + this.groupSize(), this.waiting.length);
    while (end < stop && (end === start || size < MESSAGE_BYTES)) size += wireSize(this.waiting[end++]!.request);
    const group = this.waiting.slice(start, end);
    this.post({ kind: 'append', bytes: encodeAppends(group.map(({ request }) => request), size) }, {
      settle: (results) => settleGroup(group, results),
      refuse: (error) => { for (const { reject } of group) reject(error); },
    });
    return end;
  }

  private post(message: ToWriter & { readonly bytes: Uint8Array<ArrayBuffer> }, sent: Sent): void {
    this.messagesInFlight++;
    this.sent.push(sent);
    this.send(message, [message.bytes.buffer]);
  }

  // Where the disk is quick, handing over to the other thread costs as much as the disk: then two groups take turns, one under way while the
  // other is committed. Where it is slow, everything that waits shares one fsync.
  private window(): number {
    return this.syncMs < 0.25 + 0.005 * this.lastGroup ? 2 : 1;
  }

  private groupSize(): number {
    const isParted = this.messagesInFlight === 0 && this.waiting.length >= WORTH_PARTING && this.window() === 2;
    return isParted ? Math.ceil(this.waiting.length / 2) : Infinity;
  }

  private receive(message: FromWriter): void {
    switch (message.kind) {
      case 'committed': return this.settle(message);
      case 'refused': return this.refuse(message);
      case 'failed': return this.stopUsing(message.message);
      case 'open': case 'unopened': return undefined;
    }
  }

  private settle({ results, head, syncMs }: FromWriter & { kind: 'committed' }): void {
    this.commits++;
    this.trouble = undefined;
    this.lastGroup = results.length / RESULT_WIDTH;
    this.syncMs = 0.9 * this.syncMs + 0.1 * syncMs;
    const hasGrown = head.position !== this.head.position;
    this.head = head;
    this.sent.shift()?.settle(results);
    this.proceed();
    if (hasGrown) this.onHead();
  }

  private refuse({ message, written, fatal }: FromWriter & { kind: 'refused' }): void {
    this.sent.shift()?.refuse(new StoreUnavailableError(message, written));
    this.trouble = message;
    if (fatal) this.unusable ??= message;
    this.proceed();
  }

  private proceed(): void {
    this.messagesInFlight--;
    if (this.unusable !== undefined) this.refuseWaiting(this.unusable);
    if (this.waiting.length > 0) this.flushSoon();
    this.noteIdle();
  }

  private stopUsing(reason: string): void {
    this.unusable ??= reason;
    this.trouble = this.unusable;
    for (const one of this.sent.splice(0)) one.refuse(new StoreUnavailableError(reason, 'unknown'));
    this.refuseWaiting(this.unusable);
    this.messagesInFlight = 0;
    this.noteIdle();
  }

  private refuseWaiting(reason: string): void {
    for (const { reject } of this.waiting.splice(0)) reject(new StoreUnavailableError(reason, 'no'));
  }

  private isIdle(): boolean {
    return this.waiting.length === 0 && this.sent.length === 0;
  }

  private noteIdle(): void {
    if (this.isIdle()) for (const resolve of this.drainers.splice(0)) resolve();
  }

  private send(message: ToWriter, transfer: (ArrayBuffer | MessagePort)[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

const sizeOf = (requests: readonly AppendRequest[]): number => requests.reduce((sum, request) => sum + wireSize(request), 0);

const settleGroup = (group: readonly Waiting[], results: Float64Array): void =>
  group.forEach(({ request, resolve, reject }, i) => {
    const [outcome, revision, position] = results.subarray(i * RESULT_WIDTH, (i + 1) * RESULT_WIDTH) as unknown as [number, number, number];
    if (outcome === CONFLICT) reject(new WrongExpectedVersionError(request.stream, request.expected, revision));
    else resolve({ revision, position: position === 0 ? '' : String(position), ...(outcome === RESENT ? { resent: true } : {}) });
  });

const conflictIn = (requests: readonly AppendRequest[], results: Float64Array): readonly [AppendRequest, actual: number] | undefined => {
  const at = requests.findIndex((_, i) => results[i * RESULT_WIDTH] === CONFLICT);
  return at < 0 ? undefined : [requests[at]!, results[at * RESULT_WIDTH + 1]!];
};
