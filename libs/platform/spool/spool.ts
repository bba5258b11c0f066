import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { StoreUnavailableError } from '#kernel';
import { FIRST_RECORD, framed, framedSize, headerOf, isForeign, MAX_RECORD, newestFilling, recordAt } from './frames';

const writeTo = promisify(fs.write);
const syncData = promisify(fs.fdatasync);

/** Room that the file takes from the start, bytes: some thousand records can still be kept when the disk is full. */
const RESERVE = 4 * 1024 * 1024;

interface Waiting {
  readonly record: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const unavailable = (cause: unknown, written: 'no' | 'unknown' = 'no'): StoreUnavailableError =>
  new StoreUnavailableError('the spool cannot write', written, { cause });

/**
 * A queue in one file for what must not be lost while its real place is away: durable when `put` settles, taken out in the order in which it
 * was put in. Who takes must be able to bear the same record twice: a crash between acting on it and `take` brings it again.
 */
export class Spool {
  private readonly waiting: Waiting[] = [];
  private lane: Promise<void> = Promise.resolve();
  private isFlushDue = false;
  private under = 0;
  private next = FIRST_RECORD;
  private end = FIRST_RECORD;
  private count = 0;
  private failure: Error | undefined;

  constructor(private readonly handle: number, private filling: number, private readonly reserve: number) {
    for (let record = this.read(this.end); record; record = this.read(this.end)) {
      this.end += framedSize(record);
      this.count++;
    }
  }

  /** Records on the disk that were not taken yet. */
  get length(): number {
    return this.count;
  }

  /** Whether nothing is kept and nothing is being put in. */
  get isEmpty(): boolean {
    return this.count === 0 && this.waiting.length === 0 && this.under === 0;
  }

  /**
   * Settles when the record is on the disk. Records that come together share one call of the disk.
   * @throws StoreUnavailableError; after a failed call of the disk always, because what it then holds is not known
   */
  put(record: Uint8Array): Promise<void> {
    if (record.length === 0 || record.length > MAX_RECORD) return Promise.reject(unavailable(new RangeError('a record has 1 byte to 1 MiB')));
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, resolve, reject });
      if (this.isFlushDue) return;
      this.isFlushDue = true;
      void this.inTurn(() => this.flush());
    });
  }

  /** The oldest records, at most so many. */
  peek(limit: number): readonly Uint8Array[] {
    const records: Uint8Array[] = [];
    for (let at = this.next; at < this.end && records.length < limit;) {
      const record = this.read(at);
      if (!record) throw unavailable(new Error('a record can no longer be read'));
      records.push(record);
      at += framedSize(record);
    }
    return records;
  }

  /** Forgets the oldest records. The file is emptied, durably, with the last of them. */
  async take(records: readonly Uint8Array[]): Promise<void> {
    for (const record of records) this.next += framedSize(record);
    this.count -= records.length;
    await this.inTurn(() => this.clear());
  }

  /** Settles when what is being put in now has been. */
  settled(): Promise<void> {
    return this.lane;
  }

  async close(): Promise<void> {
    await this.lane;
    this.failure ??= new Error('closed');
    fs.closeSync(this.handle);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.lane.then(work);
    this.lane = done.catch(() => undefined);
    return done;
  }

  private async flush(): Promise<void> {
    this.isFlushDue = false;
    const batch = this.waiting.splice(0);
    this.under = batch.length;
    try {
      await this.write(batch.map(({ record }) => record));
      this.under = 0;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      this.under = 0;
      for (const { reject } of batch) reject(error as Error);
    }
  }

  private async write(records: readonly Uint8Array[]): Promise<void> {
    let { end } = this;
    const frames = records.map((record) => {
      const frame = framed(record, this.filling, end);
      end += frame.length;
      return frame;
    });
    await this.writeDurably(Buffer.concat(frames), this.end);
    // If it dies before this line, whoever opens the file finds the records all the same.
    this.end = end;
    this.count += records.length;
  }

  private async clear(): Promise<void> {
    if (this.next < this.end || this.end === FIRST_RECORD) return;
    const { bytes, at } = headerOf(this.filling + 1);
    await this.writeDurably(bytes, at);
    // If it dies here, the records are of a filling that is past, and nobody reads them again.
    this.filling++;
    [this.next, this.end] = [FIRST_RECORD, FIRST_RECORD];
    if (fs.fstatSync(this.handle).size > this.reserve) fs.ftruncateSync(this.handle, this.reserve);
  }

  private async writeDurably(bytes: Buffer, at: number): Promise<void> {
    if (this.failure) throw unavailable(this.failure);
    try {
      for (let done = 0; done < bytes.length;) done += (await writeTo(this.handle, bytes, done, bytes.length - done, at + done)).bytesWritten;
    } catch (error) {
      throw unavailable(error);
    }
    try {
      await syncData(this.handle);
    } catch (error) {
      this.failure = error as Error;
      throw unavailable(error, 'unknown');
    }
  }

  private read(at: number): Buffer | undefined {
    return recordAt((from, length) => readAt(this.handle, from, length), this.filling, at);
  }
}

const readAt = (handle: number, from: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, fs.readSync(handle, bytes, 0, length, from));
};

const lay = (handle: number, reserve: number): void => {
  const { bytes, at } = headerOf(0);
  fs.writeSync(handle, Buffer.alloc(reserve), 0, reserve, 0);
  fs.fsyncSync(handle);
  // If it dies here, the next start finds an empty file and lays it out again.
  fs.writeSync(handle, bytes, 0, bytes.length, at);
  fs.fsyncSync(handle);
};

const syncNames = (folder: string): void => {
  for (const place of [folder, path.dirname(folder)]) {
    const handle = fs.openSync(place, 'r');
    fs.fsyncSync(handle);
    fs.closeSync(handle);
  }
};

const fillingOf = (handle: number, reserve: number): number => {
  const read = (at: number, length: number): Buffer => readAt(handle, at, length);
  const filling = newestFilling(read);
  if (filling >= 0) return filling;
  if (isForeign(read)) throw new Error('this file is no spool');
  lay(handle, reserve);
  return 0;
};

/**
 * Opens a spool, and makes it with its folder when there is none. One process has it open.
 * @throws StoreUnavailableError when it cannot be written, or the file is something else
 */
export const openSpool = (file: string, { reserve = RESERVE }: { readonly reserve?: number } = {}): Spool => {
  let handle: number | undefined;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    handle = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    const filling = fillingOf(handle, Math.max(reserve, FIRST_RECORD));
    syncNames(path.dirname(file));
    return new Spool(handle, filling, reserve);
  } catch (error) {
    if (handle !== undefined) fs.closeSync(handle);
    throw unavailable(error);
  }
};
