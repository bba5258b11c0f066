import { dateOfDay, dayNumber } from '#kernel';
import type { InvestigationId, LinkId, LocalDate } from '#kernel';
import type { Cell, ReadDatabase } from '#platform/read-store';
import type { ReviewInterval } from '../domain/review-interval';

/** What waits for too long and is not escalated. `dueOn`: the last day on which it was in time. */
export interface DueReview {
  readonly investigationId: InvestigationId;
  readonly dueOn: LocalDate;
}

export interface DueSuspect extends DueReview {
  readonly linkId: LinkId;
}

/** What is overdue on a London day, behind the last of the page before. */
export interface DueAsked<D> {
  readonly today: number;
  readonly after?: D;
  readonly limit: number;
}

interface Row {
  readonly investigation: InvestigationId;
  readonly dueOn: number;
}

const EARLIEST = -1_000_000;
const LATEST_DAY = 1_000_000;

const BY_PLAN = `SELECT investigation, dueOn FROM review_watch
  WHERE dueOn IS NOT NULL AND dueOn BETWEEN ? AND ? AND (dueOn, investigation) > (?, ?) ORDER BY dueOn, investigation LIMIT ?`;
const BY_POLICY = `SELECT investigation, since + ? AS dueOn FROM review_watch
  WHERE dueOn IS NULL AND initial = ? AND since BETWEEN ? AND ? AND (since, investigation) > (?, ?) ORDER BY since, investigation LIMIT ?`;
const SUSPECTS = `SELECT investigation, link, since FROM suspect_watch
  WHERE since <= ? AND (since, investigation, link) > (?, ?, ?) ORDER BY since, investigation, link LIMIT ?`;

const placeOf = (after: DueReview | undefined): { readonly day: number; readonly id: string } => (after ? { day: dayNumber(after.dueOn), id: after.investigationId } : { day: EARLIEST, id: '' });

const inOrder = (a: Row, b: Row): number => a.dueOn - b.dueOn || (a.investigation < b.investigation ? -1 : 1);

/** Periods that the policy measures alike: by one row of it, before or after a first review. Their days follow each other as their due days do. */
const byPolicy = function* (intervals: readonly ReviewInterval[], { today, after, limit }: DueAsked<DueReview>): Generator<readonly Cell[]> {
  const first = dayNumber(intervals[0]!.from);
  const { day, id } = placeOf(after);
  for (const [i, { from, initialDays, everyDays }] of intervals.entries()) {
    const begins = i === 0 ? EARLIEST : dayNumber(from);
    const ends = i + 1 < intervals.length ? dayNumber(intervals[i + 1]!.from) - 1 : LATEST_DAY;
    for (const [initial, days] of [[1, initialDays], [0, everyDays]] as const)
      yield [days, initial, Math.max(begins, first - days), Math.min(ends, today - days - 1), day - days, id, limit];
  }
};

/**
 * Reviews that are overdue and not escalated, the longest overdue first. Reads no more rows than it answers, for each row of the policy: what is not due
 * costs nothing, however many cases there are.
 */
export const dueReviews = (db: ReadDatabase, intervals: readonly ReviewInterval[], asked: DueAsked<DueReview>): readonly DueReview[] => {
  const [first] = intervals;
  if (!first) return [];
  const { day, id } = placeOf(asked.after);
  const planned = db.all<Row>(BY_PLAN, dayNumber(first.from), asked.today - 1, day, id, asked.limit);
  const others = [...byPolicy(intervals, asked)].flatMap((values) => db.all<Row>(BY_POLICY, ...values));
  return [...planned, ...others].sort(inOrder).slice(0, asked.limit).map(({ investigation, dueOn }) => ({ investigationId: investigation, dueOn: dateOfDay(dueOn) }));
};

/** The same of suspects who are outstanding for more than `days` days. */
export const dueSuspects = (db: ReadDatabase, days: number, { today, after, limit }: DueAsked<DueSuspect>): readonly DueSuspect[] => {
  const { day, id } = placeOf(after);
  return db.all<{ investigation: InvestigationId; link: LinkId; since: number }>(SUSPECTS, today - days - 1, day - days, id, after?.linkId ?? '', limit)
    .map(({ investigation, link, since }) => ({ investigationId: investigation, linkId: link, dueOn: dateOfDay(since + days) }));
};
