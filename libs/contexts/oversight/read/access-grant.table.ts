import type { Private } from '#kernel';
import type { Cell, Table } from '#platform/read-store';

/** Open end of what was recorded, event numbers. */
export const LATEST = Number.MAX_SAFE_INTEGER;

/**
 * One row a grant or break-glass. It gave access from `fromAt` to `untilAt` (ms, end excluded), by the ledger as it stood from event `recFrom` to
 * event `recTo` (end excluded).
 */
export interface AccessGrantRow {
  readonly entry: string;
  readonly kind: 'GRANT' | 'BREAK_GLASS';
  readonly subjectKind: 'INVESTIGATION' | 'OPERATION';
  /** Id of the investigation, or key of the operation. */
  readonly subject: string;
  readonly granteeKind: 'USER' | 'AGENCY';
  /** Key under which the grantee is looked up. */
  readonly grantee: string;
  /** The grantee as it was written. */
  readonly written: string;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly agreement: string | null;
  /** JSON of the sealed value, which the id of its event and its path open. */
  readonly basis: string;
  readonly event: string;
  readonly madeBy: string;
  readonly madeAt: number;
  readonly recFrom: number;
  readonly recTo: number;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: number | null;
  readonly finding: 'JUSTIFIED' | 'NOT_JUSTIFIED' | null;
  readonly note: string | null;
  readonly reviewEvent: string | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: number | null;
  /** Number of the event that reviewed it. */
  readonly reviewed: number | null;
}

export const accessGrantTable: Table = {
  name: 'access_grant',
  columns: {
    entry: 'TEXT NOT NULL', kind: 'TEXT NOT NULL', subjectKind: 'TEXT NOT NULL', subject: 'TEXT NOT NULL', granteeKind: 'TEXT NOT NULL', grantee: 'TEXT NOT NULL',
    written: 'TEXT NOT NULL', fromAt: 'INTEGER NOT NULL', untilAt: 'INTEGER NOT NULL', agreement: 'TEXT', basis: 'TEXT NOT NULL', event: 'TEXT NOT NULL',
    madeBy: 'TEXT NOT NULL', madeAt: 'INTEGER NOT NULL', recFrom: 'INTEGER NOT NULL', recTo: 'INTEGER NOT NULL', withdrawnBy: 'TEXT', withdrawnAt: 'INTEGER',
    finding: 'TEXT', note: 'TEXT', reviewEvent: 'TEXT', reviewedBy: 'TEXT', reviewedAt: 'INTEGER', reviewed: 'INTEGER',
  } satisfies Record<keyof AccessGrantRow, Table['columns'][string]>,
  key: ['entry'],
  indexes: [
    `(granteeKind, grantee, untilAt, fromAt, subjectKind, subject) WHERE recTo = ${LATEST}`,
    '(subjectKind, subject, recFrom)',
    '(finding, recFrom) WHERE kind = \'BREAK_GLASS\'',
  ],
};

/** One row for each investigation that a grant on the list of an operation reaches, from event `since` of the ledger on, while both stand. */
export const accessReachTable: Table = {
  name: 'access_reach',
  columns: { entry: 'TEXT NOT NULL', investigation: 'TEXT NOT NULL', since: 'INTEGER NOT NULL' },
  key: ['entry', 'investigation'],
};

/** A sealed value as a row keeps it. */
export const sealedCell = (value: Private | undefined): string | null => (value ? JSON.stringify(value) : null);

/** A row as patches take it. */
export const cells = (row: AccessGrantRow): Readonly<Record<string, Cell>> => ({ ...row });
