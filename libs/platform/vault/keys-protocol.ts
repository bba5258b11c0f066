import { StoreUnavailableError } from '#kernel';
import type { RecordKeyId } from '#kernel';
import { KeyEncryptionError } from './key-encryption';
import type { KeptKeyStore } from './key-store';

/** What a thread of keys is asked for. */
export type KeysMethod = Exclude<keyof KeptKeyStore, 'rotating' | 'trouble'>;

/** To the thread: everything that was asked for in one turn, in its order. */
export type KeysCalls = readonly { readonly id: number; readonly method: KeysMethod; readonly args: readonly unknown[] }[];

export interface Trouble {
  readonly name: string;
  readonly message: string;
  readonly written?: 'no' | 'unknown';
}

/** `packed`: keys, in the order in which they were asked for. */
export type KeysAnswer =
  | { readonly id: number; readonly packed: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly trouble: Trouble };

/** From the thread. The first message says whether the keys could be opened. */
export type FromKeys =
  | { readonly kind: 'open'; readonly rotating: boolean }
  | { readonly kind: 'unopened'; readonly trouble: Trouble }
  | { readonly kind: 'answers'; readonly answers: readonly KeysAnswer[]; readonly rotating: boolean };

type Keys = ReadonlyMap<RecordKeyId, Uint8Array>;

const KEY_BYTES = 32;
const WIDTH = 1 + KEY_BYTES;

/** Keys as they cross from one thread to another; nothing of them is left where they came from. */
export const pack = (ids: readonly RecordKeyId[], keys: Keys): Uint8Array<ArrayBuffer> => {
  const packed = new Uint8Array(ids.length * WIDTH);
  ids.forEach((id, i) => {
    const key = keys.get(id);
    if (!key) return;
    packed[i * WIDTH] = 1;
    packed.set(key, i * WIDTH + 1);
  });
  for (const key of keys.values()) key.fill(0);
  return packed;
};

/** The keys that were packed; what they were packed in is wiped. */
export const unpack = (ids: readonly RecordKeyId[], packed: Uint8Array): Keys => {
  const keys = new Map<RecordKeyId, Uint8Array>();
  ids.forEach((id, i) => {
    if (packed[i * WIDTH] === 1) keys.set(id, packed.slice(i * WIDTH + 1, (i + 1) * WIDTH));
  });
  packed.fill(0);
  return keys;
};

/** An error as it crosses from one thread to another. */
export const troubleOf = (error: unknown): Trouble => {
  if (error instanceof StoreUnavailableError) return { name: error.name, message: error.message, written: error.written };
  return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
};

/** The same error on the other side. */
export const errorOf = ({ name, message, written }: Trouble): Error => {
  if (name === 'KeyEncryptionError') return new KeyEncryptionError(message);
  return name === 'StoreUnavailableError' ? new StoreUnavailableError(message, written) : new Error(message);
};
