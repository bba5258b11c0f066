import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import type { EffectiveAt } from '#kernel';
import { Code, EffectiveAtField, FactRequest, Id, Text } from '#platform/requests';
import type { AccessEvent, EscalationEvent, InvestigationEventType } from '../domain/investigation.events';
import type { InvestigationCommandName } from './investigation.messages';

/** The command whose request is also the form in which an event of this type is corrected. */
export const correctionForms = {
  InvestigationOpened: 'OpenInvestigation',
  CrimeRecorded: 'RecordCrime',
  InvestigationAllocated: 'AllocateInvestigation',
  InvestigationReallocated: 'ReallocateInvestigation',
  InvestigationPlanSet: 'SetInvestigationPlan',
  SupervisorReviewRecorded: 'RecordSupervisorReview',
  OutcomeAssigned: 'AssignOutcome',
  OutcomeReplaced: 'AssignOutcome',
  FinalisationProposed: 'ProposeFinalisation',
  FinalisationReturned: 'ReturnFinalisation',
  InvestigationFinalised: 'FinaliseInvestigation',
  InvestigationReopened: 'ReopenInvestigation',
  InvestigationTransferred: 'TransferInvestigation',
  InvestigationCancelled: 'CancelInvestigation',
  EscalationAnswered: 'AnswerEscalation',
  SuspectLinked: 'LinkSuspect',
  SuspectNamed: 'NameSuspect',
  SuspectQualityLowered: 'LowerSuspectQuality',
  SuspectCirculated: 'CirculateSuspect',
  CirculationCancelled: 'CancelCirculation',
  SuspectArrested: 'ArrestSuspect',
  SuspectInterviewedUnderCaution: 'InterviewSuspectUnderCaution',
  SuspectBailed: 'BailSuspect',
  SuspectReleasedUnderInvestigation: 'ReleaseSuspectUnderInvestigation',
  SuspectFailedToAnswerBail: 'RecordFailureToAnswerBail',
  SuspectEscaped: 'RecordEscape',
  SuspectEliminated: 'EliminateSuspect',
  SuspectLinkVoided: 'VoidSuspectLink',
  SuspectDeceased: 'RecordSuspectDeceased',
  SuspectRequisitioned: 'RequisitionSuspect',
  SuspectCharged: 'ChargeSuspect',
  SuspectNoFurtherAction: 'TakeNoFurtherAction',
  NoFurtherActionWithdrawn: 'WithdrawNoFurtherAction',
} as const satisfies { readonly [E in Exclude<InvestigationEventType, AccessEvent['type'] | EscalationEvent['type'] | 'EntryVoided' | 'TextRedacted'>]: InvestigationCommandName };

/** Types of events that can be corrected. */
export type CorrectableEventType = keyof typeof correctionForms;

export const correctableEventTypes = Object.keys(correctionForms) as CorrectableEventType[];

/**
 * Puts an earlier entry right. `effectiveAt` is when it really happened, and must be said: left out, the act would move to the day of its
 * correction. `data` is the whole entry as it should have been; track, marking and assertion stay as they are unless given.
 */
export class CorrectEntryRequest extends FactRequest {
  @Id({ description: 'The event to correct' })
  event: string;

  @Code(correctableEventTypes, { description: 'Type of that event' })
  type: CorrectableEventType;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The whole entry, in the form of the request that records it' })
  @IsObject({ message: '$property must be an object' })
  data: object;

  @EffectiveAtField({ description: 'When it really happened, also when that is not what is put right' })
  declare effectiveAt: EffectiveAt;

  @Text({ description: 'Why it is corrected; sealed' })
  declare reason: string;
}

/** Takes an earlier entry away: it should never have been made. */
export class VoidEntryRequest extends FactRequest {
  @Id({ description: 'The event to take away' })
  event: string;

  @Text({ description: 'Why it is taken away; sealed' })
  declare reason: string;
}
