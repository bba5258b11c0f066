import type { Envelope, RecordedEvent } from '#kernel';
import type { InvestigationEvent, InvestigationEventType } from '../domain/investigation.events';

/** Which types say something about status, suspects, crimes, ownership or reviews. */
const matters: Record<InvestigationEventType, boolean> = {
  InvestigationOpened: true, CrimeRecorded: true, InvestigationAllocated: true, InvestigationReallocated: true, InvestigationPlanSet: true,
  SupervisorReviewRecorded: true, OutcomeAssigned: false, OutcomeReplaced: false, FinalisationProposed: true, FinalisationReturned: true,
  InvestigationFinalised: true, InvestigationReopened: true, InvestigationTransferred: true, InvestigationCancelled: true, EntryVoided: true, TextRedacted: false, OverdueReviewEscalated: false,
  OutstandingSuspectEscalated: false, EscalationAnswered: false,
  SuspectLinked: true, SuspectNamed: true, SuspectQualityLowered: true, SuspectCirculated: true, CirculationCancelled: true,
  SuspectArrested: true, SuspectInterviewedUnderCaution: true, SuspectBailed: true, SuspectReleasedUnderInvestigation: true,
  SuspectFailedToAnswerBail: true, SuspectEscaped: true, SuspectEliminated: true, SuspectLinkVoided: true, SuspectDeceased: true,
  SensitivityReassessed: true, OperationLinked: true, OperationUnlinked: true, SuspectRequisitioned: true, SuspectCharged: true, SuspectNoFurtherAction: true, NoFurtherActionWithdrawn: true,
};

/** Who first opened an investigation and on which track: a correction of the opening changes neither. */
export type FirstOpening = Pick<Envelope, 'actor' | 'track'>;

/** Null for another event than an opening. */
export const openingOf = ({ type, metadata: { actor, track } }: RecordedEvent): FirstOpening | null => (type === 'InvestigationOpened' ? { actor, track } : null);

/** Every type there is. */
export const factTypes: readonly string[] = Object.keys(matters);

const clearFields = (data: object): object => {
  const clear: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(data))
    if (typeof value !== 'object' || (Array.isArray(value) && typeof value[0] !== 'object')) clear[field] = value;
  return clear;
};

/**
 * What is kept in memory of an event: no sealed value, no charge line, of the envelope only what the order of effective history needs, and of an
 * opening who first made it.
 * Null when the event changes neither figures nor lists.
 */
export const factsOnly = ({ id, type, data, revision, number, metadata }: RecordedEvent, opening: FirstOpening | null): RecordedEvent<InvestigationEvent> | null => {
  if (!matters[type as InvestigationEventType]) return null;
  const { effectiveAt, recordedAt, corrects } = metadata;
  const envelope = { effectiveAt, recordedAt, corrects, ...(type === 'InvestigationOpened' ? opening : {}) } as Envelope;
  return { id, type, data: clearFields(data), stream: '', revision, number, position: '', metadata: envelope } as RecordedEvent<InvestigationEvent>;
};
