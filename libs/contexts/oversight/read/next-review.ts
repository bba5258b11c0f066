import type { LocalDate } from '#kernel';
import type { RetentionGroup } from '../domain/data-subject.codes';

/** One row of `reference-data/retention-groups.json`. A newer row of the same group replaces an older one from its first day. */
export interface RetentionPeriod {
  /** `NONE`: of people whom no review has put into a group yet. */
  readonly group: RetentionGroup | 'NONE';
  readonly content: string;
  /** Years without coming to notice before the first review; absent: every review gives its own date. */
  readonly clearYears?: number;
  /** Years from one review to the next. */
  readonly reviewEveryYears?: number;
  /** Whether coming to notice as a suspect again starts the clear period anew. */
  readonly restarts: boolean;
  readonly from: LocalDate;
}

/** What the next review of a person rests on. Dates are Europe/London. */
export interface RetentionFacts {
  readonly group: RetentionGroup | 'NONE';
  /** When the person first and last came to notice as a suspect. */
  readonly firstNoticeOn?: LocalDate;
  readonly lastNoticeOn?: LocalDate;
  readonly reviewedOn?: LocalDate;
  /** Given by the last review itself. */
  readonly givenNextOn?: LocalDate;
}

const periodOn = (periods: readonly RetentionPeriod[], group: RetentionFacts['group'], day: string): RetentionPeriod | undefined =>
  periods.filter((period) => period.group === group && period.from <= day).sort((a, b) => (a.from < b.from ? 1 : -1))[0];

/** The same day so many years later; of 29 February, the 28th where there is none. */
const yearsLater = (day: string, years: number): LocalDate => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return `${String(year + years).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(Math.min(date, last)).padStart(2, '0')}` as LocalDate;
};

const later = (a: LocalDate | undefined, b: LocalDate | undefined): LocalDate | undefined => (!a ? b : !b || a > b ? a : b);

/**
 * When a person's record is next reviewed; undefined when nothing says so. A review gives the next date itself or by its group; coming to notice
 * as a suspect after it starts the clear period again where the group says so.
 * @param today the day whose periods apply
 */
export const nextReviewOn = (facts: RetentionFacts, periods: readonly RetentionPeriod[], today: LocalDate): LocalDate | undefined => {
  const { group, firstNoticeOn, lastNoticeOn, reviewedOn, givenNextOn } = facts;
  const period = periodOn(periods, group, today);
  const notice = period?.restarts ? lastNoticeOn : firstNoticeOn;
  const clear = notice && period?.clearYears !== undefined ? yearsLater(notice, period.clearYears) : undefined;
  if (!reviewedOn) return clear;
  const restarted = period?.restarts && lastNoticeOn && lastNoticeOn > reviewedOn ? clear : undefined;
  const due = givenNextOn ?? (period?.reviewEveryYears === undefined ? undefined : yearsLater(reviewedOn, period.reviewEveryYears));
  return later(due, restarted);
};
