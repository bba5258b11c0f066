import { layOut } from '#platform/postgres';
import type { Postgres, SchemaPart } from '#platform/postgres';
import type { PendingStore } from './pending-sign-ins';
import type { SessionNotes, SessionRow, SessionStore } from './session-store';

/** Tables of who is signed in and who is about to be. */
const sessionsPart: SchemaPart = {
  name: 'sessions',
  steps: [`
    CREATE TABLE daybook.sessions (
      id bytea PRIMARY KEY, name text NOT NULL UNIQUE, person text NOT NULL, reader text NOT NULL, mapping text NOT NULL,
      subject text NOT NULL, issuer_session text, opened bigint NOT NULL, used bigint NOT NULL, ends bigint NOT NULL);
    CREATE INDEX sessions_person ON daybook.sessions (person);
    CREATE TABLE daybook.session_notes (
      session text NOT NULL REFERENCES daybook.sessions (name) ON DELETE CASCADE, about text NOT NULL, note text NOT NULL, PRIMARY KEY (session, about));
    CREATE TABLE daybook.revoked (person text PRIMARY KEY, at bigint NOT NULL);
    CREATE TABLE daybook.pending_sign_ins (key text PRIMARY KEY, sent text NOT NULL, until bigint NOT NULL);
    CREATE INDEX pending_until ON daybook.pending_sign_ins (until);`],
};

/** A session is believed to run so long after it was looked up, ms: another process may have ended it, and each request asks. */
const BELIEVED = 2_000;
const MANY = 10_000;

const COLUMNS = 'id, name, person, reader, mapping, subject, issuer_session, opened, used, ends';
const READ = 'SELECT id, name, person AS "user", reader, mapping, subject, issuer_session AS "issuerSession", opened::float8 AS opened, used::float8 AS used, ends::float8 AS ends FROM daybook.sessions';
const valuesOf = (row: SessionRow): unknown[] => [row.id, row.name, row.user, row.reader, row.mapping, row.subject, row.issuerSession, row.opened, row.used, row.ends];

const notesIn = ({ query }: Postgres): SessionNotes => ({
  of: async (session, about) => (await query<{ note: string }>('SELECT note FROM daybook.session_notes WHERE session = $1 AND about = $2', [session, about]))[0]?.note,
  keep: async (session, about, note) => void (await query(`
    INSERT INTO daybook.session_notes (session, about, note) SELECT name, $2, $3 FROM daybook.sessions WHERE name = $1
    ON CONFLICT (session, about) DO UPDATE SET note = excluded.note`, [session, about, note])),
});

/** Sessions in PostgreSQL, for any number of processes: what one ends is over in every other after two seconds at most. */
export class PostgresSessions implements SessionStore {
  readonly notes: SessionNotes;
  private readonly known = new Map<string, { readonly row: SessionRow; readonly until: number }>();
  /** Grows whenever this process changed something: what was asked for before is not believed then. */
  private changes = 0;

  constructor(private readonly postgres: Postgres) {
    this.notes = notesIn(postgres);
  }

  async find(id: Buffer): Promise<SessionRow | undefined> {
    const [key, now, { changes }] = [id.toString('base64'), performance.now(), this];
    const known = this.known.get(key);
    if (known && now < known.until) return known.row;
    const [row] = await this.postgres.query<SessionRow>(`${READ} WHERE id = $1`, [id]);
    if (row && changes === this.changes) this.believe(key, row, now + BELIEVED);
    return row;
  }

  async add(row: SessionRow, previous?: { readonly id: Buffer; readonly same: boolean }): Promise<void> {
    await this.changing(this.postgres.transaction(async (sql) => {
      if (previous?.same) {
        await sql(`UPDATE daybook.sessions SET (${COLUMNS}) = ROW ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) WHERE id = $11`, [...valuesOf(row), previous.id]);
        return;
      }
      if (previous) await sql('DELETE FROM daybook.sessions WHERE id = $1', [previous.id]);
      await sql(`INSERT INTO daybook.sessions (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, valuesOf(row));
    }));
  }

  async use(id: Buffer, at: number): Promise<void> {
    await this.changing(this.postgres.query('UPDATE daybook.sessions SET used = greatest(used, $2) WHERE id = $1', [id, at]));
  }

  async end(id: Buffer): Promise<void> {
    await this.changing(this.postgres.query('DELETE FROM daybook.sessions WHERE id = $1', [id]));
  }

  async revoke(user: string, at: number): Promise<number> {
    return this.changing(this.postgres.transaction(async (sql) => {
      await sql('INSERT INTO daybook.revoked (person, at) VALUES ($1, $2) ON CONFLICT (person) DO UPDATE SET at = excluded.at', [user, at]);
      return (await sql('DELETE FROM daybook.sessions WHERE person = $1 RETURNING 1', [user])).length;
    }));
  }

  async revokedAt(users: readonly string[]): Promise<number | undefined> {
    const [row] = await this.postgres.query<{ at: number | null }>('SELECT max(at)::float8 AS at FROM daybook.revoked WHERE person = ANY($1)', [users]);
    return row?.at ?? undefined;
  }

  async list(user?: string): Promise<readonly SessionRow[]> {
    return this.postgres.query<SessionRow>(`${READ} WHERE $1::text IS NULL OR person = $1 ORDER BY opened`, [user ?? null]);
  }

  async endIssued({ subject, issuerSession }: { readonly subject: string | null; readonly issuerSession: string | null }, by: number): Promise<number> {
    const ended = await this.changing(this.postgres.query(`
      DELETE FROM daybook.sessions WHERE (issuer_session = $1 OR ($1::text IS NULL AND opened <= $2)) AND ($3::text IS NULL OR subject = $3) RETURNING 1`, [issuerSession, by, subject]));
    return ended.length;
  }

  async sweep({ ends, used, mapping }: { readonly ends: number; readonly used: number; readonly mapping: string }): Promise<void> {
    await this.changing(this.postgres.query('DELETE FROM daybook.sessions WHERE ends <= $1 OR (used <= $2 AND mapping = $3)', [ends, used, mapping]));
  }

  private believe(key: string, row: SessionRow, until: number): void {
    if (this.known.size >= MANY) this.known.clear();
    this.known.set(key, { row, until });
  }

  private async changing<T>(work: Promise<T>): Promise<T> {
    this.forget();
    return work.finally(() => this.forget());
  }

  private forget(): void {
    this.changes++;
    this.known.clear();
  }
}

/** Sign-ins that are under way, for a browser that comes back to another process than it left. */
export const postgresPending = ({ query }: Postgres): PendingStore => ({
  put: async (key, sent, { now, until }) => {
    await query('DELETE FROM daybook.pending_sign_ins WHERE key IN (SELECT key FROM daybook.pending_sign_ins WHERE until <= $1 LIMIT 100 FOR UPDATE SKIP LOCKED)', [now]);
    await query('INSERT INTO daybook.pending_sign_ins (key, sent, until) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET sent = excluded.sent, until = excluded.until', [key, sent, until]);
  },
  take: async (key, now) => {
    const [row] = await query<{ sent: string; until: number }>('DELETE FROM daybook.pending_sign_ins WHERE key = $1 RETURNING sent, until::float8 AS until', [key]);
    return row && now < row.until ? row.sent : undefined;
  },
});

/** Lays the tables out where there are none. @throws StoreUnavailableError */
export const openPostgresSessions = async (postgres: Postgres): Promise<PostgresSessions> => {
  await layOut(postgres, sessionsPart);
  return new PostgresSessions(postgres);
};
