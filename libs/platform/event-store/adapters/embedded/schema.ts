import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';

/** `DAYB`, so that a file says whose it is. */
const APPLICATION_ID = 0x44415942;
const FORMAT = 1;
/** A write-ahead log that a long reader made longer is cut back to this when the reader has left. */
const WAL_KEPT = 64 * 1024 * 1024;

// `number` counts the ledger's events up to and including this row, also on rows of other streams, so that a number is found by bisection.
// Ids are looked up within a stream only: a unique index on random ids would cost four fifths of the append rate in a large log.
const TABLES = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, category TEXT NOT NULL) STRICT;
  CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, number INTEGER NOT NULL,
    type INTEGER NOT NULL, id BLOB NOT NULL, data BLOB NOT NULL, metadata BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);
`;

export type Connection = Database.Database;

const pragma = (db: Connection, name: string): unknown => db.pragma(name, { simple: true });

/** Opens the file for its one writer and makes it when it is not there. @throws StoreUnavailableError when it would not be durable. */
export const openForWriting = (file: string): Connection => {
  const isNew = !fs.existsSync(file);
  const db = new Database(file, { timeout: 2000 });
  try {
    if (isNew) db.pragma('page_size = 4096');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
    db.pragma('wal_autocheckpoint = 0');
    db.pragma(`journal_size_limit = ${WAL_KEPT}`);
    db.pragma('cache_size = -32768');
    requireDurable(db);
    requireWritable(file);
    layOut(db);
    if (isNew) syncFolder(path.dirname(file));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const requireDurable = (db: Connection): void => {
  const [mode, synchronous] = [pragma(db, 'journal_mode'), Number(pragma(db, 'synchronous'))];
  // SQLite answers with the level in force: 2 is FULL, 3 is EXTRA.
  if (mode !== 'wal' || synchronous < 2)
    throw new StoreUnavailableError(`the log would not be durable (journal ${String(mode)}, synchronous ${synchronous})`, 'no');
};

// Where only reading is allowed, SQLite opens a file to read it and says so at the first write.
const requireWritable = (file: string): void => {
  try {
    fs.accessSync(file, fs.constants.W_OK);
  } catch (error) {
    throw new StoreUnavailableError(`the log may not be written (${String((error as { code?: unknown }).code)})`, 'no', { cause: error });
  }
};

const layOut = (db: Connection): void => {
  const isEmpty = pragma(db, 'application_id') === 0 && pragma(db, 'schema_version') === 0;
  if (isEmpty)
    db.transaction(() => {
      db.exec(TABLES);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${FORMAT}`);
    }).immediate();
  requireFormat(db);
};

/** @throws StoreUnavailableError when the file is not a log, or one of a later program. */
export const requireFormat = (db: Connection): void => {
  if (pragma(db, 'application_id') !== APPLICATION_ID) throw new StoreUnavailableError('the file is not an event log', 'no');
  const format = Number(pragma(db, 'user_version'));
  if (format !== FORMAT) throw new StoreUnavailableError(`the log has format ${format}, this program reads ${FORMAT}`, 'no');
};

/** Opens the file to read; it must exist. @throws StoreUnavailableError */
export const openForReading = (file: string): Connection => {
  const db = openExisting(file);
  try {
    db.pragma('cache_size = -8192');
    requireFormat(db);
    return db;
  } catch (error) {
    db.close();
    throw error instanceof StoreUnavailableError ? error : unreadable(error);
  }
};

// The file is read for the first time after it was opened, so either may fail.
const unreadable = (error: unknown): StoreUnavailableError =>
  new StoreUnavailableError(`the log cannot be opened (${String((error as { code?: unknown }).code)})`, 'no', { cause: error });

const openExisting = (file: string): Connection => {
  try {
    return new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  } catch (error) {
    throw unreadable(error);
  }
};

/** Makes the names in a folder durable. */
export const syncFolder = (folder: string): void => {
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
};
