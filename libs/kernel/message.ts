import type { Envelope } from './envelope';

/** A fact or an order: a type name that is also the storage format, and what was decided. */
export interface Message<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** An event as it stands in the log. `revision` counts within its stream, `number` over the whole ledger, both from 0. */
export interface RecordedEvent<E extends Message = Message> {
  readonly id: string;
  readonly type: E['type'];
  readonly data: E['data'];
  readonly stream: string;
  readonly revision: number;
  readonly number: number;
  /** Opaque place in the store's own order; compare only with the store that gave it. */
  readonly position: string;
  readonly metadata: Envelope;
}
