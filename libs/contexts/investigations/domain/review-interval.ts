import { dayNumber } from '#kernel';
import type { LocalDate } from '#kernel';

/** One row of the force's policy on supervisor reviews. A newer row takes the place of an older one for periods that begin from its first day on. */
export interface ReviewInterval {
  readonly from: LocalDate;
  /** Days in which the first review is due after the allocation, or after the case was reopened. */
  readonly initialDays: number;
  /** Days from one review to the next. */
  readonly everyDays: number;
}

/** A stretch of time at whose end a supervisor's review is due. Days are Europe/London, counted from 1970-01-01. */
export interface ReviewPeriod {
  readonly since: number;
  /** Whether no review has been recorded since the allocation or the reopening. */
  readonly initial: boolean;
  /** What the plan of the case says; null where it says nothing and the force's policy decides. */
  readonly planDays: number | null;
}

/**
 * The last day on which the review is not overdue; null where the policy does not reach: a review that fell due before its first day is nobody's
 * to escalate. A period that began before is measured by the first row.
 * @param intervals oldest first
 */
export const reviewDueOn = ({ since, initial, planDays }: ReviewPeriod, intervals: readonly ReviewInterval[]): number | null => {
  const [first] = intervals;
  if (!first) return null;
  const { initialDays, everyDays } = intervals.findLast(({ from }) => dayNumber(from) <= since) ?? first;
  const dueOn = since + (planDays ?? (initial ? initialDays : everyDays));
  return dueOn < dayNumber(first.from) ? null : dueOn;
};
