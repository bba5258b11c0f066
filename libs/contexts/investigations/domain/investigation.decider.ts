import type { Decider, EffectiveAt, Fact } from '#kernel';
import { signatureRule, trackRule } from './access-rules';
import { casebooks, certainlyBefore, entriesOf, inEffectiveOrder, newEntry } from './casebook';
import type { Casebook, Entry } from './casebook';
import { askForTime, contraries } from './contraries';
import { correctEntry, voidEntry } from './corrections';
import { escalate } from './escalations';
import type { InvestigationCommand, SuspectCommand } from './investigation.commands';
import { refuse } from './investigation.errors';
import type { InvestigationEvent, InvestigationEventType } from './investigation.events';
import { closedStatuses, evolve, noInvestigation } from './investigation.state';
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
  ReassessSensitivity: 'SensitivityReassessed',
  LinkOperation: 'OperationLinked',
  UnlinkOperation: 'OperationUnlinked',
  AnswerEscalation: 'EscalationAnswered',
} as const;

const isRecordFact = (type: string): type is keyof typeof recordFacts => Object.hasOwn(recordFacts, type);

// What holds a sealed text cannot be compared, so that is left to its rule.
const says = (entry: Entry, { type, data, at }: Entry): boolean =>
  type === entry.type && !hasPrivate(entry.data) && sameFact(at, entry.at) && sameFact(data, entry.data);

/** The same fact twice is silence, unless the opposite may have happened since the first. */
const repeats = (entry: Entry, entries: readonly Entry[], book: Casebook): boolean => {
  const twin = entries.filter((each) => says(entry, each)).at(-1);
  return twin !== undefined && !contraries(entry, book).some((each) =>
    !says(entry, each) && inEffectiveOrder(twin, each) < 0 && !certainlyBefore(twin, each));
};

const record = (type: InvestigationEventType, data: object, at: EffectiveAt, { recorded, status }: InvestigationState): News => {
  const entries = entriesOf(recorded);
  const entry = newEntry(type, data, at);
  const book = casebooks(entries)(entry.id);
  if (repeats(entry, entries, book)) return [];
  // Whatever its date: a closed investigation would then hold a crime without an outcome.
  if (type === 'CrimeRecorded' && closedStatuses.has(status)) refuse('INVESTIGATION_NOT_ACTIVE', { field: 'effectiveAt' });
  check(entry, book);
  askForTime(entry, book);
  return [{ type, data } as Fact<InvestigationEvent>];
};

const open = ({ data: { crimes = [], ...data }, context: { effectiveAt } }: Extract<InvestigationCommand, { type: 'OpenInvestigation' }>, { recorded }: InvestigationState): News => {
  const facts = [{ type: 'InvestigationOpened', data }, ...crimes.map((crime) => ({ type: 'CrimeRecorded', data: crime }))] as News;
  const entries = [...entriesOf(recorded)];
  for (const [i, { type, data: said }] of facts.entries()) {
    const entry = newEntry(type, said, effectiveAt, `new ${i}`);
    check(entry, casebooks(entries)(entry.id));
    entries.push(entry);
  }
  return facts;
};

const assignOutcome = ({ data, context }: Extract<InvestigationCommand, { type: 'AssignOutcome' }>, state: InvestigationState): News => {
  const held = entriesOf(state.recorded).filter((entry): entry is Entry<'OutcomeAssigned' | 'OutcomeReplaced'> =>
    (entry.type === 'OutcomeAssigned' || entry.type === 'OutcomeReplaced') && entry.data.crimeId === data.crimeId);
  const last = held.filter(({ at }) => sameFact(at, context.effectiveAt)).at(-1);
  if (last && sameFact(last.data, data)) return [];
  return record(held.length > 0 ? 'OutcomeReplaced' : 'OutcomeAssigned', data, context.effectiveAt, state);
};

/** The rules of one investigation. */
export const investigation: Decider<InvestigationCommand, InvestigationState, InvestigationEvent> = {
  initialState: noInvestigation,
  remember: (state, recorded) => ({ ...state, recorded }),
  decide(command, state) {
    const { effectiveAt } = command.context;
    trackRule(command, state);
    switch (command.type) {
      case 'OpenInvestigation': return open(command, state);
      case 'AssignOutcome': return assignOutcome(command, state);
      case 'CorrectEntry': return correctEntry(command, state);
      case 'VoidEntry': return voidEntry(command, state);
      case 'ReassessSensitivity':
        // What it rests on is sealed, so that it is the same is told by what it decides.
        return state.sensitivity === command.data.sensitivity ? [] : record('SensitivityReassessed', command.data, effectiveAt, state);
      case 'EscalateOverdueReview':
      case 'EscalateOutstandingSuspect': return escalate(command, state);
      case 'RecordFromSource': return recordFromSource(command.data, command.context, state);
      default: {
        if (command.context.source) return refuse('SOURCE_FACTS_NEED_A_SOURCE', { field: 'source' });
        const type = isRecordFact(command.type) ? recordFacts[command.type] : suspectFacts[command.type];
        signatureRule(type, command.data, command.context);
        return record(type, command.data, effectiveAt, state);
      }
    }
  },
  evolve,
};
