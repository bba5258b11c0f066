import { londonDay } from '#kernel';
import type { ReviewPeriod } from './review-interval';

/** Which review by a supervisor a case waits for. Changed in place. */
export interface CaseReview {
  /** First London day of the review period; null until the case is allocated or reviewed. */
  reviewFrom: number | null;
  /** Whether that period began with a review. */
  reviewed: boolean;
  /** As the plan says; null where it says nothing. */
  reviewEveryDays: number | null;
}

export const noReview = (): CaseReview => ({ reviewFrom: null, reviewed: false, reviewEveryDays: null });

/** From this instant (ms) on the next review is waited for. */
export const beginPeriod = (review: CaseReview, start: number, reviewed: boolean): void => {
  review.reviewFrom = londonDay(start);
  review.reviewed = reviewed;
};

/** The review that an active case waits for; null while nobody has been given the case, and once it is closed. */
export const reviewPeriodOf = ({ active, reviewFrom, reviewed, reviewEveryDays }: CaseReview & { readonly active: boolean }): ReviewPeriod | null =>
  (active && reviewFrom !== null ? { since: reviewFrom, initial: !reviewed, planDays: reviewEveryDays } : null);
