import fs from 'node:fs';
import type { Seeded } from '#test/seeded';
import type { Ack } from './log-audit';

const SECTOR = 512;
const HEAD = 18;
const FILES: Readonly<Record<number, 'db' | 'wal' | 'acks'>> = { 1: 'db', 2: 'wal', 3: 'acks' };

interface Call {
  readonly call: 'w' | 's' | 't';
  readonly file: 'db' | 'wal' | 'acks';
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
    for (const earlier of this.pending) this.content = apply(this.content, earlier);
    this.pending = [];
  }

  /** What the disk may hold if the power goes now: any part of what was not synced, writes torn between sectors. */
  image(random: Seeded): Buffer {
    const keep = random.pick([0, 0.2, 0.5, 0.8, 1]);
    return this.pending
      .flatMap((call) => (call.call === 't' ? (random.next() < keep ? [call] : []) : torn(call, keep, random)))
      .reduce((content, call) => apply(content, call), Buffer.from(this.content));
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

const apply = (content: Buffer<ArrayBuffer>, { call, offset, bytes }: Call): Buffer<ArrayBuffer> => {
  if (call === 't') return offset <= content.length ? content.subarray(0, offset) : Buffer.concat([content, Buffer.alloc(offset - content.length)]);
  const end = offset + bytes.length;
  const grown = end <= content.length ? content : Buffer.concat([content, Buffer.alloc(end - content.length)]);
  bytes.copy(grown, offset);
  return grown;
};

export interface PowerCut {
  readonly db: Buffer;
  readonly wal: Buffer;
  /** Acknowledged before the power went. */
  readonly acks: readonly Ack[];
}

/** Cuts the power `count` times at moments of the trace after the log was opened: half of them just before a sync ends, where most hangs in the air. */
export function* powerCuts(calls: readonly Call[], count: number, random: Seeded): Generator<PowerCut> {
  const opened = calls.findIndex(({ file }) => file === 'acks');
  const syncs = calls.flatMap(({ call }, i) => (call === 's' && i > opened ? [i] : []));
  const moments = Array.from({ length: count }, () => (random.next() < 0.5 ? random.pick(syncs) : opened + 1 + random.below(calls.length - opened)));
  moments.sort((a, b) => a - b);
  const disk = { db: new DiskFile(), wal: new DiskFile() };
  const acks: Ack[] = [];
  let next = 0;
  for (const moment of moments) {
    for (; next < moment; next++) {
      const call = calls[next]!;
      if (call.file !== 'acks') disk[call.file].take(call);
      else if (next > opened) acks.push(JSON.parse(call.bytes.toString('utf8')) as Ack);
    }
    yield { db: disk.db.image(random), wal: disk.wal.image(random), acks };
  }
}
