import { dateOfDay, intervalOf, londonDay, officerKey, placedHistory } from '#kernel';
import type { CommandContext, Fact, LocalDate, OfficerId, RecordedEvent } from '#kernel';
import { reviewPeriodOf } from './case-review';
import { evolveCase, openCase } from './case-state';
import type { CaseState } from './case-state';
import { THRESHOLD_DAYS } from './codes';
import type { EscalationCommand } from './investigation.commands';
import type { InvestigationEvent } from './investigation.events';
import type { InvestigationState } from './investigation.state';
import { reviewDueOn } from './review-interval';

type News = readonly Fact<InvestigationEvent>[];
type Recorded = readonly RecordedEvent<InvestigationEvent>[];

const standOf = (recorded: Recorded): CaseState => {
  const state = openCase();
  for (const { event, start } of placedHistory(recorded)) evolveCase(state, event, start);
  return state;
};

const todayOf = ({ effectiveAt }: CommandContext): number => londonDay(intervalOf(effectiveAt).earliest);

/** The supervisor to whom the case is allocated. Where there is none, or none in the post, the rank above has to see that there is one. */
const addressee = ({ supervisor }: CaseState, left: OfficerId | undefined) =>
  (supervisor === null || (left !== undefined && officerKey(left) === officerKey(supervisor))
    ? ({ stage: 'INSPECTOR' } as const) : ({ stage: 'LOCAL_SUPERVISOR', owner: supervisor as OfficerId } as const));

const overdueReview = ({ data: { dueOn, intervals, supervisorLeft }, context }: Extract<EscalationCommand, { type: 'EscalateOverdueReview' }>, recorded: Recorded): News => {
  const stand = standOf(recorded);
  const period = reviewPeriodOf(stand);
  const due = period && reviewDueOn(period, intervals);
  if (!period || due === null || dateOfDay(due) !== dueOn || due >= todayOf(context)) return [];
  const since = dateOfDay(period.since);
  if (recorded.some(({ type, data }) => type === 'OverdueReviewEscalated' && sinceOf(data) === since)) return [];
  return [{ type: 'OverdueReviewEscalated', data: { since, dueOn, ...addressee(stand, supervisorLeft) } }];
};

const outstandingSuspect = ({ data: { linkId, dueOn, supervisorLeft }, context }: Extract<EscalationCommand, { type: 'EscalateOutstandingSuspect' }>, recorded: Recorded): News => {
  const stand = standOf(recorded);
  const episode = stand.links.get(linkId)?.episode;
  if (!episode) return [];
  const due = episode.startOn + THRESHOLD_DAYS;
  if (dateOfDay(due) !== dueOn || due >= todayOf(context)) return [];
  const since = dateOfDay(episode.startOn);
  const done = recorded.some(({ type, data }) => type === 'OutstandingSuspectEscalated' && sinceOf(data) === since && 'linkId' in data && data.linkId === linkId);
  return done ? [] : [{ type: 'OutstandingSuspectEscalated', data: { linkId, since, dueOn, ...addressee(stand, supervisorLeft) } }];
};

const sinceOf = (data: object): LocalDate => (data as { readonly since: LocalDate }).since;

/** What is overdue today and was not escalated on this occasion; nothing where it is not due any more. Never refuses. */
export const escalate = (command: EscalationCommand, { recorded }: InvestigationState): News =>
  (command.type === 'EscalateOverdueReview' ? overdueReview(command, recorded) : outstandingSuspect(command, recorded));
