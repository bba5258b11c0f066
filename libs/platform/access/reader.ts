import type { Actor } from '#kernel';

/** Who asks: made at sign-in, from a bearer token, or for the account that runs a command. Never changes; a new right is a new reader. */
export interface Reader {
  readonly kind: 'user' | 'system';
  /** Collar number or account, as events carry it; the same person has the same id at every door. */
  readonly id: string;
  /** For the page's own user bar alone; in no log, address or event. */
  readonly name: string;
  readonly role: string;
  readonly agency: string;
  readonly team?: string;
  /** Whether the identity provider vouches for more than one factor. */
  readonly multiFactor: boolean;
  /** When the person last proved who they are, by more than one factor where the provider offers it; ms since 1970, 0 when never so. */
  readonly provedAt: number;
  /** Opaque name of the session, for reasons given and live streams; absent at doors without one. */
  readonly session?: string;
}

/** The reader as events carry who acted. */
export const actorOf = ({ kind, id, role, agency, team }: Reader): Actor => ({ kind, id, role, agency, ...(team === undefined ? {} : { team }) });

/** How long a proof of identity serves for acts that need a fresh one, ms. */
export const STEP_UP = 5 * 60_000;

/** By so much the clock of whoever vouches for a proof may be before ours, ms: a proof of a later time is none. */
const CLOCKS = 60_000;

/** Whether the reader proved who they are within the last five minutes. */
export const isFresh = ({ kind, provedAt }: Reader, now: number): boolean =>
  kind === 'system' || (now - provedAt <= STEP_UP && provedAt - now <= CLOCKS);
