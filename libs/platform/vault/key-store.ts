import type { RecordKeyId } from '#kernel';

/** Where record keys live: apart from the log, backed up apart from it. Keys leave it unwrapped only towards the vault. */
export interface KeyStore {
  /** The keys, made where they did not exist, as copies that the caller may wipe. When it answers, every key is durable. A destroyed key is not made again: it is left out. */
  ensure(ids: readonly RecordKeyId[]): Promise<ReadonlyMap<RecordKeyId, Uint8Array>>;
  /** The keys that exist, as copies. */
  get(ids: readonly RecordKeyId[]): Promise<ReadonlyMap<RecordKeyId, Uint8Array>>;
  /** Those of the ids whose key neither exists nor was destroyed: never made, or lost with a restore of older keys. */
  missing(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]>;
  /** Those of the ids whose key was destroyed, also before it was ever made. */
  destroyed(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]>;
  /**
   * Destroys keys for good, all or none, with their copies in memory; what they sealed can never be opened again.
   * @throws StoreUnavailableError when a disk may still hold one: ask again
   */
  destroy(...ids: readonly RecordKeyId[]): Promise<void>;
  close(): Promise<void>;
}
