import type { Message, RecordedEvent } from '#kernel';
import type { EventCodec } from './event-codec';
import type { StoredEvent } from './event-store';

/** A stream as somebody saw it: its events, oldest first, and the revision of the last. */
export interface SeenStream<E extends Message = Message> {
  readonly events: readonly RecordedEvent<E>[];
  readonly revision: number;
  /** Of data and metadata as they are stored. */
  readonly bytes: number;
}

interface Kept {
  readonly events: readonly RecordedEvent[];
  /** Appended since, not decoded until somebody asks. */
  readonly since: readonly StoredEvent[];
  readonly revision: number;
  readonly bytes: number;
}

/** What an event takes beside its stored bytes, as its object. */
const OBJECT_BYTES = 1_200;

const sizeOf = ({ events, since, bytes }: Kept): number => bytes + OBJECT_BYTES * (events.length + since.length);

/** Stored bytes of events. */
export const bytesOf = (events: readonly StoredEvent[]): number => events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);

/**
 * The streams written last, as they stood after that. Another writer may have gone on since, so what is found here is only good for an append
 * at its revision, which the store refuses when the stream has moved; whatever else follows from it has to be looked up.
 */
export class RecentStreams {
  private readonly kept = new Map<string, Kept>();
  private size = 0;

  /** @param bound bytes of memory for all streams; one stream has a tenth of it at most */
  constructor(private readonly codec: EventCodec, private readonly bound: number) {}

  get<E extends Message>(stream: string): SeenStream<E> | undefined {
    const found = this.kept.get(stream);
    if (!found) return undefined;
    const events = found.since.length > 0 ? [...found.events, ...found.since.map((event) => this.codec.decode(event))] : found.events;
    const { revision, bytes } = found;
    this.put(stream, { events, since: [], revision, bytes });
    return { events, revision, bytes } as SeenStream<E>;
  }

  /** Remembers a stream as it was seen and what was appended to it then. */
  keep(stream: string, { events, bytes }: SeenStream, appended: readonly StoredEvent[]): void {
    this.put(stream, { events, since: appended, revision: appended.at(-1)!.revision, bytes: bytes + bytesOf(appended) });
  }

  forget(stream: string): void {
    const found = this.kept.get(stream);
    if (!found) return;
    this.size -= sizeOf(found);
    this.kept.delete(stream);
  }

  private put(stream: string, kept: Kept): void {
    this.forget(stream);
    if (sizeOf(kept) > this.bound / 10) return;
    this.kept.set(stream, kept);
    this.size += sizeOf(kept);
    // A map keeps the order in which things were put: the first is the one unused for longest.
    for (const [oldest] of this.kept) {
      if (this.size <= this.bound) return;
      this.forget(oldest);
    }
  }
}
