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
   * Another process may use a copy in its memory for five seconds yet. What a server keeps besides its tables (its write-ahead log, backups) is beyond
   * it: that is worthless after the next rotation of the key-encryption key.
   * @throws StoreUnavailableError when a file of its own may still hold one: ask again
   */
  destroy(...ids: readonly RecordKeyId[]): Promise<void>;
  close(): Promise<void>;
}

/** A key store that is looked after: its key-encryption key changes, and it is backed up. */
export interface KeptKeyStore extends KeyStore {
  /** Whether a new key-encryption key has been taken up whose file does not stand in the place of the old one yet. */
  readonly rotating: boolean;
  /** Why no key can be asked for any more until the next start; undefined when all is well. */
  readonly trouble?: string | undefined;
  /**
   * Wraps every key under a new key-encryption key, in batches, while keys are made and read. The same call again does the rest after a crash.
   * @throws StoreUnavailableError when a file of its own may still hold what the old key opens: ask again
   */
  rotate(next: Buffer): Promise<void>;
  /** Does the rest of a rotation that was cut short, and ends it when the key at hand is the new one; nothing when there is none. */
  resumeRotation(atHand: Buffer): Promise<void>;
  /** Ends a rotation: from here on the old key-encryption key opens nothing. The new one must be where the next start looks for it. */
  settleRotation(): Promise<void>;
  /** Writes a copy of the wrapped keys, without what was deleted, to a new file. Every key store's copy can be restored into every other. */
  copyTo(file: string): Promise<void>;
}
