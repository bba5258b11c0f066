import { dateOfDay, londonDay } from '#kernel';
import type { InvestigationId, LocalDate, OfficerId, Private } from '#kernel';
import type { Grantee } from '../domain/access-list.events';
import type { BreakGlassFinding } from '../domain/codes';
import type { AccessGrantRow } from './access-grant.table';

/** A sealed text with the place from which the vault opens it. */
export interface SealedText {
  readonly eventId: string;
  readonly path: string;
  readonly value: Private;
}

/** One entry of an access list. Instants are ms since 1970. */
export interface AccessEntry {
  /** Of the grant, or of the break-glass. */
  readonly id: string;
  readonly kind: 'GRANT' | 'BREAK_GLASS';
  readonly to: Grantee;
  /** First and last day, Europe/London. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** It gives access from `fromAt` up to, not including, `untilAt`, unless it was ended before. */
  readonly fromAt: number;
  readonly untilAt: number;
  readonly agreement: string | null;
  /** Of the list of an operation: the investigations that it reaches, while they belong to it. */
  readonly reaches: readonly InvestigationId[];
  readonly basis: SealedText;
  readonly by: string;
  readonly at: number;
  /** Who took it away before its time, and when; a review that found no need of it does. */
  readonly ended: { readonly by: string; readonly at: number } | null;
}

export interface BreakGlassReview {
  readonly finding: BreakGlassFinding;
  readonly note: SealedText | null;
  readonly by: string;
  readonly at: number;
}

/** One use of the break-glass. */
export interface BreakGlassItem {
  readonly breakGlassId: string;
  readonly investigationId: InvestigationId;
  readonly reader: OfficerId;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly basis: SealedText;
  readonly review: BreakGlassReview | null;
}

const sealedAt = (eventId: string, path: string, cell: string): SealedText => ({ eventId, path, value: JSON.parse(cell) as Private });

const endedIn = ({ withdrawnBy, withdrawnAt, finding, reviewedBy, reviewedAt }: AccessGrantRow): AccessEntry['ended'] => {
  if (withdrawnBy !== null) return { by: withdrawnBy, at: withdrawnAt! };
  return finding === 'NOT_JUSTIFIED' ? { by: reviewedBy!, at: reviewedAt! } : null;
};

/** A row as an entry of its list, by what was recorded up to event `number`. */
export const entryOf = (row: AccessGrantRow, number: number, reaches: readonly InvestigationId[] = []): AccessEntry => ({
  id: row.entry, kind: row.kind,
  to: row.granteeKind === 'USER' ? { kind: 'USER', id: row.written as OfficerId } : { kind: 'AGENCY', agency: row.written },
  from: dateOfDay(londonDay(row.fromAt)), until: dateOfDay(londonDay(row.untilAt - 1)), fromAt: row.fromAt, untilAt: row.untilAt, agreement: row.agreement, reaches,
  basis: sealedAt(row.event, 'data.basis', row.basis), by: row.madeBy, at: row.madeAt, ended: row.recTo <= number ? endedIn(row) : null,
});

const reviewIn = ({ finding, note, reviewEvent, reviewedBy, reviewedAt }: AccessGrantRow): BreakGlassReview | null =>
  (finding === null ? null : { finding, note: note === null ? null : sealedAt(reviewEvent!, 'data.note', note), by: reviewedBy!, at: reviewedAt! });

/** A row of a break-glass as it stands. */
export const breakGlassOf = (row: AccessGrantRow): BreakGlassItem => ({
  breakGlassId: row.entry, investigationId: row.subject as InvestigationId, reader: row.written as OfficerId, fromAt: row.fromAt, untilAt: row.untilAt,
  basis: sealedAt(row.event, 'data.basis', row.basis), review: reviewIn(row),
});
