import { dateOfDay, londonDay } from '#kernel';
import type { LocalDate } from '#kernel';
import { reviewDueOn, THRESHOLD_DAYS } from '#contexts/investigations';
import type { ReviewInterval, ReviewPeriod } from '#contexts/investigations';
import type { WrittenCase } from './access-script';
import { LAST_DAY, SAMPLE_END } from './calendar';
import { isActive, openWait } from './case-plan';
import { linkIdOf } from './scene';
import type { InvestigationOrder } from './scene';

/** The invented force began to escalate overdue reviews on the Monday before the sample's end; what fell due before was left alone. */
export const sampleReviewIntervals: readonly ReviewInterval[] = [{ from: '2019-12-23' as LocalDate, initialDays: 28, everyDays: 28 }];

const BEGUN = SAMPLE_END - 28 * 60_000;
const STEP = 5_000;
const program = { kind: 'system', id: 'reactions' } as const;

/** As the rules of the product tell it from what was recorded; they are asked again when the sample is loaded. */
const periodOf = ({ writer }: WrittenCase): ReviewPeriod | undefined => {
  let [since, initial, planDays] = [undefined as number | undefined, true, null as number | null];
  for (const { command, at } of [...writer.entries].sort((a, b) => a.at - b.at)) {
    if (command.type === 'SetInvestigationPlan') planDays = command.data.reviewEveryDays;
    if (command.type === 'AllocateInvestigation' || command.type === 'ReopenInvestigation') [since, initial] = [londonDay(at), true];
    if (command.type === 'RecordSupervisorReview') [since, initial] = [londonDay(at), false];
  }
  return since === undefined ? undefined : { since, initial, planDays };
};

const dueOf = (written: WrittenCase): InvestigationOrder[] => {
  const period = periodOf(written);
  const review = period ? reviewDueOn(period, sampleReviewIntervals) : null;
  const suspects = written.plan.suspects.flatMap((suspect, index): InvestigationOrder[] => {
    const due = (openWait(suspect)?.from ?? LAST_DAY) + THRESHOLD_DAYS;
    return due < LAST_DAY ? [{ type: 'EscalateOutstandingSuspect', data: { linkId: linkIdOf(written.plan, index), dueOn: dateOfDay(due) } }] : [];
  });
  if (review === null || review >= LAST_DAY) return suspects;
  return [{ type: 'EscalateOverdueReview', data: { dueOn: dateOfDay(review), intervals: sampleReviewIntervals } }, ...suspects];
};

/** What the program had escalated by the sample's end, so that somebody who opens it finds it done: on its last afternoon, all at once. */
export const writeEscalations = (cases: readonly WrittenCase[]): void => {
  let recorded = BEGUN;
  for (const written of cases.filter(({ plan }) => isActive(plan)))
    for (const order of dueOf(written)) written.writer.record(order, { at: recorded, recorded: (recorded += STEP), actor: program });
};
