import { effectiveStart } from '#kernel';
import type { CrimeId, InvestigationId, LinkId, NominalId, OfficerId, RecordedEvent, Track } from '#kernel';
import type { ExploitationType, InvestigationKind, Sensitivity, SuspectQuality } from './codes';
import type { DataOf } from './casebook';
import type { InvestigationEvent, Outcome, SuspectEvent } from './investigation.events';

/** One recorded crime, and the outcome in force. */
export interface CrimeSituation {
  readonly crimeId: CrimeId;
  readonly offence?: string;
  readonly force?: string;
  readonly crimeReference?: string;
  readonly outcome?: Outcome;
  /** From when (ms) that outcome counts. */
  readonly outcomeFrom?: number;
}

/** One suspect on the investigation. `linked` is false while only facts that hang on the link are known. */
export interface SuspectSituation {
  readonly linkId: LinkId;
  readonly linked: boolean;
  readonly quality: SuspectQuality;
  readonly nominalId?: NominalId;
  readonly circulated: boolean;
  readonly eliminated: boolean;
  readonly voided: boolean;
  readonly deceased: boolean;
}

/** What the facts of one investigation, folded in effective order, come to. */
export interface InvestigationState {
  /** All events as recorded, voided and replaced ones included. */
  readonly recorded: readonly RecordedEvent<InvestigationEvent>[];
  /** Absent until it is opened: facts of a source that come before do not make it exist. */
  readonly opening?: { readonly investigationId: InvestigationId; readonly kind: InvestigationKind; readonly area: string; readonly themes: readonly ExploitationType[] };
  readonly status: 'NONE' | 'ACTIVE' | 'AWAITING_FINALISATION' | 'REOPENED' | 'FINALISED' | 'TRANSFERRED' | 'CANCELLED';
  /** How often it was reopened. */
  readonly reopenings: number;
  readonly team?: string;
  readonly officer?: OfficerId;
  readonly supervisor?: OfficerId;
  readonly reviewEveryDays?: number;
  /** Absent until it is opened: on the sensitive track it is SENSITIVE from the start. */
  readonly sensitivity?: Sensitivity;
  readonly crimes: Readonly<Record<string, CrimeSituation>>;
  readonly suspects: Readonly<Record<string, SuspectSituation>>;
}

export const noInvestigation: InvestigationState = { recorded: [], status: 'NONE', reopenings: 0, crimes: {}, suspects: {} };

type Closed = 'FINALISED' | 'TRANSFERRED' | 'CANCELLED';
/** Statuses of an investigation that is closed. */
export const closedStatuses: ReadonlySet<string> = new Set<Closed>(['FINALISED', 'TRANSFERRED', 'CANCELLED']);

const opened = (state: InvestigationState, { investigationId, kind, area, themes, team }: DataOf<'InvestigationOpened'>, track: Track): InvestigationState => ({
  ...state,
  opening: { investigationId, kind, area, themes },
  status: state.status === 'NONE' ? 'ACTIVE' : state.status,
  team: state.team ?? team,
  sensitivity: state.sensitivity ?? (track === 'SENSITIVE' ? 'SENSITIVE' : 'STANDARD'),
});

const crime = (state: InvestigationState, crimeId: CrimeId, known: Partial<CrimeSituation>): InvestigationState =>
  ({ ...state, crimes: { ...state.crimes, [crimeId]: { ...state.crimes[crimeId], ...known, crimeId } } });

// Two labels that a source gives in one month: the alphabetically last is current, in whatever order they came.
const outcome = (state: InvestigationState, { crimeId, outcome: next }: DataOf<'OutcomeAssigned'>, from: number): InvestigationState => {
  const { outcome: now, outcomeFrom } = state.crimes[crimeId] ?? {};
  const keeps = now?.scheme === 'POLICE_UK' && next.scheme === 'POLICE_UK' && outcomeFrom === from && now.code > next.code;
  return keeps ? state : crime(state, crimeId, { outcome: next, outcomeFrom: from });
};

const newLink = (linkId: LinkId): SuspectSituation =>
  ({ linkId, linked: false, quality: 'UNKNOWN', circulated: false, eliminated: false, voided: false, deceased: false });

const suspectChange = (link: SuspectSituation, { type, data }: SuspectEvent): Partial<SuspectSituation> => {
  switch (type) {
    // Dates of coarse precision can put the naming before the linking: then the better knowledge stays.
    case 'SuspectLinked': return { linked: true, quality: link.quality === 'UNKNOWN' ? data.quality : link.quality, nominalId: link.nominalId ?? data.nominalId };
    case 'SuspectNamed': return { quality: 'NAMED', nominalId: data.nominalId, eliminated: false };
    case 'SuspectQualityLowered': return { quality: data.quality };
    case 'SuspectCirculated': return { circulated: true, eliminated: false };
    case 'CirculationCancelled': return { circulated: false };
    case 'SuspectArrested': return { circulated: false, eliminated: false };
    // An eliminated suspect who is dealt with again is a suspect again.
    case 'SuspectInterviewedUnderCaution':
    case 'SuspectRequisitioned':
    case 'SuspectCharged': return { eliminated: false };
    case 'SuspectEliminated': return { eliminated: true };
    case 'SuspectLinkVoided': return { voided: true };
    case 'SuspectDeceased': return { deceased: true };
    case 'SuspectBailed':
    case 'SuspectReleasedUnderInvestigation':
    case 'SuspectFailedToAnswerBail':
    case 'SuspectEscaped':
    case 'SuspectNoFurtherAction':
    case 'NoFurtherActionWithdrawn': return {};
  }
};

const suspect = (state: InvestigationState, event: SuspectEvent): InvestigationState => {
  const { linkId } = event.data;
  const link = state.suspects[linkId] ?? newLink(linkId);
  return { ...state, suspects: { ...state.suspects, [linkId]: { ...link, ...suspectChange(link, event) } } };
};

const answered = (state: InvestigationState): InvestigationState['status'] => (state.reopenings > 0 ? 'REOPENED' : 'ACTIVE');

/** The state after one more event, given in effective order. */
export const evolve = (state: InvestigationState, event: RecordedEvent<InvestigationEvent>): InvestigationState => {
  const { type, data } = event as InvestigationEvent;
  switch (type) {
    case 'InvestigationOpened': return opened(state, data, event.metadata.track);
    case 'CrimeRecorded': {
      const { crimeId, offence, force, crimeReference } = data;
      return crime(state, crimeId, { offence, force, crimeReference });
    }
    case 'InvestigationAllocated':
    case 'InvestigationReallocated': return { ...state, officer: data.officer, team: data.team, supervisor: data.supervisor };
    case 'InvestigationPlanSet': return { ...state, reviewEveryDays: data.reviewEveryDays };
    case 'OutcomeAssigned':
    case 'OutcomeReplaced': return outcome(state, data, effectiveStart(event));
    case 'FinalisationProposed': return closedStatuses.has(state.status) ? state : { ...state, status: 'AWAITING_FINALISATION' };
    case 'FinalisationReturned': return closedStatuses.has(state.status) ? state : { ...state, status: answered(state) };
    case 'InvestigationFinalised': return { ...state, status: 'FINALISED' };
    case 'InvestigationTransferred': return { ...state, status: 'TRANSFERRED' };
    case 'InvestigationCancelled': return { ...state, status: 'CANCELLED' };
    case 'InvestigationReopened': return { ...state, status: 'REOPENED', reopenings: state.reopenings + 1 };
    case 'SensitivityReassessed': return { ...state, sensitivity: data.sensitivity };
    case 'OperationLinked':
    case 'OperationUnlinked':
    case 'SupervisorReviewRecorded':
    case 'OverdueReviewEscalated':
    case 'OutstandingSuspectEscalated':
    case 'EscalationAnswered':
    case 'TextRedacted':
    case 'EntryVoided': return state;
    default: return suspect(state, { type, data } as SuspectEvent);
  }
};
