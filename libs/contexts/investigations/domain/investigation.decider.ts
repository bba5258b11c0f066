import type { Decider, EffectiveAt, Fact } from '#kernel';
import { casebooks, entriesOf } from './casebook';
import type { Entry } from './casebook';
import { correctEntry, voidEntry } from './corrections';
import type { InvestigationCommand, SuspectCommand } from './investigation.commands';
import { refuse } from './investigation.errors';
import type { InvestigationEvent, InvestigationEventType } from './investigation.events';
import { evolve, noInvestigation } from './investigation.state';
import type { InvestigationState } from './investigation.state';
import { check } from './rules';
import { hasPrivate, sameFact } from './same-fact';
import { recordFromSource } from './source-facts';

type News = Fact<InvestigationEvent>[];

/** The fact that each command about a suspect asks for. */
const suspectFacts: Record<SuspectCommand['type'], InvestigationEventType> = {
  LinkSuspect: 'SuspectLinked',
  NameSuspect: 'SuspectNamed',
  LowerSuspectQuality: 'SuspectQualityLowered',
  CirculateSuspect: 'SuspectCirculated',
  CancelCirculation: 'CirculationCancelled',
  ArrestSuspect: 'SuspectArrested',
  InterviewSuspectUnderCaution: 'SuspectInterviewedUnderCaution',
  BailSuspect: 'SuspectBailed',
  ReleaseSuspectUnderInvestigation: 'SuspectReleasedUnderInvestigation',
  RecordFailureToAnswerBail: 'SuspectFailedToAnswerBail',
  RecordEscape: 'SuspectEscaped',
  EliminateSuspect: 'SuspectEliminated',
  VoidSuspectLink: 'SuspectLinkVoided',
  RecordSuspectDeceased: 'SuspectDeceased',
  RequisitionSuspect: 'SuspectRequisitioned',
  ChargeSuspect: 'SuspectCharged',
  TakeNoFurtherAction: 'SuspectNoFurtherAction',
  WithdrawNoFurtherAction: 'NoFurtherActionWithdrawn',
};

const recordFacts = {
  RecordCrime: 'CrimeRecorded',
  AllocateInvestigation: 'InvestigationAllocated',
  ReallocateInvestigation: 'InvestigationReallocated',
  SetInvestigationPlan: 'InvestigationPlanSet',
  RecordSupervisorReview: 'SupervisorReviewRecorded',
  ProposeFinalisation: 'FinalisationProposed',
  ReturnFinalisation: 'FinalisationReturned',
  FinaliseInvestigation: 'InvestigationFinalised',
  ReopenInvestigation: 'InvestigationReopened',
  TransferInvestigation: 'InvestigationTransferred',
  CancelInvestigation: 'InvestigationCancelled',
} as const;

const isRecordFact = (type: string): type is keyof typeof recordFacts => Object.hasOwn(recordFacts, type);

// The same fact twice is silence. What holds a sealed text cannot be compared, so that is left to its rule.
const repeats = (entry: Entry, entries: readonly Entry[]): boolean =>
  !hasPrivate(entry.data) && entries.some(({ type, data, at }) => type === entry.type && sameFact(at, entry.at) && sameFact(data, entry.data));

const record = (type: InvestigationEventType, data: object, at: EffectiveAt, { recorded }: InvestigationState): News => {
  const entries = entriesOf(recorded);
  const entry = { id: '', type, data, at } as Entry;
  if (repeats(entry, entries)) return [];
  check(entry, casebooks(entries)(''));
  return [{ type, data } as Fact<InvestigationEvent>];
};

const open = ({ data: { crimes = [], ...data }, context: { effectiveAt } }: Extract<InvestigationCommand, { type: 'OpenInvestigation' }>, { recorded }: InvestigationState): News => {
  const facts = [{ type: 'InvestigationOpened', data }, ...crimes.map((crime) => ({ type: 'CrimeRecorded', data: crime }))] as News;
  const entries = [...entriesOf(recorded)];
  for (const [i, fact] of facts.entries()) {
    const entry = { ...fact, id: `new ${i}`, at: effectiveAt } as unknown as Entry;
    check(entry, casebooks(entries)(entry.id));
    entries.push(entry);
  }
  return facts;
};

const assignOutcome = ({ data, context }: Extract<InvestigationCommand, { type: 'AssignOutcome' }>, state: InvestigationState): News => {
  const held = entriesOf(state.recorded).some(({ type, data: other }) =>
    (type === 'OutcomeAssigned' || type === 'OutcomeReplaced') && (other as typeof data).crimeId === data.crimeId);
  const same = entriesOf(state.recorded).some(({ type, data: other, at }) =>
    (type === 'OutcomeAssigned' || type === 'OutcomeReplaced') && sameFact(other, data) && sameFact(at, context.effectiveAt));
  return same ? [] : record(held ? 'OutcomeReplaced' : 'OutcomeAssigned', data, context.effectiveAt, state);
};

/** The rules of one investigation. */
export const investigation: Decider<InvestigationCommand, InvestigationState, InvestigationEvent> = {
  initialState: noInvestigation,
  remember: (state, recorded) => ({ ...state, recorded }),
  decide(command, state) {
    const { effectiveAt } = command.context;
    switch (command.type) {
      case 'OpenInvestigation': return open(command, state);
      case 'AssignOutcome': return assignOutcome(command, state);
      case 'CorrectEntry': return correctEntry(command, state);
      case 'VoidEntry': return voidEntry(command, state);
      case 'RecordFromSource': return recordFromSource(command.data, command.context, state);
      default: {
        if (command.context.source) return refuse('SOURCE_FACTS_NEED_A_SOURCE', { field: 'source' });
        const type = isRecordFact(command.type) ? recordFacts[command.type] : suspectFacts[command.type];
        return record(type, command.data, effectiveAt, state);
      }
    }
  },
  evolve,
};
