import { Worker } from 'node:worker_threads';
import { StoreUnavailableError } from '#kernel';
import type { RecordKeyId } from '#kernel';
import { compiled } from '#platform/settings';
import type { KeptKeyStore } from './key-store';
import { errorOf, unpack } from './keys-protocol';
import type { FromKeys, KeysAnswer, KeysCalls, KeysMethod } from './keys-protocol';
import type { FileKeyStoreOptions } from './open-file-key-store';

type Keys = ReadonlyMap<RecordKeyId, Uint8Array>;

interface Waiting {
  answer(answer: KeysAnswer): void;
  reject(error: Error): void;
}

const HEAP = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };

/** A key store with a thread of its own: making a key costs a write and a cipher, and every sealed text has one. */
class ThreadedKeyStore implements KeptKeyStore {
  private calls: KeysCalls[number][] = [];
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  trouble: string | undefined;

  constructor(private readonly worker: Worker, private isRotating: boolean) {
    worker.on('message', (message: FromKeys) => this.receive(message));
    worker.on('error', (error) => this.end(`the thread of the keys failed: ${error.message}`));
    worker.on('exit', () => this.end('the thread of the keys has ended'));
  }

  get rotating(): boolean {
    return this.isRotating;
  }

  ensure(ids: readonly RecordKeyId[]): Promise<Keys> {
    return this.keysBy('ensure', ids);
  }

  get(ids: readonly RecordKeyId[]): Promise<Keys> {
    return ids.length === 0 ? Promise.resolve(new Map()) : this.keysBy('get', ids);
  }

  missing(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    return this.ask('missing', ids);
  }

  destroyed(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    return this.ask('destroyed', ids);
  }

  destroy(...ids: readonly RecordKeyId[]): Promise<void> {
    return this.ask('destroy', ...ids);
  }

  rotate(next: Buffer): Promise<void> {
    return this.ask('rotate', Uint8Array.from(next));
  }

  resumeRotation(atHand: Buffer): Promise<void> {
    return this.ask('resumeRotation', Uint8Array.from(atHand));
  }

  settleRotation(): Promise<void> {
    return this.ask('settleRotation');
  }

  copyTo(file: string): Promise<void> {
    return this.ask('copyTo', file);
  }

  async close(): Promise<void> {
    if (this.trouble !== undefined) return;
    const exit = new Promise((resolve) => this.worker.once('exit', resolve));
    await this.ask('close');
    await exit;
  }

  private keysBy(method: 'ensure' | 'get', ids: readonly RecordKeyId[]): Promise<Keys> {
    return this.call(method, [ids], (answer) => unpack(ids, (answer as { readonly packed: Uint8Array }).packed));
  }

  private ask<T>(method: KeysMethod, ...args: readonly unknown[]): Promise<T> {
    return this.call(method, args, (answer) => (answer as { readonly value: T }).value);
  }

  private call<T>(method: KeysMethod, args: readonly unknown[], read: (answer: KeysAnswer) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.trouble !== undefined) return reject(new StoreUnavailableError(this.trouble, 'no'));
      const id = ++this.lastId;
      this.waiting.set(id, { answer: (answer) => ('trouble' in answer ? reject(errorOf(answer.trouble)) : resolve(read(answer))), reject });
      // Everything asked for in this turn of the event loop goes in one message, and shares one transaction there.
      if (this.calls.push({ id, method, args }) === 1) setImmediate(() => this.send());
    });
  }

  private send(): void {
    const { calls } = this;
    this.calls = [];
    this.worker.postMessage(calls);
  }

  private receive(message: FromKeys): void {
    if (message.kind !== 'answers') return;
    this.isRotating = message.rotating;
    for (const answer of message.answers) {
      this.waiting.get(answer.id)?.answer(answer);
      this.waiting.delete(answer.id);
    }
  }

  private end(reason: string): void {
    this.trouble ??= reason;
    for (const { reject } of this.waiting.values()) reject(new StoreUnavailableError(reason, 'unknown'));
    this.waiting.clear();
  }
}

/**
 * The key store of a data folder as `openFileKeyStore` opens it, in a thread of its own. The key-encryption key is handed over and wiped here.
 * @throws KeyEncryptionError when it is missing, another folder's, or the key-encryption key does not fit; @throws StoreUnavailableError
 */
export const openThreadedKeyStore = (options: FileKeyStoreOptions): Promise<KeptKeyStore> => {
  // Bytes of their own: what shares a buffer with them stays here.
  const kek = options.kek && Uint8Array.from(options.kek);
  const worker = new Worker(compiled(require.resolve('./key-store.thread')), { workerData: { ...options, kek }, resourceLimits: HEAP });
  kek?.fill(0);
  options.kek?.fill(0);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => void worker.terminate().then(() => reject(error));
    worker.once('error', fail);
    worker.once('message', (message: FromKeys) => {
      worker.off('error', fail);
      if (message.kind === 'open') resolve(new ThreadedKeyStore(worker, message.rotating));
      else fail(message.kind === 'unopened' ? errorOf(message.trouble) : new StoreUnavailableError('the thread of the keys answered out of turn', 'no'));
    });
  });
};
