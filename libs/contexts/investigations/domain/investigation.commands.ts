import type { CommandContext, EffectiveAt, InvestigationId, LinkId, LocalDate, Message, OfficerId, Private } from '#kernel';
import type { CancelReason, ReopenGrounds } from './codes';
import type { Crime, InvestigationEvent, Outcome, SuspectEvent } from './investigation.events';
import type { ReviewInterval } from './review-interval';

type DataOf<T extends InvestigationEvent['type']> = Extract<InvestigationEvent, { type: T }>['data'];
type Order<Type extends string, Data extends object> = Message<Type, Data> & { readonly context: CommandContext };

/** Commands about one suspect link, named after the fact they ask for. */
export type SuspectCommand = {
  [T in SuspectEvent['type']]: Order<CommandFor[T], DataOf<T>>;
}[SuspectEvent['type']];

type CommandFor = {
  SuspectLinked: 'LinkSuspect';
  SuspectNamed: 'NameSuspect';
  SuspectQualityLowered: 'LowerSuspectQuality';
  SuspectCirculated: 'CirculateSuspect';
  CirculationCancelled: 'CancelCirculation';
  SuspectArrested: 'ArrestSuspect';
  SuspectInterviewedUnderCaution: 'InterviewSuspectUnderCaution';
  SuspectBailed: 'BailSuspect';
  SuspectReleasedUnderInvestigation: 'ReleaseSuspectUnderInvestigation';
  SuspectFailedToAnswerBail: 'RecordFailureToAnswerBail';
  SuspectEscaped: 'RecordEscape';
  SuspectEliminated: 'EliminateSuspect';
  SuspectLinkVoided: 'VoidSuspectLink';
  SuspectDeceased: 'RecordSuspectDeceased';
  SuspectRequisitioned: 'RequisitionSuspect';
  SuspectCharged: 'ChargeSuspect';
  SuspectNoFurtherAction: 'TakeNoFurtherAction';
  NoFurtherActionWithdrawn: 'WithdrawNoFurtherAction';
};

/** Facts of one crime as another system published them; each with its own date (data.police.uk: a month). */
export interface SourceCrime {
  readonly investigationId: InvestigationId;
  readonly crimeId: Crime['crimeId'];
  /** Absent while the source has outcomes for a crime that it has not (yet) shown. */
  readonly opened?: { readonly effectiveAt: EffectiveAt; readonly area: string; readonly offence: string };
  readonly outcomes: readonly { readonly effectiveAt: EffectiveAt; readonly outcome: Outcome }[];
}

/** What the program lays before a supervisor, when it still waits: `dueOn` was the last day on which it was in time. */
interface Escalation {
  readonly dueOn: LocalDate;
  /** The supervisor in the case, where they do not hold the post any more. */
  readonly supervisorLeft?: OfficerId;
}

/** From the program alone, which asks again and again: what is done already, or not due any more, is nothing and no refusal. */
export type EscalationCommand =
  | Order<'EscalateOverdueReview', Escalation & { readonly intervals: readonly ReviewInterval[] }>
  | Order<'EscalateOutstandingSuspect', Escalation & { readonly linkId: LinkId }>;

export type InvestigationCommand =
  | Order<'OpenInvestigation', DataOf<'InvestigationOpened'> & { readonly crimes?: readonly Crime[] }>
  | Order<'RecordCrime', DataOf<'CrimeRecorded'>>
  | Order<'AllocateInvestigation', DataOf<'InvestigationAllocated'>>
  | Order<'ReallocateInvestigation', DataOf<'InvestigationReallocated'>>
  | Order<'SetInvestigationPlan', DataOf<'InvestigationPlanSet'>>
  | Order<'RecordSupervisorReview', DataOf<'SupervisorReviewRecorded'>>
  /** First or later outcome of a crime: the decider says which event it is. */
  | Order<'AssignOutcome', DataOf<'OutcomeAssigned'>>
  | Order<'ProposeFinalisation', { readonly officer: OfficerId }>
  | Order<'ReturnFinalisation', { readonly supervisor: OfficerId }>
  | Order<'FinaliseInvestigation', { readonly approvedBy: OfficerId; readonly closingSummary?: Private }>
  | Order<'ReopenInvestigation', { readonly grounds: ReopenGrounds }>
  | Order<'TransferInvestigation', { readonly toForce: string }>
  | Order<'CancelInvestigation', { readonly reason: CancelReason }>
  | Order<'ReassessSensitivity', DataOf<'SensitivityReassessed'>>
  | Order<'LinkOperation', DataOf<'OperationLinked'>>
  | Order<'UnlinkOperation', DataOf<'OperationUnlinked'>>
  | Order<'AnswerEscalation', DataOf<'EscalationAnswered'>>
  /** Puts another event of the same type in the place of an earlier one; the context's effective date becomes the event's. */
  | Order<'CorrectEntry', { readonly event: string; readonly type: InvestigationEvent['type']; readonly data: InvestigationEvent['data'] }>
  | Order<'VoidEntry', { readonly event: string }>
  /** From another system only, never from a person: skips approvals, keeps system and source id. */
  | Order<'RecordFromSource', SourceCrime>
  | EscalationCommand
  | SuspectCommand;
