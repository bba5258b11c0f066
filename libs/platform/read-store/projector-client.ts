import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';
import { StoreUnavailableError } from '#kernel';
import { describeError } from './poison';
import type { FromThread, ThreadData, ThreadRequest, ToThread } from './thread-protocol';

export interface ProjectorClientOptions {
  readonly file: string;
  readonly logFile: string;
  readonly threadFile: string;
  /** A new port for each start of the thread. */
  readonly heads?: () => MessagePort;
  readonly onMessage: (message: FromThread) => void;
  /** The thread has ended by itself and will be started again. */
  readonly onStopped: (error: string) => void;
}

/** Makes the thread collect its garbage early; what it keeps is bounded far below. */
const HEAP = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 384 };
const SHORTEST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
/** A thread that builds in bulk does not hear that it should close. Ending it there is harmless. */
const CLOSE_MS = 5000;

interface Waiting {
  resolve(answer: number): void;
  reject(error: Error): void;
}

/** Keeps a projector thread running: one that ends by itself is started again, later each time until it has moved on. */
export class ProjectorClient {
  private worker: Worker | undefined;
  private wait = SHORTEST_WAIT_MS;
  private timer: NodeJS.Timeout | undefined;
  private closing = false;
  private failure = '';
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(private readonly options: ProjectorClientOptions) {
    this.start();
  }

  request(request: ThreadRequest): Promise<number> {
    const { worker } = this;
    if (!worker) return Promise.reject(new StoreUnavailableError('the projector does not run', 'no'));
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ kind: 'request', id, request } satisfies ToThread);
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    clearTimeout(this.timer);
    const { worker } = this;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ kind: 'close' } satisfies ToThread);
    const tooLong = setTimeout(() => void worker.terminate(), CLOSE_MS);
    await ended;
    clearTimeout(tooLong);
  }

  private start(): void {
    const { file, logFile, threadFile } = this.options;
    const heads = this.options.heads?.();
    const data: ThreadData = { file, logFile, heads };
    const worker = new Worker(threadFile, { resourceLimits: HEAP, workerData: data, transferList: heads ? [heads] : [], stderr: false });
    worker.on('message', (message: FromThread) => this.receive(message));
    worker.on('error', (error) => { this.failure = describeError(error); });
    worker.once('exit', () => this.ended());
    this.worker = worker;
  }

  private receive(message: FromThread): void {
    if (message.kind === 'batch') this.wait = SHORTEST_WAIT_MS;
    if (message.kind === 'failed') this.failure = message.error;
    if (message.kind === 'answer') {
      this.waiting.get(message.id)?.resolve(message.answer);
      this.waiting.delete(message.id);
    }
    this.options.onMessage(message);
  }

  private ended(): void {
    this.worker = undefined;
    for (const { reject } of this.waiting.values()) reject(new StoreUnavailableError('the projector has stopped', 'unknown'));
    this.waiting.clear();
    if (this.closing) return;
    this.options.onStopped(this.failure);
    this.timer = setTimeout(() => this.start(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }
}
