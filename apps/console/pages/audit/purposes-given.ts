import type { Reader } from '#platform/access';
import type { SessionNotes } from '#platform/sign-in';
import { lookLogPurposes } from '#contexts/oversight';
import type { LookLogPurpose } from '#contexts/oversight';

const ABOUT = 'purpose of the log of looks';

/** A purpose as a form sends it; undefined for anything else. */
export const purposeFrom = (text: string): LookLogPurpose | undefined => lookLogPurposes.find((purpose) => purpose === text);

/** For what the log is looked at: asked once a session, also when the program starts anew in between. */
export class PurposesGiven {
  constructor(private readonly notes: Pick<SessionNotes, 'of' | 'keep'>) {}

  async of({ session }: Reader): Promise<LookLogPurpose | undefined> {
    return session === undefined ? undefined : purposeFrom((await this.notes.of(session, ABOUT)) ?? '');
  }

  async give({ session }: Reader, purpose: LookLogPurpose): Promise<void> {
    if (session !== undefined) await this.notes.keep(session, ABOUT, purpose);
  }
}
