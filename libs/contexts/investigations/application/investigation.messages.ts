import { Command } from '@nestjs/cqrs';
import type { CommandContext, InvestigationId } from '#kernel';
import type { Receipt } from '#platform/event-store';
import type { EnvelopeSaid } from '#platform/requests';
import type { EscalationCommand, InvestigationCommand } from '../domain/investigation.commands';

/** Commands that people send; facts of other systems (`RecordFromSource`) and what the program escalates do not pass this way. */
export type InvestigationCommandName = Exclude<InvestigationCommand['type'], 'RecordFromSource' | EscalationCommand['type']>;

export type InvestigationCommandData<T extends InvestigationCommandName> = Extract<InvestigationCommand, { type: T }>['data'];

const order = <T extends InvestigationCommandName>(type: T) => {
  /** A domain command on its way over the bus, with the stream it is for. */
  class InvestigationOrder extends Command<Receipt> {
    readonly type = type;
    constructor(
      readonly investigationId: InvestigationId, readonly data: InvestigationCommandData<T>, readonly context: CommandContext,
      /** The revision the sender saw; no retry after a conflict. */
      readonly expectedRevision?: number,
      /** What its sender said of the envelope; a correction takes the rest over from the entry. */
      readonly said: EnvelopeSaid = {},
    ) {
      super();
    }
  }
  return InvestigationOrder;
};

export class OpenInvestigation extends order('OpenInvestigation') {}
export class RecordCrime extends order('RecordCrime') {}
export class AllocateInvestigation extends order('AllocateInvestigation') {}
export class ReallocateInvestigation extends order('ReallocateInvestigation') {}
export class SetInvestigationPlan extends order('SetInvestigationPlan') {}
export class RecordSupervisorReview extends order('RecordSupervisorReview') {}
export class AssignOutcome extends order('AssignOutcome') {}
export class ProposeFinalisation extends order('ProposeFinalisation') {}
export class ReturnFinalisation extends order('ReturnFinalisation') {}
export class FinaliseInvestigation extends order('FinaliseInvestigation') {}
export class ReopenInvestigation extends order('ReopenInvestigation') {}
export class TransferInvestigation extends order('TransferInvestigation') {}
export class CancelInvestigation extends order('CancelInvestigation') {}
export class ReassessSensitivity extends order('ReassessSensitivity') {}
export class LinkOperation extends order('LinkOperation') {}
export class UnlinkOperation extends order('UnlinkOperation') {}
export class CorrectEntry extends order('CorrectEntry') {}
export class VoidEntry extends order('VoidEntry') {}
export class AnswerEscalation extends order('AnswerEscalation') {}
export class LinkSuspect extends order('LinkSuspect') {}
export class NameSuspect extends order('NameSuspect') {}
export class LowerSuspectQuality extends order('LowerSuspectQuality') {}
export class CirculateSuspect extends order('CirculateSuspect') {}
export class CancelCirculation extends order('CancelCirculation') {}
export class ArrestSuspect extends order('ArrestSuspect') {}
export class InterviewSuspectUnderCaution extends order('InterviewSuspectUnderCaution') {}
export class BailSuspect extends order('BailSuspect') {}
export class ReleaseSuspectUnderInvestigation extends order('ReleaseSuspectUnderInvestigation') {}
export class RecordFailureToAnswerBail extends order('RecordFailureToAnswerBail') {}
export class RecordEscape extends order('RecordEscape') {}
export class EliminateSuspect extends order('EliminateSuspect') {}
export class VoidSuspectLink extends order('VoidSuspectLink') {}
export class RecordSuspectDeceased extends order('RecordSuspectDeceased') {}
export class RequisitionSuspect extends order('RequisitionSuspect') {}
export class ChargeSuspect extends order('ChargeSuspect') {}
export class TakeNoFurtherAction extends order('TakeNoFurtherAction') {}
export class WithdrawNoFurtherAction extends order('WithdrawNoFurtherAction') {}

/** The message class of every command a person can send. */
export const investigationMessages = {
  OpenInvestigation, RecordCrime, AllocateInvestigation, ReallocateInvestigation, SetInvestigationPlan, RecordSupervisorReview, AssignOutcome,
  ProposeFinalisation, ReturnFinalisation, FinaliseInvestigation, ReopenInvestigation, TransferInvestigation, CancelInvestigation, ReassessSensitivity, LinkOperation,
  UnlinkOperation, AnswerEscalation, CorrectEntry,
  VoidEntry, LinkSuspect, NameSuspect, LowerSuspectQuality, CirculateSuspect, CancelCirculation, ArrestSuspect, InterviewSuspectUnderCaution,
  BailSuspect, ReleaseSuspectUnderInvestigation, RecordFailureToAnswerBail, RecordEscape, EliminateSuspect, VoidSuspectLink,
  RecordSuspectDeceased, RequisitionSuspect, ChargeSuspect, TakeNoFurtherAction, WithdrawNoFurtherAction,
} satisfies { readonly [T in InvestigationCommandName]: ReturnType<typeof order<T>> };

export type InvestigationMessage = InstanceType<(typeof investigationMessages)[InvestigationCommandName]>;
