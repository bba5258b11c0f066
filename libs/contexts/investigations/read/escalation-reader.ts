import { londonDay } from '#kernel';
import type { Clock } from '#kernel';
import type { ReadStore } from '#platform/read-store';
import type { ReviewInterval } from '../domain/review-interval';
import { THRESHOLD_DAYS } from './bands';
import { dueReviews, dueSuspects } from './due-work.query';
import type { DueAsked, DueReview, DueSuspect } from './due-work.query';
import { supervisorsOfWork, workOf } from './work-items.query';
import type { WorkItem } from './work-items.query';

/** Answers what is to be escalated, and what was and waits: as things stand now, whoever asks. */
export class EscalationReader {
  /** @param intervals the force's policy on reviews, oldest first; days are those of `clock` */
  constructor(private readonly reads: Pick<ReadStore, 'db' | 'ready'>, private readonly clock: Clock, readonly intervals: readonly ReviewInterval[]) {}

  /** Whether anything can be answered yet. */
  get ready(): boolean {
    return this.reads.ready;
  }

  /** Overdue reviews that are not escalated, the longest overdue first. `now`: ms since 1970 */
  dueReviews({ now, ...asked }: Omit<DueAsked<DueReview>, 'today'> & { readonly now: number }): readonly DueReview[] {
    return dueReviews(this.reads.db, this.intervals, { ...asked, today: londonDay(now) });
  }

  /** Suspects over twelve weeks for whom that is not escalated, the longest-waiting first. */
  dueSuspects({ now, ...asked }: Omit<DueAsked<DueSuspect>, 'today'> & { readonly now: number }): readonly DueSuspect[] {
    return dueSuspects(this.reads.db, THRESHOLD_DAYS, { ...asked, today: londonDay(now) });
  }

  /** Keys of the supervisors in the cases of which something waits. */
  supervisors(): readonly string[] {
    return supervisorsOfWork(this.reads.db);
  }

  /** What waits on cases of these supervisors (by key; null: on cases without one), the oldest first. */
  waiting(supervisors: readonly (string | null)[]): readonly WorkItem[] {
    const measure = { today: londonDay(this.clock()), outstandingDays: THRESHOLD_DAYS, intervals: this.intervals };
    return this.reads.db.snapshot(() => supervisors.flatMap((supervisor) => workOf(this.reads.db, supervisor, measure))).sort(inOrder);
  }
}

const inOrder = (a: WorkItem, b: WorkItem): number => (a.dueOn === b.dueOn ? a.number - b.number : a.dueOn < b.dueOn ? -1 : 1);
