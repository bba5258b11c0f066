import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { officerKey } from '#kernel';
import type { Reader } from '#platform/access';
import type { StateDatabase } from './state-database';

/** How long sessions last, and under which mapping they were opened. */
export interface SessionRules {
  /** ms after the last use. */
  readonly idle: number;
  /** ms after sign-in. */
  readonly absolute: number;
  /** Sessions of another mapping are over: roles are those of now. */
  readonly mapping: string;
}

/** A session that is open. Times are ms since 1970. */
export interface Session {
  readonly reader: Reader & { readonly session: string };
  readonly opened: number;
  /** When it ends if it is not used. */
  readonly idleEndsAt: number;
  /** When it ends however much it is used. */
  readonly endsAt: number;
}

/** Whom the identity provider vouched for: its own name for the person and, where it gives one, for its session. */
export interface IssuedTo {
  readonly subject: string;
  readonly issuerSession?: string;
}

interface Row {
  readonly name: string;
  readonly user: string;
  readonly reader: string;
  readonly opened: number;
  readonly used: number;
  readonly ends: number;
}

/** The last use is written at most so often, ms. */
const WRITE_USE = 60_000;

/** By so much the provider's clock may be behind ours, ms: one session too many is over rather than one too few. */
const CLOCKS = 5_000;

/** When everything of a person was ended is asked of the file so often, ms: each request with a token asks, and another program may have ended it. */
const REMEMBERED = 1_000;
/** Persons of whom that is remembered. */
const MANY = 5_000;

const COLUMNS = 'id, name, user, reader, mapping, subject, issuer_session, opened, used, ends';
const VALUES = COLUMNS.replaceAll(/\w+/g, '?');

const hash = (id: string): Buffer => createHash('sha256').update(id).digest();

/**
 * Who is signed in. Kept under the hash of what the browser holds, so that nobody who reads the file can be anybody. Ending one takes
 * effect at the next request, and is on the disk when it answers.
 */
export class Sessions {
  private readonly byId: Database.Statement<[Buffer], Row>;
  private readonly revoked = new Map<string, { readonly at: number | undefined; readonly until: number }>();
  private readonly ended: Database.Statement<[string, string], { readonly at: number | null }>;

  constructor(private readonly state: StateDatabase, private readonly rules: SessionRules, private readonly now: () => number) {
    this.byId = state.db.prepare('SELECT * FROM sessions WHERE id = ?');
    this.ended = state.db.prepare('SELECT max(at) AS at FROM revoked WHERE user IN (?, ?)');
    this.state.durably(() => this.state.db.prepare('DELETE FROM sessions WHERE ends <= ? OR used <= ? OR mapping <> ?').run(now(), now() - rules.idle, rules.mapping));
  }

  /**
   * Opens a session and gives the id for the browser: 256 random bits, another one at every sign-in. `previous`, the id that the browser held, is
   * over; when it was the same person's, its name and its end stay, so that a fresh proof of identity is no new session.
   */
  open(reader: Reader, to: IssuedTo, previous?: string): string {
    const id = randomBytes(32).toString('base64url');
    const [before, now] = [previous === undefined ? undefined : this.live(previous), this.now()];
    const same = before?.user === officerKey(reader.id) ? before : undefined;
    const [name, opened, ends] = same ? [same.name, same.opened, same.ends] : [randomUUID(), now, now + this.rules.absolute];
    const row = [hash(id), name, officerKey(reader.id), JSON.stringify(reader), this.rules.mapping, to.subject, to.issuerSession ?? null, opened, now, ends] as const;
    this.state.durably(this.state.db.transaction(() => {
      // The row of the same session stays, and with it what was said in it.
      if (same) return this.state.db.prepare(`UPDATE sessions SET (${COLUMNS}) = (${VALUES}) WHERE id = ?`).run(...row, hash(previous!));
      if (previous !== undefined) this.remove(previous);
      return this.state.db.prepare(`INSERT INTO sessions (${COLUMNS}) VALUES (${VALUES})`).run(...row);
    }));
    return id;
  }

  /** The session of an id; undefined when there is none, or none any more. `use`: whether it was used just now, which puts off its end. */
  find(id: string, use: boolean): Session | undefined {
    const row = this.live(id);
    if (!row) return undefined;
    const now = this.now();
    const write = use && now - row.used >= WRITE_USE;
    if (write) this.state.db.prepare('UPDATE sessions SET used = ? WHERE id = ?').run(now, hash(id));
    return this.sessionOf(write ? { ...row, used: now } : row);
  }

  /** Whose session an id was that ran out by itself, so that what they had typed can be kept for them; undefined when it runs, was ended or is none. */
  lapsed(id: string): Session['reader'] | undefined {
    const row = this.byId.get(hash(id));
    return row && !this.isLive(row) ? this.sessionOf(row).reader : undefined;
  }

  /** Ends one session. */
  end(id: string): void {
    this.state.durably(() => this.remove(id));
  }

  /** Ends every session of a person, however their number is written, and every token that was issued to them before. Gives how many sessions there were. */
  revoke(user: string): number {
    const [{ db }, key] = [this.state, officerKey(user)];
    this.revoked.clear();
    return this.state.durably(db.transaction(() => {
      db.prepare('INSERT INTO revoked (user, at) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET at = excluded.at').run(key, this.now());
      return db.prepare('DELETE FROM sessions WHERE user = ?').run(key).changes;
    }));
  }

  /** When everything of this person was last ended, ms since 1970; undefined when never. */
  revokedAt(user: string): number | undefined {
    const [known, now, key] = [this.revoked.get(user), this.now(), officerKey(user)];
    if (known && now < known.until && now >= known.until - REMEMBERED) return known.at;
    // Earlier programs kept numbers as they were written.
    const at = this.ended.get(key, user)?.at ?? undefined;
    if (this.revoked.size >= MANY) this.revoked.clear();
    this.revoked.set(user, { at, until: now + REMEMBERED });
    return at;
  }

  /** The open sessions of a person, the oldest first. */
  ofUser(user: string): readonly Session[] {
    return this.state.db.prepare<[string], Row>('SELECT * FROM sessions WHERE user = ? ORDER BY opened').all(officerKey(user)).filter((row) => this.isLive(row)).map((row) => this.sessionOf(row));
  }

  /** The open sessions of everybody, the oldest first. */
  all(): readonly Session[] {
    return this.state.db.prepare<[], Row>('SELECT * FROM sessions ORDER BY opened').all().filter((row) => this.isLive(row)).map((row) => this.sessionOf(row));
  }

  /** Ends the sessions that the identity provider says are over: of its session, or else all of its person that were opened by then (ms since 1970, by its clock). */
  endIssued({ subject, issuerSession }: Partial<IssuedTo>, by: number): number {
    if (subject === undefined && issuerSession === undefined) return 0;
    const ended = this.state.db.prepare('DELETE FROM sessions WHERE (issuer_session = ? OR (? IS NULL AND opened <= ?)) AND (? IS NULL OR subject = ?)');
    const [who, what] = [subject ?? null, issuerSession ?? null];
    return this.state.durably(() => ended.run(what, what, by + CLOCKS, who, who).changes);
  }

  private remove(id: string): void {
    this.state.db.prepare('DELETE FROM sessions WHERE id = ?').run(hash(id));
  }

  private live(id: string): Row | undefined {
    const row = this.byId.get(hash(id));
    return row && this.isLive(row) ? row : undefined;
  }

  private isLive({ used, ends }: Row): boolean {
    const now = this.now();
    return now < ends && now < used + this.rules.idle;
  }

  private sessionOf({ name, reader, opened, used, ends }: Row): Session {
    return { reader: { ...(JSON.parse(reader) as Reader), session: name }, opened, idleEndsAt: Math.min(used + this.rules.idle, ends), endsAt: ends };
  }
}
