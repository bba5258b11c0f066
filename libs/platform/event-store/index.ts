export { EventCodec, UnreadableEventError } from './event-codec';
export type { ShapeVersions, Upcaster, Upcasters } from './event-codec';
export { START } from './event-store';
export type {
  Appended, EventStore, EventToAppend, ExpectedRevision, Filter, Head, Position, StoredEvent, StreamSlice, Subscriber, Subscription,
} from './event-store';
export { IdempotencyKeyReusedError } from './idempotency';
export { eventId, idFrom } from './ids';
export { Ledger } from './ledger';
export type { Receipt, TransactOptions } from './ledger';
