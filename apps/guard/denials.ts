import type { Named } from './rows';

/** Why somebody is turned away, or sent another way first. */
export type DenialCode =
  | 'NOT_SIGNED_IN' | 'NOT_ALLOWED' | 'RECORD_RESTRICTED' | 'REASON_NEEDED' | 'STEP_UP_NEEDED' | 'PROCESSING_RESTRICTED';

const statuses: Record<DenialCode, number> = {
  NOT_SIGNED_IN: 401, NOT_ALLOWED: 403, RECORD_RESTRICTED: 403, REASON_NEEDED: 403, STEP_UP_NEEDED: 401, PROCESSING_RESTRICTED: 403,
};

/** A record as an address names it. */
export interface NamedRecord {
  readonly record: Named['record'];
  readonly text: string;
  /** Whether the reason for access must be in words. */
  readonly inWords?: boolean;
}

/** Nothing was shown and nothing written. Says what was missing, never what the record is. */
export class DeniedError extends Error {
  override readonly name = 'DeniedError';
  /** HTTP status. */
  readonly statusCode: number;
  /** Where the reader finds what they typed, once signed in again. */
  back?: string;

  /** @param named what the address names, where that may be said: the reader knows of it */
  constructor(readonly code: DenialCode, readonly named?: NamedRecord) {
    super(code);
    this.statusCode = statuses[code];
  }
}
