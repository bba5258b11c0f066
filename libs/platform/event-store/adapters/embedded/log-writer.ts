import type Database from 'better-sqlite3';
import { judge } from '../expectation';
import type { WireAppend, WireEvent } from './append-wire';
import { openForWriting } from './schema';
import type { Connection } from './schema';
import { StreamIndex } from './stream-index';
import type { StreamEntry } from './stream-index';

/** Numbers per append in a commit's results: outcome, revision, position. */
export const RESULT_WIDTH = 3;
const WRITTEN = 0;
/** The revision beside it is the stream's actual one. */
export const CONFLICT = 1;
/** Nothing was written: these ids stand there already. */
export const RESENT = 2;

const OUTCOMES = { write: WRITTEN, conflict: CONFLICT, resent: RESENT } as const;

const PAGE = 4096;
const CHECKPOINT_BYTES = 8 * 1024 * 1024;
const WAL_LIMIT = 64 * 1024 * 1024;

/** The transaction failed. `written`: whether its outcome is known; `fatal`: nothing may be written after it. */
export class CommitFailedError extends Error {
  override readonly name = 'CommitFailedError';
  constructor(readonly written: 'no' | 'unknown', readonly fatal: boolean, readonly reason: string, options?: ErrorOptions) {
    super(`the log could not be written (${reason})`, options);
  }
}

/** The only connection that writes the log. Synchronous: it lives in a thread of its own. */
export class LogWriter {
  private readonly db: Connection;
  private readonly streams: StreamIndex;
  private readonly types = new Map<string, number>();
  private readonly insert: Database.Statement<[number, number, number, number, number, Buffer, Buffer, Buffer]>;
  private readonly place: Database.Statement<[number, number], { position: number }>;
  private readonly begin: Database.Statement;
  private readonly end: Database.Statement;
  private sinceCheckpoint = 0;
  private walLimit = WAL_LIMIT;
  position = 0;
  number = -1;
  /** How long the last transaction took to be made durable, milliseconds. */
  syncMs = 0;

  constructor(file: string) {
    this.db = openForWriting(file);
    this.streams = new StreamIndex(this.db);
    this.insert = this.db.prepare('INSERT INTO events (position, stream, revision, number, type, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    this.place = this.db.prepare('SELECT position FROM events WHERE stream = ? AND revision = ?');
    this.begin = this.db.prepare('BEGIN IMMEDIATE');
    this.end = this.db.prepare('COMMIT');
    this.recall();
  }

  /**
   * Judges and writes appends in their order, in one transaction with one fsync; when it returns they are on disk.
   * @throws CommitFailedError when none of them is known to be
   */
  commit(appends: readonly WireAppend[]): Float64Array<ArrayBuffer> {
    return this.transact(appends, () => true);
  }

  /**
   * The same for events of another log: nothing is written where one of them does not continue its stream (the results say which), and nothing
   * unless the last event has the position `after`: a group that follows one which failed must not take its place.
   * @throws CommitFailedError
   */
  copy(appends: readonly WireAppend[], after: number): Float64Array<ArrayBuffer> {
    if (this.position !== after) throw new CommitFailedError('no', false, 'OUT_OF_TURN');
    return this.transact(appends, (outcome) => outcome !== CONFLICT);
  }

  private transact(appends: readonly WireAppend[], mayStand: (outcome: number) => boolean): Float64Array<ArrayBuffer> {
    const results = new Float64Array(appends.length * RESULT_WIDTH);
    let isCommitting = false;
    try {
      this.begin.run();
      for (let i = 0; i < appends.length; i++) {
        this.append(appends[i]!, results, i * RESULT_WIDTH);
        if (!mayStand(results[i * RESULT_WIDTH]!)) return this.takeBack(results);
      }
      isCommitting = true;
      const began = performance.now();
      this.end.run();
      this.syncMs = performance.now() - began;
      return results;
    } catch (error) {
      throw this.undo(error, isCommitting);
    }
  }

  /** Moves what the write-ahead log holds into the file when it is worth it. Readers are not kept waiting. */
  checkpointWhenDue(): void {
    if (this.sinceCheckpoint >= CHECKPOINT_BYTES) this.checkpoint();
  }

  /** Failing here loses nothing: the write-ahead log keeps what could not be moved. */
  checkpoint(): void {
    if (this.sinceCheckpoint === 0) return;
    this.sinceCheckpoint = 0;
    try {
      const [state] = this.db.pragma('wal_checkpoint(PASSIVE)') as { log: number }[];
      if (state && state.log * PAGE > this.walLimit) this.shorten();
    } catch (error) {
      if (isFatal(error)) throw this.undo(error, false);
    }
  }

  close(): void {
    this.db.close();
  }

  // Only a reader that has stood still for many megabytes makes this necessary. It is given a moment to finish its page, and if it does not,
  // the next attempt waits for twice as much.
  private shorten(): void {
    this.db.pragma('busy_timeout = 50');
    const [state] = this.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    this.db.pragma('busy_timeout = 2000');
    this.walLimit = state?.busy ? this.walLimit * 2 : WAL_LIMIT;
  }

  private append({ stream, events, expected }: WireAppend, results: Float64Array, at: number): void {
    const entry = this.streams.entry(stream);
    const verdict = judge(this.streams.view(entry), events.map(({ id }) => id.toString('latin1')), expected);
    results[at] = OUTCOMES[verdict.kind];
    if (verdict.kind === 'write' && events.length > 0) {
      this.write(stream, entry, events);
      results[at + 1] = entry.last;
      results[at + 2] = this.position;
      return;
    }
    results[at + 1] = verdict.kind === 'resent' ? verdict.revision : entry.last;
    if (verdict.kind !== 'conflict') results[at + 2] = this.place.get(entry.id, results[at + 1]!)?.position ?? 0;
  }

  private write(stream: string, entry: StreamEntry, events: readonly WireEvent[]): void {
    if (entry.id < 0) this.streams.create(stream, entry);
    for (const { id, type, data, metadata } of events) {
      if (entry.numbered) this.number++;
      this.insert.run(++this.position, entry.id, ++entry.last, this.number, this.typeId(type), id, data, metadata);
      entry.ids?.set(id.toString('latin1'), entry.last);
      this.sinceCheckpoint += data.length + metadata.length + PAGE;
    }
  }

  private typeId(name: string): number {
    let id = this.types.get(name);
    if (id === undefined) {
      this.db.prepare('INSERT OR IGNORE INTO types (name) VALUES (?)').run(name);
      id = (this.db.prepare('SELECT id FROM types WHERE name = ?').get(name) as { id: number }).id;
      this.types.set(name, id);
    }
    return id;
  }

  private takeBack(results: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
    this.db.exec('ROLLBACK');
    this.forget();
    this.recall();
    return results;
  }

  private forget(): void {
    this.streams.forget();
    this.types.clear();
  }

  private undo(error: unknown, isCommitting: boolean): CommitFailedError {
    const reason = codeOf(error);
    const isUnknown = isCommitting && reason !== 'SQLITE_FULL' && reason !== 'SQLITE_BUSY';
    let fatal = isFatal(error);
    try {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      this.forget();
      if (!fatal) this.recall();
    } catch {
      fatal = true;
    }
    return new CommitFailedError(isUnknown ? 'unknown' : 'no', fatal, reason, { cause: error });
  }

  private recall(): void {
    const newest = this.db.prepare('SELECT position, number FROM events ORDER BY position DESC LIMIT 1').get() as
      { position: number; number: number } | undefined;
    this.position = newest?.position ?? 0;
    this.number = newest?.number ?? -1;
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? 'UNEXPECTED');

// No room and no lock pass; room may be short for the index of the write-ahead log too. After any other error, above all a failed fsync, what
// the disk holds is not known, and a second try that succeeds would prove nothing.
const PASSING = new Set(['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_IOERR_SHMSIZE']);
const isFatal = (error: unknown): boolean => !PASSING.has(codeOf(error));
