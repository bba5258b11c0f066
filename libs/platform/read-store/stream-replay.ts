import type { RecordedEvent } from '#kernel';
import type { EventCodec, StoredEvent } from '#platform/event-store';
import { MAX_EVENT_BYTES } from '#platform/event-store';
import { PoisonEventError } from './poison';
import type { Patch, Projection } from './projection';

export interface Reading {
  readonly codec: EventCodec;
  /** Stored bytes over which an event is not even decoded. */
  readonly largestEvent?: number;
}

/** Stored bytes of an event. */
export const storedBytes = ({ data, metadata }: StoredEvent): number => data.length + metadata.length;

/** An event that is decoded once, however many projections ask; asking again after a failure fails in the same way. */
export class LazyEvent {
  private event: RecordedEvent | undefined;
  private failure: unknown;

  constructor(readonly stored: StoredEvent, private readonly reading: Reading) {}

  /** @throws UnreadableEventError; @throws PoisonEventError */
  decoded(): RecordedEvent {
    if (this.failure !== undefined) throw this.failure;
    try {
      this.event ??= this.decode();
      return this.event;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private decode(): RecordedEvent {
    if (storedBytes(this.stored) > (this.reading.largestEvent ?? MAX_EVENT_BYTES)) throw new PoisonEventError('EVENT_TOO_LARGE');
    return this.reading.codec.decode(this.stored);
  }
}

/** Applies one event under the one error policy of live, rebuild and retry: whatever is thrown here parks the stream. */
export const applyEvent = (projection: Projection, state: unknown, event: LazyEvent): readonly Patch[] => {
  const decoded = event.decoded();
  if (projection.types && !projection.types.includes(decoded.type)) throw new PoisonEventError('EVENT_TYPE_UNKNOWN');
  const patches = projection.apply(state, decoded) as readonly Patch[] | undefined;
  if (!patches) throw new PoisonEventError('PATCHES_MISSING');
  return patches;
};
