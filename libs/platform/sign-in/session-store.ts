/** A session as it is stored. Times are ms since 1970. */
export interface SessionRow {
  /** Hash of what the browser holds. */
  readonly id: Buffer;
  readonly name: string;
  /** The key of the person's number. */
  readonly user: string;
  /** The reader, as JSON. */
  readonly reader: string;
  readonly mapping: string;
  readonly subject: string;
  readonly issuerSession: string | null;
  readonly opened: number;
  readonly used: number;
  readonly ends: number;
}

/** What is remembered with a session and gone with it, over restarts: nobody is asked twice what they have said in it. */
export interface SessionNotes {
  /** @param session name of a session, as its reader carries it */
  of(session: string, about: string): Promise<string | undefined>;
  /** Keeps a note in the place of the one before; does nothing for a session that is over. What is personal in it has to be sealed. */
  keep(session: string, about: string, note: string): Promise<void>;
}

/**
 * Where sessions stand, and when everything of a person was ended. What ends or opens one is on the disk when it answers. Each throws
 * StoreUnavailableError when it cannot be asked.
 */
export interface SessionStore {
  readonly notes: SessionNotes;
  find(id: Buffer): Promise<SessionRow | undefined>;
  /** Adds a session. `previous`: that of this id is over; `same`: it goes on as the new one, with what was said in it. */
  add(row: SessionRow, previous?: { readonly id: Buffer; readonly same: boolean }): Promise<void>;
  /** Notes a use; need not be on the disk. */
  use(id: Buffer, at: number): Promise<void>;
  end(id: Buffer): Promise<void>;
  /** Ends every session of a person, and notes when; gives how many there were. */
  revoke(user: string, at: number): Promise<number>;
  /** When everything was last ended of a person who is known by any of these. */
  revokedAt(users: readonly string[]): Promise<number | undefined>;
  /** Of one person or of everybody, the oldest first, whether or not they run. */
  list(user?: string): Promise<readonly SessionRow[]>;
  /** Ends those that the identity provider opened for a session of its own or, where that is null, by then for a person; both must fit where both are given. */
  endIssued(to: { readonly subject: string | null; readonly issuerSession: string | null }, by: number): Promise<number>;
  /** Forgets those that ended by then, and those of this mapping that were last used by then: how long one of another may be unused is not known here. */
  sweep(over: { readonly ends: number; readonly used: number; readonly mapping: string }): Promise<void>;
}
