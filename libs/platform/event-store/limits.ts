import type { EventToAppend } from './event-store';

/** Bytes of data, metadata and twice the type's name (as KurrentDB counts them) that one event may have. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024;
/** Bytes that the events of one append may have together. */
export const MAX_APPEND_BYTES = 16 * 1024 * 1024;

/** An event, or the events of one append together, are larger than the store takes. Nothing was sent to it. Sizes in bytes. */
export class EventTooLargeError extends Error {
  override readonly name = 'EventTooLargeError';
  readonly code = 'EVENT_TOO_LARGE';
  constructor(readonly what: 'event' | 'append', readonly size: number, readonly limit: number) {
    super(`${what} of ${size} bytes is over the limit of ${limit}`);
  }
}

const sizeOf = ({ type, data, metadata }: EventToAppend): number => data.length + metadata.length + 2 * type.length;

/**
 * The size of an append in bytes.
 * @throws EventTooLargeError
 */
export const measureAppend = (events: readonly EventToAppend[]): number => {
  let total = 0;
  for (const event of events) {
    const size = sizeOf(event);
    if (size > MAX_EVENT_BYTES) throw new EventTooLargeError('event', size, MAX_EVENT_BYTES);
    total += size;
  }
  if (total > MAX_APPEND_BYTES) throw new EventTooLargeError('append', total, MAX_APPEND_BYTES);
  return total;
};
