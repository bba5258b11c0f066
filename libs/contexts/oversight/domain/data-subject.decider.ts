import { intervalOf, londonDate, officerKey } from '#kernel';
import type { CommandContext, Decider, Fact } from '#kernel';
import type { DataSubjectCommand } from './data-subject.commands';
import { refuse } from './data-subject.errors';
import type { DataSubjectEvent, TextPlace } from './data-subject.events';
import { evolve, nothingDecided } from './data-subject.state';
import type { DataSubjectState, ErasureCase } from './data-subject.state';

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

const isOpen = ({ stage }: ErasureCase): boolean => stage !== 'WITHDRAWN' && stage !== 'REFUSED' && stage !== 'ERASED';

const request = ({ data }: CommandOf<'RequestErasure'>, { erasures }: DataSubjectState): News => {
  if (Object.values(erasures).some(isOpen)) refuse('ERASURE_ALREADY_REQUESTED');
  return [{ type: 'ErasureRequested', data }];
};

const undecided = ({ erasures }: DataSubjectState, requestId: string): ErasureCase => {
  const found = erasures[requestId] ?? refuse('ERASURE_NOT_REQUESTED', { field: 'requestId' });
  if (found.stage !== 'REQUESTED') refuse('ERASURE_ALREADY_DECIDED', { field: 'requestId' });
  return found;
};

const withdraw = ({ data, context }: CommandOf<'WithdrawErasureRequest'>, state: DataSubjectState): News => {
  const found = state.erasures[data.requestId];
  if (found && officerKey(found.requestedBy.id) !== officerKey(context.actor.id)) refuse('ERASURE_REQUESTED_BY_ANOTHER', { field: 'requestId' });
  if (found?.stage === 'WITHDRAWN') return [];
  undecided(state, data.requestId);
  return [{ type: 'ErasureRequestWithdrawn', data }];
};

const refuseRequest = ({ data }: CommandOf<'RefuseErasure'>, state: DataSubjectState): News => {
  undecided(state, data.requestId);
  return [{ type: 'ErasureRefused', data }];
};

const nothingBinds = ({ holds, restrictions }: DataSubjectState): void => {
  if (holds.length > 0) refuse('LEGAL_HOLD_STANDS');
  if (restrictions.some((reason) => reason !== 'ACCURACY_DISPUTE_S47_3')) refuse('NEEDED_AS_EVIDENCE');
};

/** Also between the decision and its beginning, which a crash may lie between. */
const nothingRuns = ([live]: readonly string[]): void => {
  if (live !== undefined) refuse('MEASURES_ARE_LIVE', { measure: live });
};

const placeOf = ({ stream, event, path }: TextPlace): string => `${stream} ${event} ${path}`;

const authorise = ({ data: { findings, ...data }, context }: CommandOf<'AuthoriseErasure'>, state: DataSubjectState): News => {
  const { requestedBy } = undecided(state, data.requestId);
  if ([requestedBy, context.actor].some(({ kind }) => kind !== 'user') || officerKey(requestedBy.id) === officerKey(context.actor.id)) refuse('REQUESTER_CANNOT_AUTHORISE');
  nothingBinds(state);
  nothingRuns(findings.liveMeasures);
  const given = new Set(data.redactions.map(placeOf));
  const open = findings.mandatory.find((place) => !given.has(placeOf(place)));
  if (open) refuse('TEXT_NEEDS_REDACTION', { field: 'redactions', event: open.event, path: open.path });
  const known = new Set(findings.known.map(placeOf));
  const stray = data.redactions.find((place) => !known.has(placeOf(place)));
  if (stray) refuse('TEXT_UNKNOWN', { field: 'redactions', event: stray.event, path: stray.path });
  return [{ type: 'ErasureAuthorised', data }];
};

/** Keys in one event: well below what an event may hold. */
const KEYS_AN_EVENT = 10_000;

const begin = ({ data: { keys, liveMeasures, ...data } }: CommandOf<'BeginErasure'>, state: DataSubjectState): News => {
  const found = state.erasures[data.requestId];
  if (found?.stage === 'BEGUN' || found?.stage === 'ERASED') return [];
  if (found?.stage !== 'AUTHORISED') refuse('ERASURE_NOT_AUTHORISED', { field: 'requestId' });
  nothingBinds(state);
  nothingRuns(liveMeasures);
  const parts = Array.from({ length: Math.max(1, Math.ceil(keys.length / KEYS_AN_EVENT)) }, (_, i) => keys.slice(i * KEYS_AN_EVENT, (i + 1) * KEYS_AN_EVENT));
  return parts.map((part) => ({ type: 'ErasureBegun', data: { ...data, keys: part } }));
};

const complete = ({ data }: CommandOf<'CompleteErasure'>, { erasures }: DataSubjectState): News => {
  const stage = erasures[data.requestId]?.stage;
  if (stage === 'ERASED') return [];
  return stage === 'BEGUN' ? [{ type: 'DataErased', data }] : refuse('ERASURE_NOT_AUTHORISED', { field: 'requestId' });
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
