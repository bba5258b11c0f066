import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { RecordKeyId } from '#kernel';
import type { FileKeyStore } from './file-key-store';
import { pack, troubleOf } from './keys-protocol';
import type { FromKeys, KeysAnswer, KeysCalls } from './keys-protocol';
import { openFileKeyStore } from './open-file-key-store';
import type { FileKeyStoreOptions } from './open-file-key-store';

/** Serves one key store until it is closed. */
class KeysThread {
  private answers: KeysAnswer[] = [];

  constructor(private readonly port: MessagePort, private readonly keys: FileKeyStore) {
    port.on('message', (calls: KeysCalls) => calls.forEach((call) => void this.serve(call)));
    this.post({ kind: 'open', rotating: keys.rotating });
  }

  private async serve({ id, method, args }: KeysCalls[number]): Promise<void> {
    try {
      this.answer(await this.done(id, method, args));
    } catch (error) {
      this.answer({ id, trouble: troubleOf(error) });
    }
    if (method === 'close') setImmediate(() => this.port.close());
  }

  private async done(id: number, method: KeysCalls[number]['method'], args: readonly unknown[]): Promise<KeysAnswer> {
    if (method === 'ensure' || method === 'get') {
      const ids = args[0] as readonly RecordKeyId[];
      return { id, packed: pack(ids, await this.keys[method](ids)) };
    }
    // A buffer arrives as the bytes that it holds.
    const given = args.map((arg) => (arg instanceof Uint8Array ? Buffer.from(arg.buffer, arg.byteOffset, arg.byteLength) : arg));
    return { id, value: await (this.keys[method] as (...of: unknown[]) => Promise<unknown>).apply(this.keys, given) };
  }

  /** What is answered in one turn goes together: those who wait for the disk wait for the same write. */
  private answer(answer: KeysAnswer): void {
    if (this.answers.push(answer) === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const { answers } = this;
    this.answers = [];
    this.post({ kind: 'answers', answers, rotating: this.keys.rotating }, answers.flatMap((answer) => ('packed' in answer ? [answer.packed.buffer] : [])));
  }

  private post(message: FromKeys, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

const start = (port: MessagePort, { kek, ...options }: FileKeyStoreOptions): void => {
  try {
    new KeysThread(port, openFileKeyStore({ ...options, ...(kek && { kek: Buffer.from(kek.buffer, kek.byteOffset, kek.byteLength) }) }));
  } catch (error) {
    port.postMessage({ kind: 'unopened', trouble: troubleOf(error) } satisfies FromKeys);
    port.close();
  }
};

start(parentPort!, workerData as FileKeyStoreOptions);
