import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import {
  allocate, cancel, correct, finalise, linkOperation, open, outcome, propose, reassess, returned, review, sensitive, signedIn, unlinkOperation, voidEntry,
} from './investigation.fixtures';

describe('the sensitivity of an investigation', () => {
  it('is STANDARD from its opening, so that saying so is nothing new', () => given(investigation, open()).when(reassess('STANDARD')).thenNothing());
  it('is SENSITIVE from an opening on the sensitive track', () => given(investigation, sensitive(open())).when(reassess('SENSITIVE')).thenNothing());
  it('is reassessed: recorded', () => given(investigation, open()).when(reassess('RESTRICTED')).then('SensitivityReassessed'));
  it('is reassessed to what it is: nothing new', () => given(investigation, open(), reassess('RESTRICTED')).when(reassess('RESTRICTED', '2019-04-01')).thenNothing());
  it('is lowered again: recorded', () => given(investigation, open(), reassess('SENSITIVE')).when(reassess('STANDARD', '2019-04-01')).then('SensitivityReassessed'));
  it('is reassessed after it was closed: recorded', () => given(investigation, open(), cancel()).when(reassess('SENSITIVE', '2019-06-01')).then('SensitivityReassessed'));
  it('of an investigation that is not there: refused, INVESTIGATION_UNKNOWN', () => given(investigation).when(reassess('SENSITIVE')).thenRefused('INVESTIGATION_UNKNOWN'));
  it('is reassessed before it was opened: refused, BEFORE_OPENING', () => given(investigation, open()).when(reassess('SENSITIVE', '2019-02-01')).thenRefused('BEFORE_OPENING'));

  it('holds by a reassessment of the opening day, whatever the time of the opening', () =>
    given(investigation, open('2019-03-01T10:00+00:00'), reassess('SENSITIVE', '2019-03-01')).when(reassess('SENSITIVE', '2019-03-02')).thenNothing());

  it('is reassessed with a date before another reassessment: refused, SENSITIVITY_REASSESSED_LATER', () =>
    given(investigation, open(), reassess('RESTRICTED', '2019-04-01')).when(reassess('SENSITIVE', '2019-03-20')).thenRefused('SENSITIVITY_REASSESSED_LATER'));

  it('is reassessed by a day whose minute was reassessed: refused, SENSITIVITY_REASSESSED_LATER', () =>
    given(investigation, open(), reassess('RESTRICTED', '2019-04-01T10:00+01:00')).when(reassess('SENSITIVE', '2019-04-01')).thenRefused('SENSITIVITY_REASSESSED_LATER'));

  it('is reassessed twice in one minute: recorded, the last holds', () =>
    given(investigation, open(), reassess('RESTRICTED', '2019-04-01T10:00+01:00'), reassess('SENSITIVE', '2019-04-01T10:00+01:00')).when(reassess('SENSITIVE', '2019-04-02')).thenNothing());
});

describe('a fact of the sensitive track', () => {
  it('comes to an investigation that is not sensitive: refused, SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD', () => {
    given(investigation, open()).when(sensitive(review())).thenRefused('SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD');
    given(investigation, open(), reassess('RESTRICTED')).when(sensitive(review())).thenRefused('SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD');
    given(investigation, sensitive(open()), reassess('STANDARD')).when(sensitive(review())).thenRefused('SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD');
  });

  it('comes to one that is: recorded', () => {
    given(investigation, sensitive(open())).when(sensitive(review())).then('SupervisorReviewRecorded');
    given(investigation, open(), reassess('SENSITIVE')).when(sensitive(review())).then('SupervisorReviewRecorded');
  });

  it('is the reassessment that makes it sensitive: recorded', () => given(investigation, open()).when(sensitive(reassess('SENSITIVE'))).then('SensitivityReassessed'));
  it('is a reassessment that does not: refused', () => given(investigation, open()).when(sensitive(reassess('RESTRICTED'))).thenRefused('SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD'));

  it('is put right, or taken away, after the investigation is sensitive no more: recorded', () => {
    const noMore = [sensitive(open()), sensitive(review()), reassess('STANDARD')];
    given(investigation, ...noMore).when(sensitive(voidEntry('e2'))).then('EntryVoided');
    given(investigation, ...noMore).when(sensitive(correct('e2', 'SupervisorReviewRecorded', { review: 'PEER', supervisor: 'DS 1', findings: { unsealed: 'x', key: 'k' } }, '2019-03-20'))).then('SupervisorReviewRecorded');
  });

  it('is made of another by a correction: refused', () =>
    given(investigation, open(), allocate()).when(sensitive(correct('e2', 'InvestigationAllocated', { officer: 'DC 3', team: 'CID' }, '2019-03-02'))).thenRefused('SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD'));
});

describe('an operation', () => {
  it('takes an investigation in, and another does too: recorded', () => {
    given(investigation, open()).when(linkOperation()).then('OperationLinked');
    given(investigation, open(), linkOperation()).when(linkOperation('Makesafe')).then('OperationLinked');
  });

  it('takes it in twice with the same date: nothing new', () => given(investigation, open(), linkOperation()).when(linkOperation()).thenNothing());
  it('takes it in again, written otherwise: refused, OPERATION_ALREADY_LINKED', () => given(investigation, open(), linkOperation()).when(linkOperation('CLOVER ', '2019-03-20')).thenRefused('OPERATION_ALREADY_LINKED'));
  it('gives it back: recorded', () => given(investigation, open(), linkOperation()).when(unlinkOperation('clover')).then('OperationUnlinked'));
  it('gives back what it does not have: refused, OPERATION_NOT_LINKED', () => given(investigation, open(), linkOperation('Makesafe')).when(unlinkOperation()).thenRefused('OPERATION_NOT_LINKED'));
  it('gives it back twice: refused, OPERATION_NOT_LINKED', () => given(investigation, open(), linkOperation(), unlinkOperation()).when(unlinkOperation('Clover', '2019-05-01')).thenRefused('OPERATION_NOT_LINKED'));
  it('takes it in once more: recorded', () => given(investigation, open(), linkOperation(), unlinkOperation()).when(linkOperation('Clover', '2019-05-01')).then('OperationLinked'));
  it('takes it in after it was closed: recorded', () => given(investigation, open(), cancel()).when(linkOperation('Clover', '2019-06-01')).then('OperationLinked'));
  it('takes it in before it was opened: refused, BEFORE_OPENING', () => given(investigation, open()).when(linkOperation('Clover', '2019-02-01')).thenRefused('BEFORE_OPENING'));
});

describe('what decides who may see an investigation', () => {
  it.each([
    ['sensitivity', reassess('RESTRICTED'), 'SensitivityReassessed', { sensitivity: 'STANDARD', basis: { unsealed: 'x', key: 'k' } }],
    ['operation', linkOperation(), 'OperationLinked', { operation: 'Makesafe' }],
  ])('is not corrected or taken away: %s, refused, ACCESS_DECISION_STANDS', (_, decision, type, data) => {
    given(investigation, open(), decision).when(correct('e2', type, data, '2019-03-02')).thenRefused('ACCESS_DECISION_STANDS');
    given(investigation, open(), decision).when(voidEntry('e2')).thenRefused('ACCESS_DECISION_STANDS');
  });

  it('is not the track of a corrected opening: refused, ACCESS_DECISION_STANDS', () => {
    const again = correct('e0', 'InvestigationOpened', { investigationId: 'i', kind: 'CRIME', area: 'Sheffield', themes: [] }, '2019-03-01');
    given(investigation, sensitive(open())).when(again).thenRefused('ACCESS_DECISION_STANDS');
    given(investigation, sensitive(open())).when(sensitive(again)).then('InvestigationOpened');
  });
});

describe('an officer who has signed in', () => {
  const closable = [open(), allocate(), outcome('18')];

  it('approves as another: refused, APPROVAL_IN_ANOTHERS_NAME', () => given(investigation, ...closable).when(signedIn('DS 2', finalise('DS 1'))).thenRefused('APPROVAL_IN_ANOTHERS_NAME'));
  it('approves as themselves, however they write it: recorded', () => given(investigation, ...closable).when(signedIn('DS 1', finalise('ds  1'))).then('InvestigationFinalised'));
  it('reviews as another: refused, REVIEW_IN_ANOTHERS_NAME', () => given(investigation, open()).when(signedIn('DC 1', review())).thenRefused('REVIEW_IN_ANOTHERS_NAME'));
  it('reviews as themselves: recorded', () => given(investigation, open()).when(signedIn('DS 1', review())).then('SupervisorReviewRecorded'));
  it('returns a proposal as another: refused, RETURN_IN_ANOTHERS_NAME', () => given(investigation, open(), propose()).when(signedIn('DC 1', returned())).thenRefused('RETURN_IN_ANOTHERS_NAME'));
  it('returns a proposal as themselves: recorded', () => given(investigation, open(), propose()).when(signedIn('DS 1', returned())).then('FinalisationReturned'));

  it('cannot approve what they proposed in the name of another: refused, PROPOSER_CANNOT_APPROVE', () =>
    given(investigation, ...closable, signedIn('DS 1', propose('DC 9'))).when(signedIn('DS 1', finalise('DS 1'))).thenRefused('PROPOSER_CANNOT_APPROVE'));

  it('puts an approval under another name by a correction: refused, APPROVAL_IN_ANOTHERS_NAME', () => {
    const approved = given(investigation, ...closable, signedIn('DS 1', finalise('DS 1')));
    approved.when(signedIn('DS 2', correct('e4', 'InvestigationFinalised', { approvedBy: 'DS 3' }, '2019-05-04'))).thenRefused('APPROVAL_IN_ANOTHERS_NAME');
  });

  it('puts the date of another\'s approval right: recorded', () =>
    given(investigation, ...closable, signedIn('DS 1', finalise('DS 1'))).when(signedIn('DS 2', correct('e4', 'InvestigationFinalised', { approvedBy: 'DS 1' }, '2019-05-06'))).then('InvestigationFinalised'));
});
