import type { InvestigationEventType } from './investigation.events';

/** Shape version of each event type that is past its first. */
export const investigationShapes = { CrimeRecorded: 2 } as const satisfies Partial<Record<InvestigationEventType, number>>;

/** What turns an older shape into the next, by type and version. */
export const investigationUpcasters = {
  /** Shape 1 knew offence dates as days alone, which shape 2 still writes so; only a month or year is new. */
  'CrimeRecorded@1': (data: object) => ({ type: 'CrimeRecorded', data, v: 2 }),
} as const;
