import type { InvestigationId } from '#kernel';
import { investigationCommand, investigationRequests } from '#contexts/investigations';
import type { InvestigationCommandName } from '#contexts/investigations';
import type { CommandRoute, Order } from './command-route';

type Row = readonly [name: InvestigationCommandName, path: string, summary: string, makes?: string];

const suspect = ':id/suspects/:linkId';

const rows: readonly Row[] = [
  ['OpenInvestigation', '', 'Open an investigation', 'investigationId'],
  ['RecordCrime', ':id/crimes', 'Add a recorded crime', 'crimeId'],
  ['AllocateInvestigation', ':id/allocation', 'Allocate it to an officer'],
  ['ReallocateInvestigation', ':id/reallocation', 'Allocate it to another officer'],
  ['SetInvestigationPlan', ':id/plan', 'Set the investigation plan'],
  ['RecordSupervisorReview', ':id/reviews', 'Record a supervisor\'s review'],
  ['AssignOutcome', ':id/outcomes', 'Assign an outcome to a crime, or replace the one it has'],
  ['ProposeFinalisation', ':id/finalisation-proposal', 'Propose that it be finalised'],
  ['ReturnFinalisation', ':id/finalisation-return', 'Return a proposal to the officer'],
  ['FinaliseInvestigation', ':id/finalisation', 'Finalise it'],
  ['ReopenInvestigation', ':id/reopening', 'Reopen it'],
  ['TransferInvestigation', ':id/transfer', 'Transfer it to another force'],
  ['CancelInvestigation', ':id/cancellation', 'Cancel it'],
  ['ReassessSensitivity', ':id/sensitivity', 'Reassess how sensitive it is: who may know of it and read it'],
  ['LinkOperation', ':id/operations', 'Link it to an operation'],
  ['UnlinkOperation', ':id/operation-removals', 'Take it out of an operation'],
  ['AnswerEscalation', ':id/escalation-answers', 'Answer what was escalated: what is done about it'],
  ['CorrectEntry', ':id/corrections', 'Put an earlier entry right'],
  ['VoidEntry', ':id/voids', 'Take away an entry that should never have been made'],
  ['LinkSuspect', ':id/suspects', 'Link a suspect', 'linkId'],
  ['NameSuspect', `${suspect}/identification`, 'Say who the suspect is'],
  ['LowerSuspectQuality', `${suspect}/quality`, 'Record that the name no longer holds'],
  ['CirculateSuspect', `${suspect}/circulation`, 'Circulate the suspect'],
  ['CancelCirculation', `${suspect}/circulation-cancellation`, 'Cancel the circulation'],
  ['ArrestSuspect', `${suspect}/arrest`, 'Record the arrest'],
  ['InterviewSuspectUnderCaution', `${suspect}/interview`, 'Record an interview under caution'],
  ['BailSuspect', `${suspect}/bail`, 'Record pre-charge bail'],
  ['ReleaseSuspectUnderInvestigation', `${suspect}/release`, 'Record release under investigation'],
  ['RecordFailureToAnswerBail', `${suspect}/failure-to-answer-bail`, 'Record that the suspect did not answer bail'],
  ['RecordEscape', `${suspect}/escape`, 'Record an escape'],
  ['EliminateSuspect', `${suspect}/elimination`, 'Eliminate the suspect'],
  ['VoidSuspectLink', `${suspect}/void`, 'Void the link: it should never have been made'],
  ['RecordSuspectDeceased', `${suspect}/death`, 'Record the suspect\'s death'],
  ['RequisitionSuspect', `${suspect}/requisition`, 'Record a postal requisition or summons'],
  ['ChargeSuspect', `${suspect}/charges`, 'Record charges'],
  ['TakeNoFurtherAction', `${suspect}/no-further-action`, 'Take no further action'],
  ['WithdrawNoFurtherAction', `${suspect}/no-further-action-withdrawal`, 'Withdraw that decision'],
];

/** Every command about an investigation and its address below `/api/v1/investigations`. */
export const investigationRoutes: readonly CommandRoute[] = rows.map(([name, path, summary, makes]) => ({
  name, path, summary, makes,
  request: investigationRequests[name],
  order: (id, request, sender, names) => investigationCommand(name, id as InvestigationId | undefined, request as never, sender, names) as Order,
}));
