import type { InvestigationEventType } from '#contexts/investigations';
import type { NominalEvent } from '#contexts/nominals';
import type { AccessListEvent, PostEvent } from '#contexts/oversight';

/** What readers filter a history by. */
export const eventGroups = {
  status: 'Status and ownership', crimes: 'Crimes and outcomes', suspects: 'Suspects and links', custody: 'Arrest, bail and charge', corrections: 'Corrections',
} as const;
export type EventGroup = keyof typeof eventGroups;

interface EventWords {
  readonly title: string;
  readonly group: EventGroup;
}

const words = (title: string, group: EventGroup): EventWords => ({ title, group });

/** An event type without words does not compile. */
const eventWords: Record<InvestigationEventType, EventWords> = {
  InvestigationOpened: words('Investigation opened', 'status'),
  CrimeRecorded: words('Crime recorded', 'crimes'),
  InvestigationAllocated: words('Investigation allocated', 'status'),
  InvestigationReallocated: words('Owner changed', 'status'),
  InvestigationPlanSet: words('Investigation plan set', 'status'),
  SupervisorReviewRecorded: words('Supervisor review recorded', 'status'),
  OutcomeAssigned: words('Outcome assigned', 'crimes'),
  OutcomeReplaced: words('Outcome replaced', 'crimes'),
  FinalisationProposed: words('Finalisation proposed', 'status'),
  FinalisationReturned: words('Finalisation returned to the officer', 'status'),
  InvestigationFinalised: words('Investigation finalised', 'status'),
  InvestigationReopened: words('Investigation reopened', 'status'),
  InvestigationTransferred: words('Investigation transferred out', 'status'),
  InvestigationCancelled: words('Investigation cancelled', 'status'),
  SensitivityReassessed: words('Sensitivity reassessed', 'status'),
  OperationLinked: words('Linked to an operation', 'status'),
  OperationUnlinked: words('Taken out of an operation', 'status'),
  OverdueReviewEscalated: words('Overdue review escalated', 'status'),
  OutstandingSuspectEscalated: words('Suspect outstanding over 12 weeks escalated', 'suspects'),
  EscalationAnswered: words('Escalation answered', 'status'),
  EntryVoided: words('Entry taken away', 'corrections'),
  TextRedacted: words('Text redacted after an erasure', 'corrections'),
  SuspectLinked: words('Suspect linked to investigation', 'suspects'),
  SuspectNamed: words('Suspect named', 'suspects'),
  SuspectQualityLowered: words('Suspect held to be less than named', 'suspects'),
  SuspectCirculated: words('Suspect circulated', 'suspects'),
  CirculationCancelled: words('Circulation cancelled', 'suspects'),
  SuspectArrested: words('Suspect arrested', 'custody'),
  SuspectInterviewedUnderCaution: words('Suspect interviewed under caution', 'custody'),
  SuspectBailed: words('Suspect bailed', 'custody'),
  SuspectReleasedUnderInvestigation: words('Suspect released under investigation', 'custody'),
  SuspectFailedToAnswerBail: words('Suspect failed to answer bail', 'custody'),
  SuspectEscaped: words('Suspect escaped', 'custody'),
  SuspectEliminated: words('Suspect eliminated', 'suspects'),
  SuspectLinkVoided: words('Suspect link declared void', 'suspects'),
  SuspectDeceased: words('Suspect has died', 'suspects'),
  SuspectRequisitioned: words('Suspect requisitioned or summonsed', 'custody'),
  SuspectCharged: words('Suspect charged', 'custody'),
  SuspectNoFurtherAction: words('No further action taken against suspect', 'custody'),
  NoFurtherActionWithdrawn: words('No-further-action decision withdrawn', 'custody'),
};

/** Titles of the events of a person's record. */
const personEventWords: Record<NominalEvent['type'], string> = {
  PersonRegistered: 'Person registered', PersonAliasAdded: 'Another name added', EntryVoided: 'Entry taken away', TextRedacted: 'Text redacted after an erasure',
};

export const personEventTitle = (type: string): string => (Object.hasOwn(personEventWords, type) ? personEventWords[type as NominalEvent['type']] : type);

/** Of access lists and of users: in no case history, but each event has a page. */
const oversightWords: Record<AccessListEvent['type'] | PostEvent['type'], EventWords> = {
  AccessGranted: words('Access given', 'status'), AccessExtended: words('Access let reach more', 'status'), AccessWithdrawn: words('Access taken away', 'status'), BreakGlassUsed: words('Glass broken', 'status'),
  BreakGlassReviewed: words('Break-glass reviewed', 'status'), PostTaken: words('User seen in a post', 'status'), PostLeft: words('User left the post', 'status'),
  SessionsEnded: words('Sessions of a user ended', 'status'), JobRequeued: words('Job done again that had been given up', 'status'),
};

const allWords: Readonly<Record<string, EventWords>> = { ...eventWords, ...oversightWords };

/** How an outstanding episode began. */
const startWords: Readonly<Record<string, string>> = {
  NAMED: 'first named', FAILED_TO_ANSWER_BAIL: 'failed to answer bail', WARRANT: 'warrant', RECALL: 'recall to prison', ESCAPED: 'escaped',
  NFA_WITHDRAWN: 'no-further-action decision withdrawn, arrest sought', REOPENED: 'investigation reopened',
};

export const startOf = (code: string): string => (Object.hasOwn(startWords, code) ? startWords[code]! : code);

/** Words of an event type; one that this program does not know yet is shown by its own name. */
export const wordsOf = (type: string): EventWords =>
  (Object.hasOwn(allWords, type) ? allWords[type]! : words(type, 'status'));

/** Names of the fields of an event's data. */
export const fieldWords: Readonly<Record<string, string>> = {
  kind: 'Kind', area: 'Area', themes: 'Exploitation', team: 'Team', title: 'Title', summary: 'Summary', officer: 'Officer in the case', supervisor: 'Supervisor',
  plan: 'Plan', reviewEveryDays: 'Days between reviews', review: 'Review', findings: 'Findings', outcome: 'Outcome', approvedBy: 'Approved by',
  closingSummary: 'Closing summary', grounds: 'Grounds', toForce: 'To force', reason: 'Ground', quality: 'Quality', nominalId: 'Person', crimeIds: 'Crimes',
  crimeId: 'Crime', description: 'Description', basis: 'Basis', circulation: 'Circulation', circulationReference: 'Reference', custodyNumber: 'Custody number',
  setting: 'Where', regime: 'Bail', returnOn: 'Return on', conditions: 'Conditions', charges: 'Charges', writtenNoticeGiven: 'Written notice given',
  arrestSought: 'Arrest sought', offence: 'Offence', offenceFrom: 'Offence from', offenceTo: 'Offence to', force: 'Force', crimeReference: 'Crime reference',
  sensitivity: 'Sensitivity', operation: 'Operation', stage: 'Goes to', owner: 'Addressed to', since: 'Waiting since', dueOn: 'In time until', answer: 'Answer', escalation: 'Escalation', effectiveAt: 'When it happened', linkId: 'Suspect', investigationId: 'Investigation',
};

export const fieldName = (field: string): string => {
  const name = field.replace(/^data\./, '');
  return fieldWords[name] ?? name;
};
