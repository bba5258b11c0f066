import { effectiveStart } from '#kernel';
import type { Envelope, RecordedEvent } from '#kernel';
import type { InvestigationKind, Sensitivity } from './codes';
import type { InvestigationEvent, SuspectEvent } from './investigation.events';
import { addCrime } from './case-crimes';
import type { CaseCrime } from './case-crimes';
import { beginPeriod, noReview } from './case-review';
import type { CaseReview } from './case-review';
import { evolveLink, openLink, settleLink } from './case-link';
import type { CaseLink } from './case-link';
import { withOperation, withoutOperation } from './case-operations';
import { themesMask } from './themes';

/** What the facts of one investigation folded so far come to. Changed in place. */
export interface CaseState extends CaseReview {
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
  supervisor: null, openedBy: null, sensitivity: null, operations: null, closed: null, awaiting: false, ...noReview(), reopened: false, active: false, since: null, sinceBefore: null, links: new Map(), crimes: new Map(),
});

const NOBODY: readonly CaseLink[] = [];
const NOTHING = null;
type Touched = readonly CaseLink[] | null;

const all = ({ links }: CaseState): readonly CaseLink[] => (links.size === 0 ? NOBODY : [...links.values()]);

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

const allocate = (state: CaseState, { team, officer, supervisor }: Extract<CaseFact, { type: 'InvestigationAllocated' }>['data'], start: number): Touched => {
  [state.team, state.officer, state.supervisor] = [team, officer, supervisor ?? null];
  // Another owner is not another period: the review that was due is due all the same.
  if (state.reviewFrom === null) beginPeriod(state, start, false);
  return all(state);
};

const reopen = (state: CaseState, start: number): Touched => {
  state.closed = null;
  state.awaiting = false;
  state.reopened = true;
  if (state.reviewFrom !== null) beginPeriod(state, start, false);
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
  const links = all(state);
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

/** Folds one event, in effective order, into the state; returns the links it may have changed, null when it changes no status fact. */
export const evolveCase = (state: CaseState, event: CaseEvent, start = effectiveStart(event)): Touched => {
  const fact = event as InvestigationEvent;
  switch (fact.type) {
    case 'InvestigationOpened': return open(state, fact.data, start, event.metadata);
    case 'CrimeRecorded': addCrime(state.crimes, fact.data, start); return NOTHING;
    case 'InvestigationAllocated':
    case 'InvestigationReallocated': return allocate(state, fact.data, start);
    case 'SensitivityReassessed': state.sensitivity = fact.data.sensitivity; return NOBODY;
    case 'OperationLinked': state.operations = withOperation(state.operations, fact.data.operation); return NOBODY;
    case 'OperationUnlinked': state.operations = withoutOperation(state.operations, fact.data.operation); return NOBODY;
    case 'FinalisationProposed': state.awaiting = true; return NOBODY;
    case 'FinalisationReturned': state.awaiting = false; return NOBODY;
    case 'InvestigationFinalised': return close(state, 'FINALISED', start);
    case 'InvestigationTransferred': return close(state, 'TRANSFERRED', start);
    case 'InvestigationCancelled': return close(state, 'CANCELLED', start);
    case 'InvestigationReopened': return reopen(state, start);
    case 'InvestigationPlanSet': state.reviewEveryDays = fact.data.reviewEveryDays; return NOTHING;
    // What a colleague of the officer thinks of the case is no supervision.
    case 'SupervisorReviewRecorded': if (fact.data.review !== 'PEER') beginPeriod(state, start, true); return NOTHING;
    case 'OverdueReviewEscalated':
    case 'OutstandingSuspectEscalated':
    case 'EscalationAnswered':
    case 'OutcomeAssigned':
    case 'OutcomeReplaced':
    case 'TextRedacted':
    case 'EntryVoided': return NOTHING;
    default: return one(state, fact, start);
  }
};
