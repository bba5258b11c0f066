import crypto from 'node:crypto';

/** Length and digest before each record; the digest binds it to its place and to the filling of the spool that it belongs to. */
const FRAME = 4 + 12;
/** Bytes that one record may have. */
export const MAX_RECORD = 1024 * 1024;
/** Two places for the header, so that one of them is always whole. */
const SLOT = 4096;
export const FIRST_RECORD = 2 * SLOT;
const HEADER = 8 + 4 + 12;
const MAGIC = Buffer.from('DAYSPOOL', 'latin1');

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const digestOf = (...parts: readonly Uint8Array[]): Buffer =>
  crypto.createHash('sha256').update(Buffer.concat(parts)).digest().subarray(0, 12);

/** Bytes that a record takes in the file. */
export const framedSize = (record: Uint8Array): number => FRAME + record.length;

/** A record as it is written at a place in the file. */
export const framed = (record: Uint8Array, filling: number, at: number): Buffer =>
  Buffer.concat([u32(record.length), digestOf(u32(filling), u32(at), record), record]);

/** Reads part of the file; fewer bytes than asked for at its end. */
export type ReadAt = (at: number, length: number) => Buffer;

/** The record that stands at a place; undefined when none of this filling does, or not whole. */
export const recordAt = (read: ReadAt, filling: number, at: number): Buffer | undefined => {
  const frame = read(at, FRAME);
  if (frame.length < FRAME) return undefined;
  const length = frame.readUInt32LE(0);
  if (length === 0 || length > MAX_RECORD) return undefined;
  const record = read(at + FRAME, length);
  const whole = record.length === length && digestOf(u32(filling), u32(at), record).equals(frame.subarray(4));
  return whole ? record : undefined;
};

/** The header of a filling, and where it is written. */
export const headerOf = (filling: number): { readonly bytes: Buffer; readonly at: number } =>
  ({ bytes: Buffer.concat([MAGIC, u32(filling), digestOf(MAGIC, u32(filling))]), at: (filling % 2) * SLOT });

const fillingIn = (header: Buffer): number => {
  if (header.length < HEADER || !header.subarray(0, 8).equals(MAGIC)) return -1;
  const filling = header.readUInt32LE(8);
  return digestOf(MAGIC, u32(filling)).equals(header.subarray(12)) ? filling : -1;
};

/** The newest filling that the file knows of; -1 when it is no spool. */
export const newestFilling = (read: ReadAt): number => Math.max(fillingIn(read(0, HEADER)), fillingIn(read(SLOT, HEADER)));

/** Whether the file begins like something else; one that died while it was laid out begins with nothing or with half a header. */
export const isForeign = (read: ReadAt): boolean => {
  const head = read(0, MAGIC.length);
  return head.some((byte, i) => byte !== 0 && byte !== MAGIC[i]);
};
