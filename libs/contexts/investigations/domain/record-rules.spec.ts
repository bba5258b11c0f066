import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import {
  allocate, crime, finalise, open, outcome, plan, reallocate, reopen, review,
} from './investigation.fixtures';

describe('an investigation that', () => {
  it('acts on an investigation that is not there: refused, INVESTIGATION_UNKNOWN', () =>
    given(investigation).when(allocate()).thenRefused('INVESTIGATION_UNKNOWN'));

  it('is opened twice: refused, INVESTIGATION_ALREADY_OPENED', () =>
    given(investigation, open()).when(open()).thenRefused('INVESTIGATION_ALREADY_OPENED'));

  it('is allocated before it began: refused, BEFORE_OPENING', () =>
    given(investigation, open()).when(allocate('DC 1', '2019-02-27')).thenRefused('BEFORE_OPENING'));

  it('is allocated in a month that it may have begun in: recorded', () =>
    given(investigation, open()).when(allocate('DC 1', '2019-03')).then('InvestigationAllocated'));

  it('is planned after it was closed: refused, INVESTIGATION_NOT_ACTIVE', () =>
    given(investigation, open(), outcome('18'), finalise()).when(plan(28, '2019-05-20')).thenRefused('INVESTIGATION_NOT_ACTIVE'));

  it('is planned after it was closed and reopened: recorded', () =>
    given(investigation, open(), outcome('18'), finalise(), reopen()).when(plan(28, '2019-06-20')).then('InvestigationPlanSet'));

  it('has a plan of a day before it was closed recorded late: recorded', () =>
    given(investigation, open(), outcome('18'), finalise()).when(plan(28, '2019-04-20')).then('InvestigationPlanSet'));

  it('is reviewed every 0 days: refused, REVIEW_INTERVAL_OUT_OF_RANGE', () =>
    given(investigation, open()).when(plan(0)).thenRefused('REVIEW_INTERVAL_OUT_OF_RANGE'));

  it('is reviewed every 367 days: refused, REVIEW_INTERVAL_OUT_OF_RANGE', () =>
    given(investigation, open()).when(plan(367)).thenRefused('REVIEW_INTERVAL_OUT_OF_RANGE'));

  it('is allocated a second time: refused, INVESTIGATION_ALREADY_ALLOCATED', () =>
    given(investigation, open(), allocate()).when(allocate('DC 9', '2019-03-04')).thenRefused('INVESTIGATION_ALREADY_ALLOCATED'));

  it('is allocated the same way twice: nothing new', () =>
    given(investigation, open(), allocate()).when(allocate()).thenNothing());

  it('is handed on before it had an owner: refused, INVESTIGATION_NOT_ALLOCATED', () =>
    given(investigation, open()).when(reallocate()).thenRefused('INVESTIGATION_NOT_ALLOCATED'));

  it('is handed on: recorded', () =>
    given(investigation, open(), allocate()).when(reallocate()).then('InvestigationReallocated'));

  it('is reviewed by a supervisor: recorded', () =>
    given(investigation, open()).when(review()).then('SupervisorReviewRecorded'));

  it('takes another crime: recorded', () =>
    given(investigation, open()).when(crime('c2')).then('CrimeRecorded'));

  it('takes a crime id twice with other details: refused, CRIME_ALREADY_RECORDED', () =>
    given(investigation, open()).when(crime('c1')).thenRefused('CRIME_ALREADY_RECORDED'));

  it('takes one reference of a force for two crimes: refused, CRIME_REFERENCE_TWICE', () =>
    given(investigation, open(), crime('c2', '2019-03-01', { force: '14', crimeReference: '14/1' })).when(crime('c3', '2019-03-01', { force: '14', crimeReference: '14/1' })).thenRefused('CRIME_REFERENCE_TWICE'));

  it('takes an offence that ends before it begins: refused, OFFENCE_ENDS_BEFORE_IT_BEGINS', () =>
    given(investigation, open()).when(crime('c2', '2019-03-01', { offenceFrom: '2019-02-02', offenceTo: '2019-02-01' })).thenRefused('OFFENCE_ENDS_BEFORE_IT_BEGINS'));

  it('takes a crime before its offence: refused, CRIME_RECORDED_BEFORE_OFFENCE', () =>
    given(investigation, open()).when(crime('c2', '2019-03-01', { offenceFrom: '2019-03-02' })).thenRefused('CRIME_RECORDED_BEFORE_OFFENCE'));

  it.each([
    ['2019', '2019-02', 'CrimeRecorded'], ['2019-02-14', '2019-02', 'CrimeRecorded'], ['1987', '1991', 'CrimeRecorded'], ['2019-03', undefined, 'CrimeRecorded'],
  ])('has an offence of %s to %s, no more exact than it is known: recorded', (offenceFrom, offenceTo, recorded) =>
    given(investigation, open()).when(crime('c2', '2019-03-01', { offenceFrom, offenceTo })).then(recorded as 'CrimeRecorded'));

  it.each([['2019-02', '2018'], ['2019-02', '2019-01-31'], ['1991', '1990-12']])('has an offence of %s that ends in %s: refused, OFFENCE_ENDS_BEFORE_IT_BEGINS', (offenceFrom, offenceTo) =>
    given(investigation, open()).when(crime('c2', '2019-03-01', { offenceFrom, offenceTo })).thenRefused('OFFENCE_ENDS_BEFORE_IT_BEGINS'));

  it('is recorded in the year before its offence: refused, CRIME_RECORDED_BEFORE_OFFENCE', () =>
    given(investigation, open()).when(crime('c2', '2019-03-01', { offenceFrom: '2020' })).thenRefused('CRIME_RECORDED_BEFORE_OFFENCE'));

  it('holds no crime but takes one: refused, NON_CRIME_HAS_NO_CRIMES', () =>
    given(investigation, open('2019-03-01', { kind: 'NON_CRIME', crimes: [] })).when(crime('c2')).thenRefused('NON_CRIME_HAS_NO_CRIMES'));
});
