import { dateOfDay, instantOf } from '#kernel';
import type { Instant, InvestigationId, LinkId, LocalDate, OfficerId } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import type { EscalationEvent } from '../domain/investigation.events';
import { reviewDueOn } from '../domain/review-interval';
import type { ReviewInterval } from '../domain/review-interval';
import { referenceOf } from './investigation-items';
import { STANDING } from './investigation.tables';

/** Something that was escalated and waits. Days are Europe/London. */
export interface WorkItem {
  readonly investigationId: InvestigationId;
  readonly reference: string;
  /** Id of the event that escalated it, and its number. */
  readonly escalation: string;
  readonly number: number;
  readonly kind: EscalationEvent['type'];
  /** The suspect; null where it is about the case. */
  readonly linkId: LinkId | null;
  /** First day of the review period, or of the outstanding episode. */
  readonly since: LocalDate;
  /** The last day on which it was in time. */
  readonly dueOn: LocalDate;
  readonly overdueDays: number;
  readonly escalatedAt: Instant;
  /** The supervisor in the case as it stands now. */
  readonly supervisor: OfficerId | null;
  readonly officer: OfficerId | null;
  readonly team: string | null;
  readonly area: string;
}

interface Row {
  readonly opener: number;
  readonly number: number;
  readonly investigation: InvestigationId;
  readonly event: string;
  readonly kind: EscalationEvent['type'];
  readonly link: LinkId | null;
  readonly since: number;
  readonly recordedAt: number;
  readonly initial: number;
  readonly planDue: number | null;
  readonly supervisor: OfficerId | null;
  readonly officer: OfficerId | null;
  readonly team: string | null;
  readonly area: string;
}

const FOUND = `SELECT e.opener, e.number, e.investigation, e.event, e.kind, e.link, e.since, e.recordedAt, e.initial, e.planDue, r.supervisor, r.officer, r.team, r.area
  FROM escalation e JOIN investigation_rect r ON r.opener = e.opener AND r.${STANDING.replace(' AND ', ' AND r.')}
  WHERE e.standing = 1 AND e.supervisor IS ?`;

const SUPERVISORS = `WITH RECURSIVE step(supervisor) AS (
    SELECT min(supervisor) FROM escalation WHERE standing = 1
    UNION ALL SELECT (SELECT min(supervisor) FROM escalation WHERE standing = 1 AND supervisor > step.supervisor) FROM step WHERE supervisor IS NOT NULL
  ) SELECT supervisor FROM step WHERE supervisor IS NOT NULL`;

/** Keys of the supervisors in the cases of which something waits. */
export const supervisorsOfWork = (db: ReadDatabase): readonly string[] => db.all<{ supervisor: string }>(SUPERVISORS).map(({ supervisor }) => supervisor);

/** By what the force's policy and the plan say now: a longer interval may have made it due later. */
const dueOnOf = ({ link, since, initial, planDue }: Row, days: number, intervals: readonly ReviewInterval[]): number | null =>
  (link !== null ? since + days : planDue ?? reviewDueOn({ since, initial: initial === 1, planDays: null }, intervals));

interface Measure {
  readonly today: number;
  /** Days that a suspect may be outstanding. */
  readonly outstandingDays: number;
  readonly intervals: readonly ReviewInterval[];
}

/** What waits on cases of this supervisor (by key), or on cases without one (null); in no order. */
export const workOf = (db: ReadDatabase, supervisor: string | null, { today, outstandingDays, intervals }: Measure): readonly WorkItem[] =>
  db.all<Row>(FOUND, supervisor).flatMap((row) => {
    const dueOn = dueOnOf(row, outstandingDays, intervals);
    if (dueOn === null || dueOn >= today) return [];
    const { opener, number, investigation, event, kind, link, since, recordedAt, officer, team, area } = row;
    return [{
      investigationId: investigation, reference: referenceOf(opener), escalation: event, number, kind, linkId: link, since: dateOfDay(since), dueOn: dateOfDay(dueOn),
      overdueDays: today - dueOn, escalatedAt: instantOf(recordedAt), supervisor: row.supervisor, officer, team, area,
    }];
  });
