import type Database from 'better-sqlite3';
import type { SessionNotes, SessionRow, SessionStore } from './session-store';
import type { StateDatabase } from './state-database';

const COLUMNS = 'id, name, user, reader, mapping, subject, issuer_session, opened, used, ends';
const VALUES = COLUMNS.replaceAll(/\w+/g, '?');
const READ = `SELECT ${COLUMNS.replace('issuer_session', 'issuer_session AS issuerSession')} FROM sessions`;

const valuesOf = (row: SessionRow) => [row.id, row.name, row.user, row.reader, row.mapping, row.subject, row.issuerSession, row.opened, row.used, row.ends] as const;

const notesIn = (db: Database.Database): SessionNotes => {
  const one = db.prepare<[string, string], { readonly note: string }>('SELECT note FROM session_notes WHERE session = ? AND about = ?');
  const put = db.prepare(`INSERT INTO session_notes (session, about, note) SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM sessions WHERE name = ?)
    ON CONFLICT (session, about) DO UPDATE SET note = excluded.note`);
  return {
    of: async (session, about) => one.get(session, about)?.note,
    keep: async (session, about, note) => void put.run(session, about, note, session),
  };
};

/** Sessions in a file, which one process has open: each answer costs a look into its pages and no wait. */
export class SqliteSessions implements SessionStore {
  readonly notes: SessionNotes;
  private readonly byId: Database.Statement<[Buffer], SessionRow>;
  private readonly ended: Database.Statement<[string], { readonly at: number | null }>;
  private readonly db: Database.Database;

  constructor(private readonly state: StateDatabase) {
    this.db = state.db;
    this.notes = notesIn(state.db);
    this.byId = state.db.prepare(`${READ} WHERE id = ?`);
    this.ended = state.db.prepare('SELECT max(at) AS at FROM revoked WHERE user IN (SELECT value FROM json_each(?))');
  }

  async find(id: Buffer): Promise<SessionRow | undefined> {
    return this.byId.get(id);
  }

  async add(row: SessionRow, previous?: { readonly id: Buffer; readonly same: boolean }): Promise<void> {
    this.state.durably(this.db.transaction(() => {
      // The row of the same session stays, and with it what was said in it.
      if (previous?.same) return this.db.prepare(`UPDATE sessions SET (${COLUMNS}) = (${VALUES}) WHERE id = ?`).run(...valuesOf(row), previous.id);
      if (previous) this.remove(previous.id);
      return this.db.prepare(`INSERT INTO sessions (${COLUMNS}) VALUES (${VALUES})`).run(...valuesOf(row));
    }));
  }

  async use(id: Buffer, at: number): Promise<void> {
    this.db.prepare('UPDATE sessions SET used = ? WHERE id = ?').run(at, id);
  }

  async end(id: Buffer): Promise<void> {
    this.state.durably(() => this.remove(id));
  }

  async revoke(user: string, at: number): Promise<number> {
    return this.state.durably(this.db.transaction(() => {
      this.db.prepare('INSERT INTO revoked (user, at) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET at = excluded.at').run(user, at);
      return this.db.prepare('DELETE FROM sessions WHERE user = ?').run(user).changes;
    }));
  }

  async revokedAt(users: readonly string[]): Promise<number | undefined> {
    return this.ended.get(JSON.stringify(users))?.at ?? undefined;
  }

  async list(user?: string): Promise<readonly SessionRow[]> {
    return this.db.prepare<[string | null, string | null], SessionRow>(`${READ} WHERE ? IS NULL OR user = ? ORDER BY opened`).all(user ?? null, user ?? null);
  }

  async endIssued({ subject, issuerSession }: { readonly subject: string | null; readonly issuerSession: string | null }, by: number): Promise<number> {
    const ended = this.db.prepare('DELETE FROM sessions WHERE (issuer_session = ? OR (? IS NULL AND opened <= ?)) AND (? IS NULL OR subject = ?)');
    return this.state.durably(() => ended.run(issuerSession, issuerSession, by, subject, subject).changes);
  }

  async sweep({ ends, used, mapping }: { readonly ends: number; readonly used: number; readonly mapping: string }): Promise<void> {
    this.state.durably(() => this.db.prepare('DELETE FROM sessions WHERE ends <= ? OR (used <= ? AND mapping = ?)').run(ends, used, mapping));
  }

  private remove(id: Buffer): void {
    this.db.prepare('DELETE FROM sessions WHERE id = ?').run(id);
  }
}
