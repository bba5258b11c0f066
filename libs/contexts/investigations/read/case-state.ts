import { effectiveStart } from '#kernel';
import type { Envelope, RecordedEvent } from '#kernel';
import type { InvestigationKind, Sensitivity } from '../domain/codes';
import type { InvestigationEvent, SuspectEvent } from '../domain/investigation.events';
import { evolveLink, openLink, settleLink } from './case-link';
import type { CaseLink } from './case-link';
import { withOperation, withoutOperation } from './case-operations';
import { themesMask } from './themes';

export interface CaseCrime {
  /** The first instant (ms) from which it counts. */
  readonly from: number;
  readonly force: string | null;
  readonly reference: string | null;
}

/** What the facts of one investigation folded so far come to. Changed in place. */
export interface CaseState {
  /** Null until the opening: facts of a source that come before it do not make the investigation exist. */
  openedAt: number | null;
  openedPrecision: string;
  kind: InvestigationKind;
  area: string;
  themes: number;
  team: string | null;
  officer: string | null;
  supervisor: string | null;
  openedBy: string | null;
  /** Null until the opening or a reassessment. */
  sensitivity: Sensitivity | null;
  operations: string | null;
  closed: 'FINALISED' | 'TRANSFERRED' | 'CANCELLED' | null;
  awaiting: boolean;
  reopened: boolean;
  active: boolean;
  /** When it last became active or, after having been active for a while, ceased to be (ms). */
  since: number | null;
  sinceBefore: number | null;
  readonly links: Map<string, CaseLink>;
  readonly crimes: Map<string, CaseCrime>;
}

type CaseEvent = RecordedEvent<InvestigationEvent>;
type CaseFact = Extract<InvestigationEvent, { type: Exclude<InvestigationEvent['type'], SuspectEvent['type']> }>;

export const openCase = (): CaseState => ({
  openedAt: null, openedPrecision: 'unknown', kind: 'CRIME', area: '', themes: 0, team: null, officer: null,
  supervisor: null, openedBy: null, sensitivity: null, operations: null, closed: null, awaiting: false, reopened: false, active: false, since: null, sinceBefore: null, links: new Map(), crimes: new Map(),
});

const NOBODY: readonly CaseLink[] = [];
const NOTHING = null;
type Touched = readonly CaseLink[] | null;

const open = (state: CaseState, data: Extract<CaseFact, { type: 'InvestigationOpened' }>['data'], start: number, { effectiveAt, actor, track }: Envelope): Touched => {
  state.openedAt = start;
  state.openedPrecision = effectiveAt.precision;
  state.openedBy = actor.id;
  state.sensitivity ??= track === 'SENSITIVE' ? 'SENSITIVE' : 'STANDARD';
  state.kind = data.kind;
  state.area = data.area;
  state.themes = themesMask(data.themes);
  state.team ??= data.team ?? null;
  return everybody(state, start, false);
};

const close = (state: CaseState, how: NonNullable<CaseState['closed']>, start: number): Touched => {
  state.closed = how;
  state.awaiting = false;
  return everybody(state, start, false);
};

const reopen = (state: CaseState, start: number): Touched => {
  state.closed = null;
  state.awaiting = false;
  state.reopened = true;
  return everybody(state, start, true);
};

// A spell that begins and ends in one instant never was: finalised at its opening, an investigation has not been active.
const flip = (state: CaseState, active: boolean, start: number): void => {
  state.active = active;
  if (state.since === start) state.since = state.sinceBefore;
  else [state.sinceBefore, state.since] = [state.since, start];
};

const everybody = (state: CaseState, start: number, reopened: boolean): Touched => {
  const active = state.openedAt !== null && state.closed === null;
  if (active !== state.active) flip(state, active, start);
  if (state.links.size === 0) return NOBODY;
  const links = [...state.links.values()];
  for (const link of links) settleLink(link, active, start, reopened);
  return links;
};

const one = (state: CaseState, event: SuspectEvent, start: number): Touched => {
  const { linkId } = event.data;
  let link = state.links.get(linkId);
  if (!link) state.links.set(linkId, (link = openLink(linkId)));
  evolveLink(link, event);
  settleLink(link, state.active, start, false);
  return [link];
};

const record = (state: CaseState, { crimeId, force, crimeReference }: Extract<CaseFact, { type: 'CrimeRecorded' }>['data'], from: number): Touched => {
  if (!state.crimes.has(crimeId)) state.crimes.set(crimeId, { from, force: force ?? null, reference: crimeReference ?? null });
  return NOTHING;
};

/** Folds one event, in effective order, into the state; returns the links it may have changed, null when it changes no status fact. */
export const evolveCase = (state: CaseState, event: CaseEvent, start = effectiveStart(event)): Touched => {
  const fact = event as InvestigationEvent;
  switch (fact.type) {
    case 'InvestigationOpened': return open(state, fact.data, start, event.metadata);
    case 'CrimeRecorded': return record(state, fact.data, start);
    case 'InvestigationAllocated':
    case 'InvestigationReallocated':
      state.team = fact.data.team;
      state.officer = fact.data.officer;
      state.supervisor = fact.data.supervisor ?? null;
      return state.links.size === 0 ? NOBODY : [...state.links.values()];
    case 'SensitivityReassessed': state.sensitivity = fact.data.sensitivity; return NOBODY;
    case 'OperationLinked': state.operations = withOperation(state.operations, fact.data.operation); return NOBODY;
    case 'OperationUnlinked': state.operations = withoutOperation(state.operations, fact.data.operation); return NOBODY;
    case 'FinalisationProposed': state.awaiting = true; return NOBODY;
    case 'FinalisationReturned': state.awaiting = false; return NOBODY;
    case 'InvestigationFinalised': return close(state, 'FINALISED', start);
    case 'InvestigationTransferred': return close(state, 'TRANSFERRED', start);
    case 'InvestigationCancelled': return close(state, 'CANCELLED', start);
    case 'InvestigationReopened': return reopen(state, start);
    case 'InvestigationPlanSet':
    case 'SupervisorReviewRecorded':
    case 'OutcomeAssigned':
    case 'OutcomeReplaced':
    case 'TextRedacted':
    case 'EntryVoided': return NOTHING;
    default: return one(state, fact, start);
  }
};
