import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';

const schema = `
  CREATE TABLE IF NOT EXISTS sessions (
    id BLOB PRIMARY KEY, name TEXT NOT NULL UNIQUE, user TEXT NOT NULL, reader TEXT NOT NULL, mapping TEXT NOT NULL,
    subject TEXT NOT NULL, issuer_session TEXT, opened INTEGER NOT NULL, used INTEGER NOT NULL, ends INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sessions_user ON sessions (user);
  CREATE TABLE IF NOT EXISTS session_notes (session TEXT NOT NULL, about TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (session, about)) WITHOUT ROWID;
  CREATE TRIGGER IF NOT EXISTS session_notes_go AFTER DELETE ON sessions BEGIN DELETE FROM session_notes WHERE session = old.name; END;
  CREATE TABLE IF NOT EXISTS revoked (user TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS identity (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires INTEGER, grant_id TEXT, uid TEXT, PRIMARY KEY (model, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS identity_grant ON identity (grant_id);`;

/** Where who is signed in stands: beside the keys, because whoever may copy the log must not be anybody's session with it. */
export const stateFile = (folder: string): string => path.join(folder, 'state.db');

/** Sessions and what the identity provider of invented users remembers: nothing that an event needs, so that it may be lost. */
export class StateDatabase {
  readonly db: Database.Database;

  /** @throws StoreUnavailableError when the file cannot be used */
  constructor(file: string) {
    try {
      fs.closeSync(fs.openSync(file, 'a', 0o600)); // the journal beside it takes its rights
      this.db = new Database(file);
      this.db.pragma('journal_mode = WAL');
      this.db.pragma('secure_delete = ON');
      this.casually();
      this.db.exec(schema);
    } catch (error) {
      throw new StoreUnavailableError('the sessions beside the keys cannot be used', 'no', { cause: error });
    }
  }

  /** Runs what has to be on the disk when it answers: an ended session must not come back with the power. */
  durably<T>(write: () => T): T {
    this.db.pragma('synchronous = FULL');
    try {
      return write();
    } finally {
      this.casually();
    }
  }

  close(): void {
    this.db.close();
  }

  // The time of a last use is not worth waiting for a disk.
  private casually(): void {
    this.db.pragma('synchronous = NORMAL');
  }
}
