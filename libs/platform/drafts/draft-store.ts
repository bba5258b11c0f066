/** A draft as it is stored: its text sealed. */
export interface StoredDraft {
  /** Under which the text is sealed. */
  readonly event: string;
  readonly sealed: string;
}

/** Where drafts stand, each for its owner and key. Each throws StoreUnavailableError when it cannot be asked. */
export interface DraftStore {
  /** Puts one in the place of the one before, and forgets what was touched by `untouched` and, of its owner, all but the `most` touched last. Times are ms since 1970. */
  keep(owner: string, key: string, draft: StoredDraft, limits: { readonly at: number; readonly untouched: number; readonly most: number }): Promise<void>;
  /** One that was touched since. */
  find(owner: string, key: string, since: number): Promise<StoredDraft | undefined>;
  close(): Promise<void> | void;
}
