import type { Reader } from '#platform/access';
import type { SignedInRequest } from '#platform/sign-in';
import { formatTime } from '../words/format';
import { roleWords } from '../words/roles';
import type { SessionTokens } from './session-tokens';

/** Who is signed in, and until when, as every page shows it. */
export interface UserBar {
  readonly id: string;
  readonly name: string;
  /** Role, team or agency. */
  readonly place: string;
  /** Absent for whoever came with a token. */
  readonly session?: {
    /** Time of day at which it ends if nothing is done. */
    readonly endsAt: string;
    /** ms until then. */
    readonly left: number;
    readonly token: string;
    /** By which the pages of one session know each other in their browser; opens nothing. */
    readonly channel: string;
  };
}

/** `now`: real time, ms since 1970; sessions do not keep the clock of a sample. */
export const userBar = ({ id, name, role, agency, team }: Reader, signedIn: SignedInRequest['signedIn'], tokens: SessionTokens | undefined, now: number): UserBar => ({
  id, name, place: [roleWords(role), team ?? agency].join(', '),
  ...(signedIn && tokens ? { session: { endsAt: formatTime(signedIn.idleEndsAt), left: signedIn.idleEndsAt - now, token: tokens.of(signedIn.reader.session), channel: tokens.channelOf(signedIn.reader.session) } } : {}),
});
