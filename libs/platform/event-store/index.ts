export { BackupRefusedError, restoreEmbedded } from './adapters/embedded/backup';
export type { BackupReport } from './adapters/embedded/backup';
export { EmbeddedEventStore, openEmbeddedEventStore } from './adapters/embedded/embedded-event-store';
export { openEmbeddedReader } from './adapters/embedded/embedded-reader';
export type { LogView } from './adapters/embedded/log-reader';
export { compareCopy } from './adapters/kurrentdb/compare-copy';
export type { EventPlace } from './adapters/kurrentdb/compare-copy';
export type { FollowState } from './adapters/kurrentdb/follower';
export { KurrentEventStore, openKurrentEventStore } from './adapters/kurrentdb/kurrent-event-store';
export type { KurrentTimes } from './adapters/kurrentdb/kurrent-event-store';
export { readLedgerMark, writeLedgerMark } from './adapters/kurrentdb/ledger-mark';
export { moveLog, MoveRefusedError } from './adapters/kurrentdb/move-log';
export type { LogPage } from './adapters/log-follower';
export { memoryEventStore } from './adapters/memory';
export { EventCodec } from './event-codec';
export type { ShapeVersions, Upcaster, Upcasters } from './event-codec';
export { START } from './event-store';
export type {
  Appended, EventStore, EventToAppend, ExpectedRevision, Filter, Head, Position, StoredEvent, StreamSlice, Subscriber, Subscription,
} from './event-store';
export { IdempotencyKeyReusedError } from './idempotency';
export { eventId, idFrom } from './ids';
export { Ledger } from './ledger';
export type { Appending, CommandWatch, Receipt, TransactOptions } from './ledger';
export { EventTooLargeError, MAX_EVENT_BYTES } from './limits';
export { comparePositions } from './positions';
