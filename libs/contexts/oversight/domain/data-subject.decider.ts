import { intervalOf, londonDate } from '#kernel';
import type { CommandContext, Decider, Fact } from '#kernel';
import type { DataSubjectCommand } from './data-subject.commands';
import { refuse } from './data-subject.errors';
import type { DataSubjectEvent } from './data-subject.events';
import { evolve, nothingDecided } from './data-subject.state';
import type { DataSubjectState } from './data-subject.state';
import { authorise, begin, complete, refuseRequest, request, withdraw } from './erasure-decisions';

type CommandOf<T extends DataSubjectCommand['type']> = Extract<DataSubjectCommand, { type: T }>;
type News = readonly Fact<DataSubjectEvent>[];

/** The last day on which the act may have been done; undefined when its day is not known. */
const dayOf = ({ effectiveAt }: CommandContext): string | undefined => {
  const { latest } = intervalOf(effectiveAt);
  return Number.isFinite(latest) ? londonDate(latest - 1) : undefined;
};

const restrict = ({ data }: CommandOf<'RestrictProcessing'>, { restrictions }: DataSubjectState): News => {
  if (restrictions.includes(data.reason)) refuse('PROCESSING_ALREADY_RESTRICTED', { field: 'restriction' });
  return [{ type: 'ProcessingRestricted', data }];
};

const lift = ({ data, context }: CommandOf<'LiftRestriction'>, { restrictions }: DataSubjectState): News => {
  if (!restrictions.includes(data.reason)) refuse('PROCESSING_NOT_RESTRICTED', { field: 'restriction' });
  if (data.reason === 'ACCURACY_DISPUTE_S47_3' && !data.informedOn) refuse('SUBJECT_NOT_INFORMED', { field: 'informedOn' });
  const day = dayOf(context);
  if (data.informedOn && day && data.informedOn > day) refuse('SUBJECT_INFORMED_AFTER_LIFTING', { field: 'informedOn' });
  return [{ type: 'RestrictionLifted', data }];
};

const hold = ({ data }: CommandOf<'PlaceLegalHold'>, { holds }: DataSubjectState): News => {
  if (holds.includes(data.holdId)) refuse('LEGAL_HOLD_ALREADY_PLACED', { field: 'holdId' });
  return [{ type: 'LegalHoldPlaced', data }];
};

const release = ({ data }: CommandOf<'ReleaseLegalHold'>, { holds }: DataSubjectState): News => {
  if (!holds.includes(data.holdId)) refuse('LEGAL_HOLD_NOT_PLACED', { field: 'holdId' });
  return [{ type: 'LegalHoldReleased', data }];
};

const review = ({ data, context }: CommandOf<'ReviewRetention'>, { holds }: DataSubjectState): News => {
  if (data.decision === 'DELETE' && holds.length > 0) refuse('LEGAL_HOLD_STANDS', { field: 'decision' });
  if (data.decision === 'LEGAL_HOLD' && holds.length === 0) refuse('NO_LEGAL_HOLD_STANDS', { field: 'decision' });
  const day = dayOf(context);
  if (data.nextReviewOn && day && data.nextReviewOn <= day) refuse('NEXT_REVIEW_NOT_LATER', { field: 'nextReviewOn' });
  return [{ type: 'RetentionReviewed', data }];
};

/** Whatever a person sends; the run that erases goes on after the person is erased, and finds nothing left to do. */
const asked = (command: Exclude<DataSubjectCommand, { type: 'BeginErasure' | 'CompleteErasure' }>, state: DataSubjectState): News => {
  if (state.erased) refuse('SUBJECT_ERASED');
  switch (command.type) {
    case 'RestrictProcessing': return restrict(command, state);
    case 'LiftRestriction': return lift(command, state);
    case 'PlaceLegalHold': return hold(command, state);
    case 'ReleaseLegalHold': return release(command, state);
    case 'ReviewRetention': return review(command, state);
    case 'RequestErasure': return request(command, state);
    case 'WithdrawErasureRequest': return withdraw(command, state);
    case 'RefuseErasure': return refuseRequest(command, state);
    case 'AuthoriseErasure': return authorise(command, state);
  }
};

/** The rules of what is decided about one person's data. */
export const dataSubject: Decider<DataSubjectCommand, DataSubjectState, DataSubjectEvent> = {
  initialState: nothingDecided,
  // Who decided what, and in which order, is as it was recorded: a date that somebody gave changes nothing of it.
  remember: (state, recorded) => recorded.reduce(evolve, state),
  decide(command, state) {
    if (command.type === 'BeginErasure') return begin(command, state);
    if (command.type === 'CompleteErasure') return complete(command, state);
    return asked(command, state);
  },
  evolve: (state) => state,
};
