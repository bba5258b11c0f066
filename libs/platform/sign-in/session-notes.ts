import type Database from 'better-sqlite3';
import type { StateDatabase } from './state-database';

/** What is remembered with a session and gone with it, over restarts: nobody is asked twice what they have said in it. */
export class SessionNotes {
  private readonly one: Database.Statement<[string, string], { readonly note: string }>;
  private readonly put: Database.Statement<[string, string, string, string]>;

  constructor({ db }: StateDatabase) {
    this.one = db.prepare('SELECT note FROM session_notes WHERE session = ? AND about = ?');
    this.put = db.prepare(`INSERT INTO session_notes (session, about, note) SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM sessions WHERE name = ?)
      ON CONFLICT (session, about) DO UPDATE SET note = excluded.note`);
  }

  /** @param session name of a session, as its reader carries it */
  of(session: string, about: string): string | undefined {
    return this.one.get(session, about)?.note;
  }

  /** Keeps a note in the place of the one before; does nothing for a session that is over. What is personal in it has to be sealed. */
  keep(session: string, about: string, note: string): void {
    this.put.run(session, about, note, session);
  }
}
