import type { Database, Statement } from 'better-sqlite3';
import type { StoredEvent } from '#platform/event-store';
import type { LogReader } from './log-reader';
import { defineProjection } from './projection';
import type { Projection } from './projection';
import type { Checkpoint, ReadDatabase } from './read-store';

/** Stands in the list of projections, so that the prefix has a checkpoint of its own: it follows every category and keeps its rows itself. */
export const recordedPrefix = defineProjection<undefined>({
  name: 'recorded_prefix', version: 1, category: '', tables: [], open: () => undefined, apply: () => [],
});

/** The same with its rows, for comparing them; they are made by `RecordedPrefix`, never by the projector. */
export const prefixRows: Projection = {
  ...recordedPrefix, tables: [{ name: 'recorded_prefix', columns: { upto_ms: 'INTEGER NOT NULL', number: 'INTEGER NOT NULL' }, key: ['upto_ms'] }],
};

const MARK = Buffer.from('"recordedAt":"');
const LENGTH = '2019-12-31T17:00:00.000Z'.length;

/** When an event was recorded (ms), read from its bytes without decoding them; NaN when they do not say. */
export const recordedAt = (metadata: Uint8Array): number => {
  const bytes = Buffer.from(metadata.buffer, metadata.byteOffset, metadata.length);
  const found = bytes.indexOf(MARK);
  return found < 0 ? NaN : Date.parse(bytes.toString('latin1', found + MARK.length, found + MARK.length + LENGTH));
};

/**
 * Finds the longest prefix of the log whose running maximum of `recordedAt` is at most a moment: the ledger as it was recorded then, also after
 * a clock has jumped. An event that does not say when it was recorded counts with the one before it.
 */
export class RecordedPrefix {
  private latest: number;
  private covered: number;
  private readonly changes = new Map<number, number>();
  private readonly save: Statement;

  constructor(db: Database) {
    const last = db.prepare<[], { upto_ms: number; number: number }>('SELECT upto_ms, number FROM recorded_prefix ORDER BY upto_ms DESC LIMIT 1').get();
    this.latest = last?.upto_ms ?? 0;
    this.covered = last?.number ?? -1;
    this.save = db.prepare('INSERT INTO recorded_prefix VALUES (?, ?) ON CONFLICT (upto_ms) DO UPDATE SET number = excluded.number');
  }

  /** Takes a ledger event in log order; one that was taken before changes nothing. */
  note({ number, metadata }: StoredEvent): void {
    if (number <= this.covered) return;
    const at = recordedAt(metadata);
    if (at > this.latest) this.latest = at;
    this.changes.set(this.latest, number);
    this.covered = number;
  }

  /** Writes what was noted since the last time, inside the caller's transaction. */
  write(): void {
    for (const [upto, number] of this.changes) this.save.run(upto, number);
    this.changes.clear();
  }
}

/** Makes the prefix again from the first event to a checkpoint, in an empty file; how many events it has read. */
export const buildPrefix = async (db: Database, log: Pick<LogReader, 'readAll'>, until: Checkpoint): Promise<number> => {
  const prefix = new RecordedPrefix(db);
  const take = db.transaction((events: readonly StoredEvent[]) => {
    for (const event of events) prefix.note(event);
    prefix.write();
  });
  let read = 0;
  for await (const page of log.readAll('', { pageSize: 1000 })) {
    const due = page.filter(({ number }) => number >= 0 && number <= until.number);
    take(due);
    read += due.length;
    if (page.some(({ number }) => number > until.number)) break;
  }
  return read;
};

/** Whether the tables hold an event recorded after a moment (ms): then the prefix of that moment has its end. */
export const recordedAfter = (db: ReadDatabase, ms: number): boolean => db.get('SELECT 1 FROM recorded_prefix WHERE upto_ms > ? LIMIT 1', ms) !== undefined;

/** SQL that answers the number of the last event recorded by a moment (ms). */
export const NUMBER_RECORDED_BY = 'SELECT number FROM recorded_prefix WHERE upto_ms <= ? ORDER BY upto_ms DESC LIMIT 1';
