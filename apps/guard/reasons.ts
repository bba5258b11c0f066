/** Why somebody opens a record that is not theirs. Coded, because a text that must be typed is filled with full stops. */
export const accessReasons = [
  'ALLOCATED', 'SUPERVISION_OR_TASKING', 'INTELLIGENCE_DEVELOPMENT', 'DISCLOSURE_OR_COURT', 'AUDIT_OR_DIP_SAMPLE', 'PARTNER_SAFEGUARDING', 'OTHER',
] as const;
export type AccessReasonCode = (typeof accessReasons)[number];

/** A reason for access as it was given. */
export interface AccessReason {
  readonly code: AccessReasonCode;
  /** A tasking, request or case number. */
  readonly reference?: string;
  /** Personal: sealed before it is stored. */
  readonly words?: string;
}

/** Sessions whose reasons are remembered; the one unused for longest is asked again. */
const SESSIONS = 5_000;
/** Records of one session. */
const RECORDS = 2_000;

/** Reasons given, by session and record: asked once each. In memory: after a restart they are asked again. */
export class ReasonsGiven {
  private readonly sessions = new Map<string, Map<string, AccessReason>>();

  of(session: string, record: string): AccessReason | undefined {
    return this.sessions.get(session)?.get(record);
  }

  give(session: string, record: string, reason: AccessReason): void {
    const given = this.sessions.get(session) ?? new Map<string, AccessReason>();
    this.sessions.delete(session);
    this.sessions.set(session, given.set(record, reason));
    shorten(given, RECORDS);
    shorten(this.sessions, SESSIONS);
  }
}

// A map keeps the order in which things were put.
const shorten = (map: Map<string, unknown>, most: number): void => {
  for (const [oldest] of map) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
};
