// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { CrimeId, InvestigationId, LinkId, LocalDate, Message, NominalId, OfficerId, Private } from '#kernel';
import type {
  BailRegime, CancelReason, ChargeMethod, CirculationType, EscalationStage, ExploitationType, InterviewSetting, InvestigationKind, LowerQuality,
  NoFurtherActionGrounds, ReopenGrounds, ReviewType, Sensitivity, SuspectQuality, VoidGrounds,
} from './codes';
import type { OffenceDate } from './offence-dates';

/** Home Office outcomes framework code (1 to 23, see `homeOfficeOutcomes`), or a label of data.police.uk; the two are never mixed. */
export interface Outcome {
  readonly scheme: 'HOME_OFFICE' | 'POLICE_UK';
  readonly code: string;
}

export interface Crime {
  readonly crimeId: CrimeId;
  /** Force code and the force's own reference: opaque text, no national format. */
  readonly force?: string;
  readonly crimeReference?: string;
  /** What was recorded, in the words of the recording system: a CJS offence code or a category. */
  readonly offence: string;
  /** When the offence happened: data, not a clock. Shape 1 knew days alone. */
  readonly offenceFrom?: OffenceDate;
  readonly offenceTo?: OffenceDate;
}

/** One line of a charge, requisition or summons. */
export interface ChargeLine {
  readonly chargeId: string;
  readonly crimeId?: CrimeId;
  readonly offence: string;
  readonly method: ChargeMethod;
}

type Link = { readonly linkId: LinkId };
type Ownership = { readonly officer: OfficerId; readonly team: string; readonly supervisor?: OfficerId };

/** Who may see the record rests on these: they are changed by a new decision, never corrected or taken away. */
export type AccessEvent =
  | Message<'SensitivityReassessed', { readonly sensitivity: Sensitivity; readonly basis: Private }>
  /** `operation`: its code as it was written; `operationKey` says which codes are one operation. */
  | Message<'OperationLinked', { readonly operation: string }>
  | Message<'OperationUnlinked', { readonly operation: string }>;

/** Whose work-list it goes to: `owner` is the supervisor in the case; without one it is for whoever may supervise it. */
interface Addressee {
  readonly stage: EscalationStage;
  readonly owner?: OfficerId;
}

/**
 * What waits for too long is laid before a supervisor, once for each occasion, which `since` tells: the first day of the review period, or of the
 * suspect's outstanding episode. `dueOn`: the last day on which it was in time. They say what the program did, so they are never corrected or taken away.
 */
export type EscalationEvent =
  | Message<'OverdueReviewEscalated', Addressee & { readonly since: LocalDate; readonly dueOn: LocalDate }>
  | Message<'OutstandingSuspectEscalated', Link & Addressee & { readonly since: LocalDate; readonly dueOn: LocalDate }>;

export type SuspectEvent =
  | Message<'SuspectLinked', Link & { readonly quality: SuspectQuality; readonly nominalId?: NominalId; readonly crimeIds?: readonly CrimeId[]; readonly description?: Private; readonly basis?: Private }>
  | Message<'SuspectNamed', Link & { readonly nominalId: NominalId; readonly basis?: Private }>
  | Message<'SuspectQualityLowered', Link & { readonly quality: LowerQuality; readonly basis?: Private }>
  | Message<'SuspectCirculated', Link & { readonly circulation: CirculationType; readonly circulationReference?: string }>
  | Message<'CirculationCancelled', Link>
  | Message<'SuspectArrested', Link & { readonly custodyNumber?: string }>
  | Message<'SuspectInterviewedUnderCaution', Link & { readonly setting: InterviewSetting }>
  | Message<'SuspectBailed', Link & { readonly regime: BailRegime; readonly returnOn?: LocalDate; readonly conditions?: Private }>
  | Message<'SuspectReleasedUnderInvestigation', Link>
  | Message<'SuspectFailedToAnswerBail', Link>
  | Message<'SuspectEscaped', Link>
  | Message<'SuspectEliminated', Link & { readonly basis: Private }>
  | Message<'SuspectLinkVoided', Link & { readonly grounds: VoidGrounds }>
  | Message<'SuspectDeceased', Link>
  | Message<'SuspectRequisitioned', Link & { readonly charges: readonly ChargeLine[] }>
  | Message<'SuspectCharged', Link & { readonly charges: readonly ChargeLine[] }>
  | Message<'SuspectNoFurtherAction', Link & { readonly grounds: NoFurtherActionGrounds; readonly writtenNoticeGiven: boolean }>
  | Message<'NoFurtherActionWithdrawn', Link & { readonly arrestSought: boolean }>;

export type InvestigationEvent =
  | Message<'InvestigationOpened', {
    readonly investigationId: InvestigationId; readonly kind: InvestigationKind; readonly area: string; readonly themes: readonly ExploitationType[];
    readonly team?: string; readonly title?: Private; readonly summary?: Private;
  }>
  | Message<'CrimeRecorded', Crime>
  | Message<'InvestigationAllocated', Ownership>
  | Message<'InvestigationReallocated', Ownership>
  | Message<'InvestigationPlanSet', { readonly plan: Private; readonly reviewEveryDays: number }>
  | Message<'SupervisorReviewRecorded', { readonly review: ReviewType; readonly supervisor: OfficerId; readonly findings: Private }>
  | Message<'OutcomeAssigned', { readonly crimeId: CrimeId; readonly outcome: Outcome }>
  | Message<'OutcomeReplaced', { readonly crimeId: CrimeId; readonly outcome: Outcome }>
  | Message<'FinalisationProposed', { readonly officer: OfficerId }>
  | Message<'FinalisationReturned', { readonly supervisor: OfficerId }>
  | Message<'InvestigationFinalised', { readonly approvedBy?: OfficerId; readonly closingSummary?: Private }>
  | Message<'InvestigationReopened', { readonly grounds: ReopenGrounds }>
  | Message<'InvestigationTransferred', { readonly toForce: string }>
  | Message<'InvestigationCancelled', { readonly reason: CancelReason }>
  /** What is read in the place of a text from which a person was erased: its event and its path there. */
  | Message<'TextRedacted', { readonly event: string; readonly path: string; readonly text: Private }>
  /** Takes away the event that its metadata names (`corrects`, as `void`). */
  | Message<'EntryVoided', { readonly investigationId: InvestigationId }>
  /** `escalation`: the event that is answered. */
  | Message<'EscalationAnswered', { readonly escalation: string; readonly answer: Private }>
  | AccessEvent
  | EscalationEvent
  | SuspectEvent;

export type InvestigationEventType = InvestigationEvent['type'];

/** What closes an investigation. */
export const closings = ['InvestigationFinalised', 'InvestigationTransferred', 'InvestigationCancelled'] as const;

/** Types of `AccessEvent`. */
export const accessFacts = ['SensitivityReassessed', 'OperationLinked', 'OperationUnlinked'] as const satisfies readonly AccessEvent['type'][];

/** Types of `EscalationEvent`. */
export const escalationFacts = ['OverdueReviewEscalated', 'OutstandingSuspectEscalated'] as const satisfies readonly EscalationEvent['type'][];

/** What brings an eliminated suspect back: named, wanted or dealt with again. */
export const backFacts = [
  'SuspectNamed', 'SuspectArrested', 'SuspectCirculated', 'SuspectInterviewedUnderCaution', 'SuspectCharged', 'SuspectRequisitioned',
] as const;
