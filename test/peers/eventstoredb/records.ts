import type { EventToAppend, StoredEvent } from '#platform/event-store';

/** An event as a client sent it. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as it is in the log. */
export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Its place in the log, from 1, without gaps; the wire knows another number, see `toWirePosition`. */
  readonly row: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly isTombstone: boolean;
}

// Before the client's own metadata stand what the embedded store has no column for: a byte of flags and the time.
const HEADER = 9;
const JSON_FLAG = 1;
const TOMBSTONE_FLAG = 2;

/** The event as the embedded store keeps it. `created`: milliseconds since 1970. */
export const toStored = ({ id, type, isJson, data, metadata }: Proposed, created: number, isTombstone = false): EventToAppend => {
  const kept = Buffer.allocUnsafe(HEADER + metadata.length);
  kept[0] = (isJson ? JSON_FLAG : 0) | (isTombstone ? TOMBSTONE_FLAG : 0);
  kept.writeDoubleBE(created, 1);
  kept.set(metadata, HEADER);
  return { id, type, data, metadata: kept };
};

export const toRecorded = ({ id, type, stream, revision, position, data, metadata }: StoredEvent): Recorded => {
  const kept = Buffer.from(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  const flags = kept[0]!;
  return {
    id, type, stream, revision, row: Number(position), data, metadata: kept.subarray(HEADER), created: kept.readDoubleBE(1),
    isJson: (flags & JSON_FLAG) !== 0, isTombstone: (flags & TOMBSTONE_FLAG) !== 0,
  };
};

// Positions of the real server are places in a file: rising, with gaps. Whoever counts on there being none is to fail here too.
const STEP = 128;

export const toWirePosition = (row: number): number => row * STEP;

/** The row of a position on the wire; undefined when no event can lie there. */
export const fromWirePosition = (position: string): number | undefined => {
  const row = BigInt(position);
  return row % BigInt(STEP) === 0n && row <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(row) / STEP : undefined;
};
