import fs from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';
import type { DraftStore, StoredDraft } from './draft-store';

const SCHEMA = `CREATE TABLE IF NOT EXISTS drafts (key TEXT NOT NULL, owner TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, sealed TEXT NOT NULL,
  PRIMARY KEY (owner, key)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS drafts_at ON drafts (at);`;

/** Drafts in a file, which one process has open. They are written and not waited for on the disk. */
export class SqliteDrafts implements DraftStore {
  private readonly db: Database.Database;

  /** @param file apart from the log, beside the keys. @throws StoreUnavailableError when it cannot be used */
  constructor(file: string) {
    try {
      fs.closeSync(fs.openSync(file, 'a', 0o600)); // the journal beside it takes its rights
      this.db = new Database(file);
      this.db.pragma('journal_mode = WAL');
      this.db.pragma('synchronous = NORMAL');
      this.db.pragma('secure_delete = ON');
      this.db.exec(SCHEMA);
    } catch (error) {
      throw new StoreUnavailableError('the drafts beside the keys cannot be used', 'no', { cause: error });
    }
  }

  async keep(owner: string, key: string, { event, sealed }: StoredDraft, { at, untouched, most }: Parameters<DraftStore['keep']>[3]): Promise<void> {
    try {
      this.db.transaction(() => {
        this.db.prepare('INSERT INTO drafts (key, owner, at, event, sealed) VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, key) DO UPDATE SET at = excluded.at, event = excluded.event, sealed = excluded.sealed')
          .run(key, owner, at, event, sealed);
        this.db.prepare('DELETE FROM drafts WHERE at <= ?').run(untouched);
        this.db.prepare('DELETE FROM drafts WHERE owner = ? AND key IN (SELECT key FROM drafts WHERE owner = ? ORDER BY at DESC LIMIT -1 OFFSET ?)').run(owner, owner, most);
      }).immediate();
    } catch (error) {
      throw new StoreUnavailableError('what was typed cannot be kept', 'no', { cause: error });
    }
  }

  async find(owner: string, key: string, since: number): Promise<StoredDraft | undefined> {
    return this.db.prepare<[string, string, number], StoredDraft>('SELECT event, sealed FROM drafts WHERE owner = ? AND key = ? AND at > ?').get(owner, key, since);
  }

  close(): void {
    this.db.close();
  }
}
