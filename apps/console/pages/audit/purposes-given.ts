import type { Reader } from '#platform/access';
import { lookLogPurposes } from '#contexts/oversight';
import type { LookLogPurpose } from '#contexts/oversight';

/** Sessions whose purpose is remembered; the oldest is asked again. */
const MOST = 5000;

const sessionOf = ({ session, id }: Reader): string => session ?? id;

/** A purpose as a form sends it; undefined for anything else. */
export const purposeFrom = (text: string): LookLogPurpose | undefined => lookLogPurposes.find((purpose) => purpose === text);

/** For what the log is looked at: asked once a session. In memory: after a restart it is asked again. */
export class PurposesGiven {
  private readonly given = new Map<string, LookLogPurpose>();

  of(reader: Reader): LookLogPurpose | undefined {
    return this.given.get(sessionOf(reader));
  }

  give(reader: Reader, purpose: LookLogPurpose): void {
    this.given.delete(sessionOf(reader));
    this.given.set(sessionOf(reader), purpose);
    const [oldest] = this.given.keys();
    if (this.given.size > MOST && oldest !== undefined) this.given.delete(oldest);
  }
}
