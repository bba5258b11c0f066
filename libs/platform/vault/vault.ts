import type { Private } from '#kernel';

export interface Sealable {
  readonly id: string;
  readonly data: object;
  readonly reason?: Private;
}

/** The one door to sealed values. */
export interface Vault {
  /**
   * Seals every unsealed value in data and reason. Keys are durable when it answers. Field paths are `data.<path>` and `reason`.
   * `earlier`: data of the events that their stream holds, so that no key is made anew for one that was lost.
   * @throws KeyMissingError, RecordErasedError
   */
  sealAll(events: readonly Sealable[], earlier?: readonly object[]): Promise<readonly { readonly data: object; readonly reason?: Private }[]>;
  /**
   * Opens values of one event; `path` is where the value stands, for example `data.summary`.
   * The answer has one entry a value: its text, or null when its key has been destroyed.
   * @throws SealBrokenError when a value does not fit its key or place
   * @throws KeyMissingError when a key is not there and was not destroyed either
   */
  open(values: readonly { readonly eventId: string; readonly path: string; readonly value: Private }[]): Promise<readonly (string | null)[]>;
  /** Keyed digest (HMAC-SHA-256, base64url) under the folder's own digest key, for ids and names that must not be guessed from their hash. */
  digest(text: string): string;
}
