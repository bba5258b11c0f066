import type { RecordKeyId } from '#kernel';

/** Where record keys live: apart from the log, backed up apart from it. Keys leave it unwrapped only towards the vault. */
export interface KeyStore {
  /** The keys, made where they did not exist. When it answers, every key is durable. A destroyed key is not made again: it is left out. */
  ensure(ids: readonly RecordKeyId[]): Promise<ReadonlyMap<RecordKeyId, Uint8Array>>;
  /** The keys that exist. */
  get(ids: readonly RecordKeyId[]): Promise<ReadonlyMap<RecordKeyId, Uint8Array>>;
  /** Those of the ids whose key neither exists nor was destroyed: never made, or lost with a restore of older keys. */
  missing(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]>;
  /**
   * Destroys a key for good, with its copies in memory; what it sealed can never be opened again.
   * @throws StoreUnavailableError when a disk may still hold it: ask again
   */
  destroy(id: RecordKeyId): Promise<void>;
  close(): Promise<void>;
}
