import type { Casebook, Entry } from './casebook';
import { operationKey } from './codes';
import { backFacts, closings } from './investigation.events';
import type { InvestigationEventType, SuspectEvent } from './investigation.events';
import { refuse } from './investigation.errors';

type Types = readonly InvestigationEventType[];

/** A circulation among them only when it is a warrant or a recall: the others start no wait. */
const wanted: Types = ['SuspectFailedToAnswerBail', 'SuspectEscaped', 'NoFurtherActionWithdrawn', 'SuspectCirculated'];
const dealtWith: Types = [
  'SuspectArrested', 'SuspectInterviewedUnderCaution', 'SuspectBailed', 'SuspectReleasedUnderInvestigation', 'SuspectRequisitioned', 'SuspectCharged', 'SuspectNoFurtherAction',
];

/** Pairs of facts of which the later one tells how things stand. */
const pairs: readonly (readonly [Types, Types])[] = [
  [wanted, dealtWith], [['SuspectEliminated'], backFacts], [['SuspectNamed'], ['SuspectQualityLowered']], [['SuspectCirculated'], ['CirculationCancelled']],
  [closings, ['InvestigationReopened']], [['FinalisationProposed'], ['FinalisationReturned', 'InvestigationReopened']], [['InvestigationReallocated'], ['InvestigationAllocated', 'InvestigationReallocated']],
  [['OutcomeAssigned', 'OutcomeReplaced'], ['OutcomeAssigned', 'OutcomeReplaced']], [['OperationLinked'], ['OperationUnlinked']],
];

const contrariesOf = new Map<InvestigationEventType, Set<InvestigationEventType>>();
for (const [ones, others] of [...pairs, ...pairs.map(([a, b]) => [b, a] as const)])
  for (const one of ones) contrariesOf.set(one, new Set([...(contrariesOf.get(one) ?? []), ...others]));

const soughtBy = new Set(['RECALL', 'WARRANT_BACKED', 'WARRANT_NOT_BACKED']);
const endsCirculation = new Set<string>(['CirculationCancelled', 'SuspectArrested', 'SuspectEliminated']);

// Being circulated in another way neither starts a wait nor is ended by being dealt with, except by an arrest.
const opposes = (one: Entry, other: Entry): boolean =>
  one.type !== 'SuspectCirculated' || soughtBy.has(one.data.circulation) || endsCirculation.has(other.type);

/** The crime or operation that a fact is about; undefined of the record as a whole. */
const subjectOf = ({ data }: Entry): string | undefined => {
  const { crimeId, operation } = data as { readonly crimeId?: string; readonly operation?: string };
  return operation === undefined ? crimeId : operationKey(operation);
};

/** Facts about the same link, crime, operation or record that say the opposite of facts of this entry's type. */
export const contraries = (entry: Entry, book: Casebook): readonly Entry[] => {
  const types = [...(contrariesOf.get(entry.type) ?? [])];
  if ('linkId' in entry.data)
    return (book.about(entry.data.linkId, ...(types as SuspectEvent['type'][])) as readonly Entry[]).filter((other) => opposes(entry, other) && opposes(other, entry));
  return book.of(...types).filter((other) => subjectOf(other) === subjectOf(entry));
};

/**
 * A day alone does not say which came first where the opposite happened at a time of that day, and the record would be read as if the day came first.
 * @throws InvestigationRefused ORDER_NEEDS_TIME
 */
export const askForTime = (entry: Entry, book: Casebook): void => {
  if (entry.at.precision !== 'day') return;
  const sameDay = contraries(entry, book).some(({ at, earliest }) => at.precision === 'minute' && earliest > entry.earliest && earliest < entry.latest);
  if (sameDay) refuse('ORDER_NEEDS_TIME', { field: 'effectiveAt' });
};
