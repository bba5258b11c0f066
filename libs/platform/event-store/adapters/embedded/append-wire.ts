import type { EventToAppend, ExpectedRevision } from '../../event-store';

/** An append as it crosses to the writer's thread. */
export interface AppendRequest {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  readonly expected: ExpectedRevision;
}

/** An event as the writer stores it: the id as 16 bytes. */
export interface WireEvent {
  readonly id: Buffer;
  readonly type: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface WireAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly WireEvent[];
}

const WORDS: readonly ExpectedRevision[] = ['no_stream', 'any', 'stream_exists'];
const toCode = (expected: ExpectedRevision): number => (typeof expected === 'number' ? expected : -1 - WORDS.indexOf(expected));
const fromCode = (code: number): ExpectedRevision => (code < 0 ? WORDS[-1 - code]! : code);

const HEADER = 8 + 4 + 2;
const EVENT_HEADER = 16 + 2 + 4 + 4;

/** At least as many bytes as the append takes on the wire. */
export const wireSize = ({ stream, events }: AppendRequest): number => {
  let size = HEADER + 3 * stream.length;
  for (const { type, data, metadata } of events) size += EVENT_HEADER + 3 * type.length + data.length + metadata.length;
  return size;
};

/** Writes appends one after the other into a buffer of their own, fit to be transferred; `size` = the sum of their `wireSize`. */
export const encodeAppends = (requests: readonly AppendRequest[], size: number): Uint8Array<ArrayBuffer> => {
  const buffer = Buffer.from(new ArrayBuffer(size));
  let at = 0;
  for (const request of requests) at = encodeAppend(buffer, at, request);
  return new Uint8Array(buffer.buffer as ArrayBuffer, 0, at);
};

const encodeAppend = (buffer: Buffer, start: number, { stream, events, expected }: AppendRequest): number => {
  let at = buffer.writeDoubleLE(toCode(expected), start);
  at = buffer.writeUInt32LE(events.length, at);
  at = writeText(buffer, at, stream);
  for (const event of events) at = encodeEvent(buffer, at, event);
  return at;
};

const encodeEvent = (buffer: Buffer, start: number, { id, type, data, metadata }: EventToAppend): number => {
  let at = start + buffer.write(id.replaceAll('-', ''), start, 'hex');
  at = writeText(buffer, at, type);
  at = buffer.writeUInt32LE(data.length, at);
  at = buffer.writeUInt32LE(metadata.length, at);
  buffer.set(data, at);
  buffer.set(metadata, at + data.length);
  return at + data.length + metadata.length;
};

const writeText = (buffer: Buffer, at: number, text: string): number => {
  const length = buffer.write(text, at + 2, 'utf8');
  buffer.writeUInt16LE(length, at);
  return at + 2 + length;
};

/** Reads what `encodeAppends` wrote; the events' bytes are views of the buffer, not copies. */
export const decodeAppends = (bytes: Uint8Array): WireAppend[] => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const appends: WireAppend[] = [];
  let at = 0;
  while (at < buffer.length) {
    const expected = fromCode(buffer.readDoubleLE(at));
    const events = new Array<WireEvent>(buffer.readUInt32LE(at + 8));
    const length = buffer.readUInt16LE(at + 12);
    const stream = buffer.toString('utf8', at + HEADER, at + HEADER + length);
    at += HEADER + length;
    for (let i = 0; i < events.length; i++) {
      const type = buffer.readUInt16LE(at + 16);
      const sizes = at + 18 + type;
      const data = sizes + 8;
      const metadata = data + buffer.readUInt32LE(sizes);
      const end = metadata + buffer.readUInt32LE(sizes + 4);
      events[i] = {
        id: buffer.subarray(at, at + 16), type: buffer.toString('utf8', at + 18, sizes),
        data: buffer.subarray(data, metadata), metadata: buffer.subarray(metadata, end),
      };
      at = end;
    }
    appends.push({ stream, expected, events });
  }
  return appends;
};

/** The text of a UUID kept as 16 bytes. */
export const uuidText = (id: Buffer): string => {
  const hex = id.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
