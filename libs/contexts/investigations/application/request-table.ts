import { CorrectEntryRequest, VoidEntryRequest } from './correction.requests';
import {
  AllocateInvestigationRequest, AnswerEscalationRequest, AssignOutcomeRequest, CancelInvestigationRequest, FinaliseInvestigationRequest, LinkOperationRequest,
  OpenInvestigationRequest, ProposeFinalisationRequest, ReallocateInvestigationRequest, ReassessSensitivityRequest, RecordCrimeRequest, RecordSupervisorReviewRequest, ReopenInvestigationRequest,
  ReturnFinalisationRequest, SetInvestigationPlanRequest, TransferInvestigationRequest, UnlinkOperationRequest,
} from './investigation.requests';
import type { InvestigationCommandName } from './investigation.messages';
import {
  ArrestSuspectRequest, BailSuspectRequest, CancelCirculationRequest, ChargeSuspectRequest, CirculateSuspectRequest, EliminateSuspectRequest,
  InterviewSuspectUnderCautionRequest, LinkSuspectRequest, LowerSuspectQualityRequest, NameSuspectRequest, RecordEscapeRequest,
  RecordFailureToAnswerBailRequest, RecordSuspectDeceasedRequest, ReleaseSuspectUnderInvestigationRequest, RequisitionSuspectRequest,
  TakeNoFurtherActionRequest, VoidSuspectLinkRequest, WithdrawNoFurtherActionRequest,
} from './suspect.requests';
import type { FactRequest } from '#platform/requests';

/** The request class of every command that a person can send, by the command's name. */
export const investigationRequests = {
  OpenInvestigation: OpenInvestigationRequest,
  RecordCrime: RecordCrimeRequest,
  AllocateInvestigation: AllocateInvestigationRequest,
  ReallocateInvestigation: ReallocateInvestigationRequest,
  SetInvestigationPlan: SetInvestigationPlanRequest,
  RecordSupervisorReview: RecordSupervisorReviewRequest,
  AssignOutcome: AssignOutcomeRequest,
  ProposeFinalisation: ProposeFinalisationRequest,
  ReturnFinalisation: ReturnFinalisationRequest,
  FinaliseInvestigation: FinaliseInvestigationRequest,
  ReopenInvestigation: ReopenInvestigationRequest,
  TransferInvestigation: TransferInvestigationRequest,
  CancelInvestigation: CancelInvestigationRequest,
  ReassessSensitivity: ReassessSensitivityRequest,
  LinkOperation: LinkOperationRequest,
  UnlinkOperation: UnlinkOperationRequest,
  AnswerEscalation: AnswerEscalationRequest,
  CorrectEntry: CorrectEntryRequest,
  VoidEntry: VoidEntryRequest,
  LinkSuspect: LinkSuspectRequest,
  NameSuspect: NameSuspectRequest,
  LowerSuspectQuality: LowerSuspectQualityRequest,
  CirculateSuspect: CirculateSuspectRequest,
  CancelCirculation: CancelCirculationRequest,
  ArrestSuspect: ArrestSuspectRequest,
  InterviewSuspectUnderCaution: InterviewSuspectUnderCautionRequest,
  BailSuspect: BailSuspectRequest,
  ReleaseSuspectUnderInvestigation: ReleaseSuspectUnderInvestigationRequest,
  RecordFailureToAnswerBail: RecordFailureToAnswerBailRequest,
  RecordEscape: RecordEscapeRequest,
  EliminateSuspect: EliminateSuspectRequest,
  VoidSuspectLink: VoidSuspectLinkRequest,
  RecordSuspectDeceased: RecordSuspectDeceasedRequest,
  RequisitionSuspect: RequisitionSuspectRequest,
  ChargeSuspect: ChargeSuspectRequest,
  TakeNoFurtherAction: TakeNoFurtherActionRequest,
  WithdrawNoFurtherAction: WithdrawNoFurtherActionRequest,
} as const satisfies { readonly [N in InvestigationCommandName]: new () => FactRequest };

export type InvestigationRequest<N extends InvestigationCommandName = InvestigationCommandName> = InstanceType<(typeof investigationRequests)[N]>;

/** Every command that a person can send, in the order of an investigation's life. */
export const investigationCommandNames = Object.keys(investigationRequests) as InvestigationCommandName[];
