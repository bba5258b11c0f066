/** An event on its way into the store: bytes, because what is stored is what is later sealed and verified. */
export interface EventToAppend {
  /** UUID, lower case. */
  readonly id: string;
  readonly type: string;
  /** Canonical JSON (RFC 8785), UTF-8. */
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as the store holds it. */
export interface StoredEvent extends EventToAppend {
  readonly stream: string;
  readonly revision: number;
  /** Over the ledger's own events (see `isLedgerStream`), from 0; -1 for events of other streams. */
  readonly number: number;
  readonly position: Position;
}

/** Opaque, ordered by `comparePositions`; `START` lies before the first event. */
export type Position = string;
export const START: Position = '';

/** What the stream must look like for an append to be made: its last revision, or one of KurrentDB's three words. */
export type ExpectedRevision = number | 'no_stream' | 'any' | 'stream_exists';

export interface Appended {
  /** Of the last event of this append. */
  readonly revision: number;
  readonly position: Position;
  /**
   * Nothing was written: events of these ids stand there already, and the answer is theirs. What they say may differ from what was sent; a store
   * that does not tell by itself must look.
   */
  readonly resent?: true;
}

export interface Head {
  /** Of the newest event; `START` when there is none. */
  readonly position: Position;
  /** Of the newest ledger event; -1 when there is none. */
  readonly number: number;
}

/** Chooses by category (what stands before the first `-` of a stream's name). Absent: everything. */
export interface Filter {
  readonly categories?: readonly string[];
}

export interface StreamSlice {
  readonly events: readonly StoredEvent[];
  /** Of the stream's last event, also when `events` is only a part; -1 when there is no such stream. */
  readonly revision: number;
}

export interface Subscription {
  /** No batch is delivered after this settles. */
  stop(): Promise<void>;
}

/** Gets events in log order, each once, strictly after the position subscribed from. A batch is not sent before the last one has settled. */
export interface Subscriber {
  onBatch(events: readonly StoredEvent[], batch: { readonly head: Head }): Promise<void>;
  /** The subscription has ended by itself; resume it from the last position handled. */
  onError(error: Error): void;
}

/**
 * The log. Its meaning is KurrentDB's: one total order, revisions without gaps within a stream, an append is whole or absent.
 * When `append` answers, the events are on disk.
 */
export interface EventStore {
  /**
   * Writes all events or none.
   * @throws WrongExpectedVersionError when the stream is not as expected
   * @throws StoreUnavailableError when the store cannot write; `written` says whether the outcome is known
   */
  append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended>;
  /** Events of one stream from a revision on (default: all), at most `limit`. */
  readStream(stream: string, options?: { readonly from?: number; readonly limit?: number }): Promise<StreamSlice>;
  /** Events after a position in log order, in pages, up to the head as it was when the read began. */
  readAll(after: Position, options?: { readonly filter?: Filter; readonly pageSize?: number }): AsyncIterable<readonly StoredEvent[]>;
  subscribe(after: Position, subscriber: Subscriber, options?: { readonly filter?: Filter; readonly batchSize?: number }): Subscription;
  head(): Promise<Head>;
  /** Waits for appends under way; later calls throw StoreUnavailableError. */
  close(): Promise<void>;
}
