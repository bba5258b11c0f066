import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';
import type { Private, RecordKeyId } from '#kernel';
import type { Vault } from '#platform/vault';

export interface DraftsOptions {
  /** Apart from the log, beside the keys. */
  readonly file: string;
  readonly vault: Pick<Vault, 'sealAll' | 'open'>;
  /** ms since 1970. */
  readonly now: () => number;
  /** How long a draft is kept after it was last touched, ms; default: 14 days. */
  readonly kept?: number;
}

interface Row {
  readonly event: string;
  readonly sealed: string;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS drafts (key TEXT NOT NULL, owner TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, sealed TEXT NOT NULL,
  PRIMARY KEY (owner, key)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS drafts_at ON drafts (at);`;

const FORTNIGHT = 14 * 86_400_000;
/** Drafts of one person; the oldest go first. */
const MOST = 200;
const KEY = 'drafts' as RecordKeyId;

/**
 * What people have typed and not recorded yet: sealed, each for its owner alone, over a time-out and a restart. No fact, so it may be lost: a
 * draft is written and not waited for on the disk. Whatever is left a fortnight goes.
 */
export class Drafts {
  private readonly db: Database.Database;

  /** @throws StoreUnavailableError when the file cannot be used */
  constructor(private readonly options: DraftsOptions) {
    try {
      fs.closeSync(fs.openSync(options.file, 'a', 0o600)); // the journal beside it takes its rights
      this.db = new Database(options.file);
      this.db.pragma('journal_mode = WAL');
      this.db.pragma('synchronous = NORMAL');
      this.db.pragma('secure_delete = ON');
      this.db.exec(SCHEMA);
    } catch (error) {
      throw new StoreUnavailableError('the drafts beside the keys cannot be used', 'no', { cause: error });
    }
  }

  /** @throws StoreUnavailableError when it cannot be kept */
  async keep(owner: string, key: string, text: string): Promise<void> {
    const event = randomUUID();
    const [sealed] = await this.options.vault.sealAll([{ id: event, data: { text: { unsealed: text, key: KEY } } }]);
    const now = this.options.now();
    this.write(() => {
      this.db.prepare('INSERT INTO drafts (key, owner, at, event, sealed) VALUES (?, ?, ?, ?, ?) ON CONFLICT (owner, key) DO UPDATE SET at = excluded.at, event = excluded.event, sealed = excluded.sealed')
        .run(key, owner, now, event, JSON.stringify((sealed!.data as { readonly text: Private }).text));
      this.db.prepare('DELETE FROM drafts WHERE at <= ?').run(now - (this.options.kept ?? FORTNIGHT));
      this.db.prepare('DELETE FROM drafts WHERE owner = ? AND key IN (SELECT key FROM drafts WHERE owner = ? ORDER BY at DESC LIMIT -1 OFFSET ?)').run(owner, owner, MOST);
    });
  }

  /** The owner's own; undefined for anybody else, and when it is gone. */
  async of(owner: string, key: string): Promise<string | undefined> {
    const row = this.db.prepare<[string, string, number], Row>('SELECT event, sealed FROM drafts WHERE owner = ? AND key = ? AND at > ?')
      .get(owner, key, this.options.now() - (this.options.kept ?? FORTNIGHT));
    if (!row) return undefined;
    const [text] = await this.options.vault.open([{ eventId: row.event, path: 'data.text', value: JSON.parse(row.sealed) as Private }]);
    return text ?? undefined;
  }

  close(): void {
    this.db.close();
  }

  private write(work: () => void): void {
    try {
      this.db.transaction(work).immediate();
    } catch (error) {
      throw new StoreUnavailableError('what was typed cannot be kept', 'no', { cause: error });
    }
  }
}
