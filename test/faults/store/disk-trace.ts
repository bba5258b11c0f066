import fs from 'node:fs';
import type { Seeded } from '#test/seeded';
import type { Ack } from './log-audit';

const SECTOR = 512;
const HEAD = 18;

type DiskFileName = 'db' | 'wal' | 'keys' | 'keysWal';
const FILES: Readonly<Record<number, DiskFileName | 'acks'>> = { 1: 'db', 2: 'wal', 3: 'acks', 5: 'keys', 6: 'keysWal' };

interface Call {
  /** Write, truncation, sync begun, sync finished. */
  readonly call: 'w' | 't' | 'b' | 's';
  readonly file: DiskFileName | 'acks';
  /** Of a sync: its number. */
  readonly offset: number;
  readonly bytes: Buffer;
}

/** What the disk shim recorded, in order. */
export const readTrace = (file: string): Call[] => {
  const trace = fs.readFileSync(file);
  const calls: Call[] = [];
  for (let at = 0; at + HEAD <= trace.length;) {
    const length = Number(trace.readBigUInt64LE(at + 10));
    calls.push({
      call: String.fromCharCode(trace[at]!) as Call['call'], file: FILES[trace[at + 1]!]!,
      offset: Number(trace.readBigInt64LE(at + 2)), bytes: trace.subarray(at + HEAD, at + HEAD + length),
    });
    at += HEAD + length;
  }
  return calls;
};

/** One file as the disk certainly holds it, and what was asked of it since. */
class DiskFile {
  private content = Buffer.alloc(0);
  private pending: Call[] = [];

  take(call: Call): void {
    if (call.call !== 's') return void this.pending.push(call);
    // What was written while the disk was at it, it has not promised.
    const begun = this.pending.findIndex((one) => one.call === 'b' && one.offset === call.offset);
    if (begun < 0) return; // a later one has ended before it
    this.content = after(this.content, this.pending.slice(0, begun));
    this.pending = this.pending.slice(begun + 1);
  }

  /** What the disk may hold if the power goes now: any part of what was not synced, writes torn between sectors. */
  image(random: Seeded): Buffer {
    const keep = random.pick([0, 0.2, 0.5, 0.8, 1]);
    return after(Buffer.from(this.content), this.pending.flatMap((call) => (call.call === 't' ? (random.next() < keep ? [call] : []) : torn(call, keep, random))));
  }
}

const torn = (call: Call, keep: number, random: Seeded): Call[] => {
  if (random.next() < 0.7) return random.next() < keep ? [call] : [];
  const sectors: Call[] = [];
  for (let at = 0; at < call.bytes.length;) {
    const end = Math.min(call.bytes.length, at + SECTOR - ((call.offset + at) % SECTOR));
    if (random.next() < keep) sectors.push({ ...call, offset: call.offset + at, bytes: call.bytes.subarray(at, end) });
    at = end;
  }
  return sectors;
};

/** The content of a file after these calls; what it was before may be changed. */
const after = (content: Buffer<ArrayBuffer>, made: readonly Call[]): Buffer<ArrayBuffer> => {
  const calls = made.filter(({ call }) => call !== 'b');
  const size = calls.reduce((most, { offset, bytes }) => Math.max(most, offset + bytes.length), content.length);
  const bytes = size > content.length ? Buffer.concat([content], size) : content;
  let length = content.length;
  for (const call of calls) {
    const end = call.offset + call.bytes.length;
    if (call.call === 't') bytes.fill(0, end);
    else call.bytes.copy(bytes, call.offset);
    length = call.call === 't' ? end : Math.max(length, end);
  }
  return bytes.subarray(0, length);
};

/** What each file holds after the power went, and what had been acknowledged before. */
export interface PowerCut<A = Ack> extends Readonly<Record<DiskFileName, Buffer>> {
  readonly acks: readonly A[];
}

/** Cuts the power `count` times at moments of the trace after the log was opened: half of them just before a sync ends, where most hangs in the air. */
export function* powerCuts<A = Ack>(calls: readonly Call[], count: number, random: Seeded): Generator<PowerCut<A>> {
  const opened = calls.findIndex(({ file }) => file === 'acks');
  const syncs = calls.flatMap(({ call }, i) => (call === 's' && i > opened ? [i] : []));
  const moments = Array.from({ length: count }, () => (random.next() < 0.5 ? random.pick(syncs) : opened + 1 + random.below(calls.length - opened)));
  moments.sort((a, b) => a - b);
  const disk = { db: new DiskFile(), wal: new DiskFile(), keys: new DiskFile(), keysWal: new DiskFile() };
  const acks: A[] = [];
  let next = 0;
  for (const moment of moments) {
    for (; next < moment; next++) {
      const call = calls[next]!;
      if (call.file !== 'acks') disk[call.file].take(call);
      else if (next > opened) acks.push(JSON.parse(call.bytes.toString('utf8')) as A);
    }
    const [db, wal, keys, keysWal] = [disk.db, disk.wal, disk.keys, disk.keysWal].map((file) => file.image(random)) as [Buffer, Buffer, Buffer, Buffer];
    yield { db, wal, keys, keysWal, acks };
  }
}
