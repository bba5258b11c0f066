import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { toWirePosition } from './records';
import type { Recorded } from './records';
import { invalid } from './refusals';

const uuidOf = (id: Uint8Array): string =>
  Buffer.from(id).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Lower-case text of an id that came as text or as two numbers. @throws Refusal */
export const readUuid = (uuid: UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString().toLowerCase() ?? '';
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt(structured.getMostSignificantBits()), 0);
  bytes.writeBigInt64BE(BigInt(structured.getLeastSignificantBits()), 8);
  return uuidOf(bytes);
};

const toUuid = (id: string, isStructured: boolean): UUID => {
  if (!isStructured) return new UUID().setString(id);
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return new UUID().setStructured(new UUID.Structured()
    .setMostSignificantBits(String(bytes.readBigInt64BE(0))).setLeastSignificantBits(String(bytes.readBigInt64BE(8))));
};

/** @throws Refusal */
export const readStreamName = (identifier: StreamIdentifier | undefined): string => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
  if (name === '') throw invalid('Stream name is missing.');
  return name;
};

export const toStreamIdentifier = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(Buffer.from(stream));

/** Writes a protobuf message from its end to its start: so every length is known when it is written. */
class Backwards {
  private at: number;
  private readonly buffer: Buffer;

  constructor(room: number) {
    this.buffer = Buffer.allocUnsafe(room);
    this.at = room;
  }

  get end(): number {
    return this.at;
  }

  number(tag: number, value: number): void {
    this.varint(value);
    this.buffer[--this.at] = tag;
  }

  /** 2^63 - 1. */
  largest(tag: number): void {
    this.at -= 9;
    this.buffer.fill(0xff, this.at, this.at + 8);
    this.buffer[this.at + 8] = 0x7f;
    this.buffer[--this.at] = tag;
  }

  bytes(tag: number, value: Uint8Array): void {
    this.at -= value.length;
    this.buffer.set(value, this.at);
    this.wrap(tag, this.at + value.length);
  }

  text(tag: number, value: string): void {
    const end = this.at;
    this.at -= Buffer.byteLength(value);
    this.buffer.write(value, this.at, 'utf8');
    this.wrap(tag, end);
  }

  /** Makes a field of everything written since `end`. */
  wrap(tag: number, end: number): void {
    this.varint(end - this.at);
    this.buffer[--this.at] = tag;
  }

  take(): Buffer {
    return this.buffer.subarray(this.at);
  }

  private varint(value: number): void {
    let length = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
    this.at -= length;
    let rest = value;
    for (let i = 0; i < length; i++, rest = Math.floor(rest / 128)) this.buffer[this.at + i] = (rest % 128) | (i === length - 1 ? 0 : 128);
  }
}

const field = (number: number, wireType: 0 | 2): number => (number << 3) | wireType;
const FIELDS = { id: field(1, 2), stream: field(2, 2), revision: field(3, 0), prepare: field(4, 0), commit: field(5, 0), metadata: field(6, 2), custom: field(7, 2), data: field(8, 2) };

const room = ({ stream, type, data, metadata }: Recorded): number => 3 * (stream.length + type.length) + data.length + metadata.length + 320;

const writeRecorded = (to: Backwards, event: Recorded, isStructured: boolean): void => {
  to.bytes(FIELDS.data, event.data);
  to.bytes(FIELDS.custom, event.metadata);
  const properties = { type: event.type, created: String(event.created * 10_000), 'content-type': event.isJson ? 'application/json' : 'application/octet-stream' };
  for (const [name, value] of Object.entries(properties)) {
    const end = to.end;
    to.text(field(2, 2), value);
    to.text(field(1, 2), name);
    to.wrap(FIELDS.metadata, end);
  }
  to.number(FIELDS.commit, toWirePosition(event.row));
  to.number(FIELDS.prepare, toWirePosition(event.row));
  if (event.isTombstone) to.largest(FIELDS.revision);
  else to.number(FIELDS.revision, event.revision);
  const end = to.end;
  to.text(field(3, 2), event.stream);
  to.wrap(FIELDS.stream, end);
  to.bytes(FIELDS.id, toUuid(event.id, isStructured).serializeBinary());
};

/** A ReadResp with an event, as bytes: the generated code takes twice as long. */
export const encodeEvent = ({ event, link }: { readonly event?: Recorded; readonly link?: Recorded }, isStructured: boolean): Buffer => {
  const to = new Backwards((event ? room(event) : 0) + (link ? room(link) : 0) + 40);
  const end = to.end;
  to.number(field(3, 0), toWirePosition((link ?? event)!.row));
  for (const [number, part] of [[2, link], [1, event]] as const) {
    const partEnd = to.end;
    if (!part) continue;
    writeRecorded(to, part, isStructured);
    to.wrap(field(number, 2), partEnd);
  }
  to.wrap(field(1, 2), end);
  return to.take();
};

const encode = (response: ReadResp): Buffer => Buffer.from(response.serializeBinary());

export const encodeConfirmation = (id: string): Buffer => encode(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id)));
export const encodeCaughtUp = (): Buffer => encode(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
export const encodeNotFound = (stream: string): Buffer =>
  encode(new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(toStreamIdentifier(stream))));
export const encodeCheckpoint = (row: number): Buffer => {
  const position = String(toWirePosition(row));
  return encode(new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition(position).setPreparePosition(position)));
};
