import type { InvestigationCommandName } from '#contexts/investigations';
import type { NominalCommandName } from '#contexts/nominals';
import type { AccessListCommandName, DataSubjectCommandName } from '#contexts/oversight';

const on = (day: string) => ({ precision: 'day', from: day });
const crimeId = 'c1000000-0000-4000-8000-000000000001';
const nominalId = 'a1000000-0000-4000-8000-000000000001';
const event = 'e1000000-0000-4000-8000-000000000001';
const requestId = 'd1000000-0000-4000-8000-000000000002';

const person = { familyName: 'Example', givenNames: 'Robin', dateOfBirth: '1988-04-02', sex: '1', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_KNOWN', nationality: 'GBR' };

/** One body of every command, as the API's description shows it. People in them are invented. */
export const examples: { readonly [N in InvestigationCommandName | NominalCommandName | Exclude<AccessListCommandName, 'ExtendAccess'> | DataSubjectCommandName | 'GrantOperationAccess' | 'ExtendOperationAccess' | 'WithdrawOperationAccess']: object } = {
  OpenInvestigation: {
    kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], team: 'Child exploitation team', title: 'Operation Example', effectiveAt: on('2019-03-01'),
    crimes: [{ crimeId, force: '14', crimeReference: '14/100001/19', offence: '8/21', offenceFrom: '2019-02-20', offenceTo: '2019-02-28' }],
  },
  RecordCrime: { force: '14', crimeReference: '14/100002/19', offence: '8/21', offenceFrom: '2019-02-21', effectiveAt: on('2019-03-02') },
  AllocateInvestigation: { officer: 'DC 4417', team: 'Child exploitation team', supervisor: 'DS 1020', effectiveAt: on('2019-03-02') },
  ReallocateInvestigation: { officer: 'DC 5120', team: 'Child exploitation team', supervisor: 'DS 1020', effectiveAt: on('2019-04-01') },
  SetInvestigationPlan: { plan: 'Secure phone records; visit the premises.', reviewEveryDays: 28, effectiveAt: on('2019-03-03') },
  RecordSupervisorReview: { review: 'INITIAL_SUPERVISOR', supervisor: 'DS 1020', findings: 'All lines of enquiry are being followed.', effectiveAt: on('2019-03-10') },
  AssignOutcome: { crimeId, outcome: '16', effectiveAt: on('2019-09-01') },
  ProposeFinalisation: { officer: 'DC 5120', effectiveAt: on('2019-09-02') },
  ReturnFinalisation: { supervisor: 'DS 1020', reason: 'The second crime has no outcome.', effectiveAt: on('2019-09-03') },
  FinaliseInvestigation: { approvedBy: 'DS 1020', closingSummary: 'All crimes have an outcome.', effectiveAt: on('2019-09-10') },
  ReopenInvestigation: { grounds: 'NEW_EVIDENCE', effectiveAt: on('2019-10-01') },
  TransferInvestigation: { toForce: 'Humberside Police', effectiveAt: on('2019-11-01') },
  CancelInvestigation: { grounds: 'RECORDED_IN_ERROR', effectiveAt: on('2019-11-01') },
  ReassessSensitivity: { sensitivity: 'RESTRICTED', basis: 'A victim is known to staff of the district.', effectiveAt: on('2019-03-04') },
  LinkOperation: { operation: 'Example', effectiveAt: on('2019-03-04') },
  UnlinkOperation: { operation: 'Example', effectiveAt: on('2019-08-01') },
  AnswerEscalation: { escalation: event, answer: 'The suspect is abroad; extradition has been asked for.', effectiveAt: on('2019-09-12') },
  CorrectEntry: {
    event, type: 'InvestigationAllocated', data: { officer: 'DC 4417', team: 'Public protection', supervisor: 'DS 1020' },
    effectiveAt: on('2019-03-02'), reason: 'The team was written down wrongly.',
  },
  VoidEntry: { event, reason: 'Belongs to another investigation.' },
  LinkSuspect: { quality: 'NAMED', nominalId, basis: 'Named by two witnesses.', effectiveAt: on('2019-03-05') },
  NameSuspect: { nominalId, basis: 'Recognised on CCTV by an officer.', effectiveAt: on('2019-03-06') },
  LowerSuspectQuality: { quality: 'DESCRIBED', basis: 'The witness withdrew the name.', effectiveAt: on('2019-03-20') },
  CirculateSuspect: { circulation: 'PNC_WANTED', circulationReference: '19/14/0042', effectiveAt: on('2019-03-08') },
  CancelCirculation: { effectiveAt: on('2019-03-09') },
  ArrestSuspect: { custodyNumber: 'RO/1234/19', effectiveAt: { precision: 'minute', from: '2019-03-12T07:40+00:00' } },
  InterviewSuspectUnderCaution: { setting: 'CUSTODY', effectiveAt: { precision: 'minute', from: '2019-03-12T11:05+00:00' } },
  BailSuspect: { regime: 'STANDARD_POLICE', returnOn: '2019-04-08', conditions: 'Not to contact the complainant.', effectiveAt: { precision: 'minute', from: '2019-03-12T18:00+00:00' } },
  ReleaseSuspectUnderInvestigation: { effectiveAt: on('2019-04-08') },
  RecordFailureToAnswerBail: { effectiveAt: on('2019-04-08') },
  RecordEscape: { effectiveAt: { precision: 'minute', from: '2019-03-12T12:00+00:00' } },
  EliminateSuspect: { basis: 'In another town at the time.', effectiveAt: on('2019-04-20') },
  VoidSuspectLink: { grounds: 'WRONG_PERSON', effectiveAt: on('2019-04-21') },
  RecordSuspectDeceased: { effectiveAt: on('2019-05-01') },
  RequisitionSuspect: { charges: [{ offence: 'SX03001', method: 'R' }], effectiveAt: on('2019-05-02') },
  ChargeSuspect: { charges: [{ crimeId, offence: 'SX03001', method: 'C' }], effectiveAt: on('2019-05-03') },
  TakeNoFurtherAction: { grounds: 'EVIDENTIAL', writtenNoticeGiven: true, effectiveAt: on('2019-06-01') },
  WithdrawNoFurtherAction: { arrestSought: true, effectiveAt: on('2019-06-10') },
  RegisterPerson: person,
  CorrectPerson: { ...person, familyName: 'Sample', reason: 'The name was misheard.' },
  AddPersonAlias: { givenNames: 'Rob' },
  GrantAccess: { user: 'DC 4417', basis: 'Traces the phones of this investigation.' },
  WithdrawAccess: { grantId: event, basis: 'The enquiry has ended.' },
  BreakGlass: { basis: 'A child named in it may be at the address that we are sent to.' },
  ReviewBreakGlass: { breakGlassId: event, finding: 'JUSTIFIED', note: 'There was an immediate risk.' },
  GrantOperationAccess: { agency: 'Rotherham Metropolitan Borough Council', agreement: 'ISA-2019-04', basis: 'Works on the operation together with us.' },
  ExtendOperationAccess: { grantIds: [event], basis: 'The investigation is part of their task on the operation.' },
  WithdrawOperationAccess: { grantId: event },
  VoidPersonEntry: { event, reason: 'Belongs to another person.' },
  RestrictProcessing: { restriction: 'ACCURACY_DISPUTE_S47_3', note: 'The person says that the address was never theirs.' },
  LiftRestriction: { restriction: 'ACCURACY_DISPUTE_S47_3', informedOn: '2019-06-01' },
  PlaceLegalHold: { authority: 'PUBLIC_INQUIRY', note: 'Order of the inquiry, paragraph 4.' },
  ReleaseLegalHold: { holdId: 'd1000000-0000-4000-8000-000000000001' },
  ReviewRetention: { group: '2', decision: 'RETAIN', criteria: 'Risk of serious harm.', nextReviewOn: '2029-06-01' },
  RequestErasure: { ground: 'RETENTION_ENDED_S39_1', basis: 'No notice for six years; the review decided on deletion.' },
  AuthoriseErasure: { requestId, redactions: [{ stream: 'investigation-b1000000-0000-4000-8000-000000000002', event, path: 'data.basis', text: 'A cousin was seen at the mill.' }] },
  WithdrawErasureRequest: { requestId, basis: 'Requested for another person of the same name.' },
  RefuseErasure: { requestId, ground: 'RETENTION_REQUIRED' },
};
