import { officerKey } from '#kernel';
import type { Fact } from '#kernel';
import type { DataSubjectCommand } from './data-subject.commands';
import { refuse } from './data-subject.errors';
import type { DataSubjectEvent, TextPlace } from './data-subject.events';
import type { DataSubjectState, ErasureCase } from './data-subject.state';

type CommandOf<T extends DataSubjectCommand['type']> = Extract<DataSubjectCommand, { type: T }>;
type FactOf<T extends DataSubjectEvent['type']> = Extract<DataSubjectEvent, { type: T }>;
type News = readonly Fact<DataSubjectEvent>[];

const isOpen = ({ stage }: ErasureCase): boolean => stage !== 'WITHDRAWN' && stage !== 'REFUSED' && stage !== 'ERASED';

/** One at a time. */
export const request = ({ data }: CommandOf<'RequestErasure'>, { erasures }: DataSubjectState): News => {
  if (Object.values(erasures).some(isOpen)) refuse('ERASURE_ALREADY_REQUESTED');
  return [{ type: 'ErasureRequested', data }];
};

const undecided = ({ erasures }: DataSubjectState, requestId: string): ErasureCase => {
  const found = erasures[requestId] ?? refuse('ERASURE_NOT_REQUESTED', { field: 'requestId' });
  if (found.stage !== 'REQUESTED') refuse('ERASURE_ALREADY_DECIDED', { field: 'requestId' });
  return found;
};

/** By whoever asked for it, before it is decided. */
export const withdraw = ({ data, context }: CommandOf<'WithdrawErasureRequest'>, state: DataSubjectState): News => {
  const found = state.erasures[data.requestId];
  if (found && officerKey(found.requestedBy.id) !== officerKey(context.actor.id)) refuse('ERASURE_REQUESTED_BY_ANOTHER', { field: 'requestId' });
  if (found?.stage === 'WITHDRAWN') return [];
  undecided(state, data.requestId);
  return [{ type: 'ErasureRequestWithdrawn', data }];
};

/** Before it is decided otherwise. */
export const refuseRequest = ({ data }: CommandOf<'RefuseErasure'>, state: DataSubjectState): News => {
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

/** By somebody else than who asked, with words for every text that is about others too, while nothing holds or runs. */
export const authorise = ({ data: { findings, ...data }, context }: CommandOf<'AuthoriseErasure'>, state: DataSubjectState): News => {
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

const begun = ({ keys, ...data }: FactOf<'ErasureBegun'>['data']): News => {
  const parts = Array.from({ length: Math.max(1, Math.ceil(keys.length / KEYS_AN_EVENT)) }, (_, i) => keys.slice(i * KEYS_AN_EVENT, (i + 1) * KEYS_AN_EVENT));
  return parts.map((part) => ({ type: 'ErasureBegun', data: { ...data, keys: part } }));
};

/** Once it has begun, nothing holds it up any more, and keys of words that were on their way then are named too. */
export const begin = ({ data: { keys, liveMeasures, ...data } }: CommandOf<'BeginErasure'>, state: DataSubjectState): News => {
  const found = state.erasures[data.requestId];
  if (found?.stage === 'ERASED') return [];
  if (found?.stage === 'BEGUN') {
    const named = new Set(found.keys);
    const more = keys.filter((key) => !named.has(key));
    return more.length > 0 ? begun({ ...data, keys: more }) : [];
  }
  if (found?.stage !== 'AUTHORISED') refuse('ERASURE_NOT_AUTHORISED', { field: 'requestId' });
  nothingBinds(state);
  nothingRuns(liveMeasures);
  return begun({ ...data, keys });
};

/** The receipt, once its keys are named. */
export const complete = ({ data }: CommandOf<'CompleteErasure'>, { erasures }: DataSubjectState): News => {
  const stage = erasures[data.requestId]?.stage;
  if (stage === 'ERASED') return [];
  return stage === 'BEGUN' ? [{ type: 'DataErased', data }] : refuse('ERASURE_NOT_AUTHORISED', { field: 'requestId' });
};
