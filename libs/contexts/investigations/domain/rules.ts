import { operationRule, sensitivityRule, unlinkingRule } from './access-rules';
import type { Casebook, Entry } from './casebook';
import { arrestRule, bailRule, escapeRule, failureRule, interviewRule, noFurtherActionRule, releaseRule, voidingRule, withdrawalRule } from './custody-rules';
import type { InvestigationEventType } from './investigation.events';
import { refuse } from './investigation.errors';
import { answerRule } from './escalation-rules';
import { outcomeRule } from './outcome-rules';
import {
  allocationRule, crimeRule, finalisationRule, otherClosingRule, planRule, proposalRule, reallocationRule, reopeningRule, returnRule, whileActive,
} from './record-rules';
import { cancellationRule, chargeRule, circulationRule, deathRule, eliminationRule, linkRule, loweringRule, namingRule } from './suspect-rules';

type Rules = { readonly [T in InvestigationEventType]: (entry: Entry<T>, book: Casebook) => void };

const openingRule = (_: Entry<'InvestigationOpened'>, book: Casebook): void => {
  if (book.of('InvestigationOpened').length > 0) refuse('INVESTIGATION_ALREADY_OPENED');
};

/** What must hold for a fact of each type beside the other facts. A rule refuses only what cannot be true by then; what comes late is taken even where a later fact was judged without it. */
const rules: Rules = {
  InvestigationOpened: openingRule,
  CrimeRecorded: crimeRule,
  InvestigationAllocated: allocationRule,
  InvestigationReallocated: reallocationRule,
  InvestigationPlanSet: planRule,
  SupervisorReviewRecorded: whileActive,
  OutcomeAssigned: outcomeRule,
  OutcomeReplaced: outcomeRule,
  FinalisationProposed: proposalRule,
  FinalisationReturned: returnRule,
  InvestigationFinalised: finalisationRule,
  InvestigationReopened: reopeningRule,
  InvestigationTransferred: otherClosingRule,
  InvestigationCancelled: otherClosingRule,
  // Nothing that is put right later may be refused because of what was escalated before.
  OverdueReviewEscalated: () => undefined,
  OutstandingSuspectEscalated: () => undefined,
  EscalationAnswered: answerRule,
  EntryVoided: () => undefined,
  TextRedacted: () => undefined,
  SensitivityReassessed: sensitivityRule,
  OperationLinked: operationRule,
  OperationUnlinked: unlinkingRule,
  SuspectLinked: linkRule,
  SuspectNamed: namingRule,
  SuspectQualityLowered: loweringRule,
  SuspectCirculated: circulationRule,
  CirculationCancelled: cancellationRule,
  SuspectArrested: arrestRule,
  SuspectInterviewedUnderCaution: interviewRule,
  SuspectBailed: bailRule,
  SuspectReleasedUnderInvestigation: releaseRule,
  SuspectFailedToAnswerBail: failureRule,
  SuspectEscaped: escapeRule,
  SuspectEliminated: eliminationRule,
  SuspectLinkVoided: voidingRule,
  SuspectDeceased: deathRule,
  SuspectRequisitioned: chargeRule,
  SuspectCharged: chargeRule,
  SuspectNoFurtherAction: noFurtherActionRule,
  NoFurtherActionWithdrawn: withdrawalRule,
};

/**
 * Asks the rule of the entry's type.
 * @throws InvestigationRefused when the fact cannot be true beside the others
 */
export const check = (entry: Entry, book: Casebook): void => {
  if (entry.type !== 'InvestigationOpened' && book.of('InvestigationOpened').length === 0) refuse('INVESTIGATION_UNKNOWN');
  (rules[entry.type] as (entry: Entry, book: Casebook) => void)(entry, book);
};
