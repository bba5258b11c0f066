import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { officerKey } from '#kernel';
import type { Reader } from '#platform/access';
import type { SessionRow, SessionStore } from './session-store';

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

/** The last use is written at most so often, ms. */
const WRITE_USE = 60_000;

/** By so much the provider's clock may be behind ours, ms: one session too many is over rather than one too few. */
const CLOCKS = 5_000;

const HOUR = 3_600_000;

/** Whose a session was is known so long after it ran out, ms: a form that stood open over a weekend comes back to whoever wrote it. */
const REMEMBERED_OVER = 72 * HOUR;

/** When everything of a person was ended is asked of the file so often, ms: each request with a token asks, and another program may have ended it. */
const REMEMBERED = 1_000;
/** Persons of whom that is remembered. */
const MANY = 5_000;

const hash = (id: string): Buffer => createHash('sha256').update(id).digest();

/**
 * Who is signed in. Kept under the hash of what the browser holds, so that nobody who reads the file can be anybody. Ending one takes
 * effect at the next request, and is on the disk when it answers.
 */
export class Sessions {
  private readonly revoked = new Map<string, { readonly at: number | undefined; readonly until: number }>();

  constructor(private readonly store: SessionStore, private readonly rules: SessionRules, private readonly now: () => number) {}

  /** Forgets those that have been over for long. One of another mapping may run at another process, by that one's rules: it goes after its end alone. */
  async sweep(): Promise<void> {
    const before = this.now() - REMEMBERED_OVER;
    await this.store.sweep({ ends: before, used: before - this.rules.idle, mapping: this.rules.mapping });
  }

  /** Sweeps now and every hour; gives how to stop that. Where it fails the next time does it: those that are over count as none all the same. */
  sweepHourly(): () => void {
    const sweep = (): void => void this.sweep().catch(() => undefined);
    sweep();
    const timer = setInterval(sweep, HOUR).unref();
    return () => clearInterval(timer);
  }

  /**
   * Opens a session and gives the id for the browser: 256 random bits, another one at every sign-in. `previous`, the id that the browser held, is
   * over; when it was the same person's, its name and its end stay, so that a fresh proof of identity is no new session.
   */
  async open(reader: Reader, to: IssuedTo, previous?: string): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    const [before, now] = [previous === undefined ? undefined : await this.live(previous), this.now()];
    const same = before?.user === officerKey(reader.id) ? before : undefined;
    const { name, opened, ends } = same ?? { name: randomUUID(), opened: now, ends: now + this.rules.absolute };
    await this.store.add({
      id: hash(id), name, user: officerKey(reader.id), reader: JSON.stringify(reader), mapping: this.rules.mapping,
      subject: to.subject, issuerSession: to.issuerSession ?? null, opened, used: now, ends,
    }, previous === undefined ? undefined : { id: hash(previous), same: same !== undefined });
    return id;
  }

  /** The session of an id; undefined when there is none, or none any more. `use`: whether it was used just now, which puts off its end. */
  async find(id: string, use: boolean): Promise<Session | undefined> {
    const row = await this.live(id);
    if (!row) return undefined;
    const now = this.now();
    const write = use && now - row.used >= WRITE_USE;
    if (write) await this.store.use(row.id, now);
    return this.sessionOf(write ? { ...row, used: now } : row);
  }

  /** Whose session an id was that ran out by itself, so that what they had typed can be kept for them; undefined when it runs, was ended or is none. */
  async lapsed(id: string): Promise<Session['reader'] | undefined> {
    const row = await this.store.find(hash(id));
    return row && !this.isLive(row) ? this.sessionOf(row).reader : undefined;
  }

  /** Ends one session. */
  end(id: string): Promise<void> {
    return this.store.end(hash(id));
  }

  /** Ends every session of a person, however their number is written, and every token that was issued to them before. Gives how many sessions there were. */
  async revoke(user: string): Promise<number> {
    this.revoked.clear();
    return this.store.revoke(officerKey(user), this.now()).finally(() => this.revoked.clear());
  }

  /** When everything of this person was last ended, ms since 1970; undefined when never. */
  async revokedAt(user: string): Promise<number | undefined> {
    const [known, now, key] = [this.revoked.get(user), this.now(), officerKey(user)];
    if (known && now < known.until && now >= known.until - REMEMBERED) return known.at;
    // Earlier programs kept numbers as they were written.
    const at = await this.store.revokedAt([key, user]);
    if (this.revoked.size >= MANY) this.revoked.clear();
    this.revoked.set(user, { at, until: now + REMEMBERED });
    return at;
  }

  /** The open sessions of a person, the oldest first. */
  ofUser(user: string): Promise<readonly Session[]> {
    return this.listed(officerKey(user));
  }

  /** The open sessions of everybody, the oldest first. */
  all(): Promise<readonly Session[]> {
    return this.listed();
  }

  /** Ends the sessions that the identity provider says are over: of its session, or else all of its person that were opened by then (ms since 1970, by its clock). */
  async endIssued({ subject, issuerSession }: Partial<IssuedTo>, by: number): Promise<number> {
    if (subject === undefined && issuerSession === undefined) return 0;
    return this.store.endIssued({ subject: subject ?? null, issuerSession: issuerSession ?? null }, by + CLOCKS);
  }

  private async listed(user?: string): Promise<readonly Session[]> {
    return (await this.store.list(user)).filter((row) => this.isLive(row)).map((row) => this.sessionOf(row));
  }

  private async live(id: string): Promise<SessionRow | undefined> {
    const row = await this.store.find(hash(id));
    return row && this.isLive(row) ? row : undefined;
  }

  private isLive({ used, ends, mapping }: SessionRow): boolean {
    const now = this.now();
    return now < ends && now < used + this.rules.idle && mapping === this.rules.mapping;
  }

  private sessionOf({ name, reader, opened, used, ends }: SessionRow): Session {
    return { reader: { ...(JSON.parse(reader) as Reader), session: name }, opened, idleEndsAt: Math.min(used + this.rules.idle, ends), endsAt: ends };
  }
}
