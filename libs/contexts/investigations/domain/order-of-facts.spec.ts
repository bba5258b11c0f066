import { given } from '#test/decider-spec';
import { when } from '#test/case-notes';
import { certainlyBefore, newEntry } from './casebook';
import { investigation } from './investigation.decider';
import {
  allocate, arrest, bail, charge, circulate, correct, crime, decease, eliminate, escape, failToAnswer, finalise, interview, link, lower, name, noFurtherAction, open, outcome,
  propose, reallocate, release, reopen, returned, uncirculate, voidEntry, voidLink, withdraw,
} from './investigation.fixtures';

const on = (at: string) => newEntry('SuspectArrested', {}, when(at));

describe('one fact is before another', () => {
  it('when it was certainly over by then', () =>
    expect([certainlyBefore(on('2019-05'), on('2019-06-01')), certainlyBefore(on('2019-05'), on('2019-05-31')), certainlyBefore(on('2019-04-30'), on('2019-05'))])
      .toEqual([true, false, true]));

  it('never when one of them has no known date', () =>
    expect([certainlyBefore(on('unknown'), on('2019')), certainlyBefore(on('2019'), on('unknown'))]).toEqual([false, false]));
});

describe('a day on which both a thing and its opposite happened', () => {
  it('asks for the time of an escape when the arrest has one: refused, ORDER_NEEDS_TIME', () =>
    given(investigation, open(), link(), arrest('2019-04-20T09:00+01:00')).when(escape('2019-04-20')).thenRefused('ORDER_NEEDS_TIME'));

  it('asks for the time of a reopening when the closing has one: refused, ORDER_NEEDS_TIME', () =>
    given(investigation, open(), outcome('18'), finalise('DS 1', '2019-05-04T15:00+01:00')).when(reopen('2019-05-04')).thenRefused('ORDER_NEEDS_TIME'));

  it('asks for the time of an elimination when the interview has one: refused, ORDER_NEEDS_TIME', () =>
    given(investigation, open(), link(), interview('2019-04-20T09:00+01:00')).when(eliminate('2019-04-20')).thenRefused('ORDER_NEEDS_TIME'));

  it('asks for a better date where a month hides which came first: refused, ORDER_NEEDS_TIME', () =>
    given(investigation, open(), link(), arrest('2019-04-20'), bail('2019-04-21')).when(failToAnswer('2019-04')).thenRefused('ORDER_NEEDS_TIME'));

  it('asks for no time where the order says nothing: recorded', () => {
    given(investigation, open(), outcome('18'), propose('DC 1', '2019-05-04T10:15+01:00')).when(finalise('DS 1', '2019-05-04')).then('InvestigationFinalised');
    given(investigation, open(), link(), circulate('2019-04-20T10:00+01:00')).when(interview('2019-04-20')).then('SuspectInterviewedUnderCaution');
  });

  it('asks for the time of an interview when a warrant was issued at a time: refused, ORDER_NEEDS_TIME', () =>
    given(investigation, open(), link(), circulate('2019-04-20T10:00+01:00', 'WARRANT_BACKED')).when(interview('2019-04-20')).thenRefused('ORDER_NEEDS_TIME'));

  it('takes days as they were recorded when none has a time: recorded', () =>
    given(investigation, open(), link(), arrest('2019-04-20')).when(escape('2019-04-20')).then('SuspectEscaped'));

  it('takes a time after a day: recorded', () =>
    given(investigation, open(), link(), arrest('2019-04-20')).when(escape('2019-04-20T11:00+01:00')).then('SuspectEscaped'));

  it('may hold the same act twice, with its opposite between: recorded', () => {
    given(investigation, open(), link(), circulate('2019-04-20'), uncirculate('2019-04-20')).when(circulate('2019-04-20')).then('SuspectCirculated');
    given(investigation, open(), propose('DC 1', '2019-05-02'), returned('2019-05-02')).when(propose('DC 1', '2019-05-02')).then('FinalisationProposed');
    given(investigation, open(), outcome('18'), finalise('DS 1', '2019-05-04'), reopen('2019-05-04')).when(finalise('DS 1', '2019-05-04')).then('InvestigationFinalised');
  });

  it('holds the same act once when nothing came between: nothing new', () =>
    given(investigation, open(), link(), circulate('2019-04-20'), arrest('2019-04-25')).when(circulate('2019-04-20')).thenNothing());

  it('may hold an outcome again after another: recorded', () =>
    given(investigation, open(), link(), outcome('15', '2019-05-01'), outcome('16', '2019-05-01')).when(outcome('15', '2019-05-01')).then('OutcomeReplaced'));
});

describe('an act that rests on something which has ended', () => {
  it('fails to answer bail after release without bail: refused, SUSPECT_NOT_ON_BAIL', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), bail('2019-03-20'), release('2019-04-01')).when(failToAnswer('2019-04-10')).thenRefused('SUSPECT_NOT_ON_BAIL'));

  it('escapes two months after release: refused, ESCAPE_NEEDS_ARREST', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), release('2019-03-21')).when(escape('2019-05-20')).thenRefused('ESCAPE_NEEDS_ARREST'));

  it('withdraws no further action twice: refused, NO_FURTHER_ACTION_NOT_TAKEN', () =>
    given(investigation, open(), link(), noFurtherAction('2019-03-20'), withdraw('2019-04-01'), arrest('2019-04-02')).when(withdraw('2019-04-10')).thenRefused('NO_FURTHER_ACTION_NOT_TAKEN'));

  it('cancels a circulation twice: refused, SUSPECT_NOT_CIRCULATED', () =>
    given(investigation, open(), link(), circulate('2019-03-20'), uncirculate('2019-04-01')).when(uncirculate('2019-04-10')).thenRefused('SUSPECT_NOT_CIRCULATED'));

  it('returns a proposal twice: refused, FINALISATION_NOT_PROPOSED', () =>
    given(investigation, open(), propose(), returned('2019-05-03')).when(returned('2019-05-05')).thenRefused('FINALISATION_NOT_PROPOSED'));

  it('reopens twice: refused, INVESTIGATION_NOT_CLOSED', () =>
    given(investigation, open(), outcome('18'), finalise(), reopen('2019-06-01')).when(reopen('2019-06-10')).thenRefused('INVESTIGATION_NOT_CLOSED'));
});

describe('an eliminated suspect', () => {
  const eliminated = [open(), link(), eliminate('2019-04-01')];

  it('can be named again: recorded', () =>
    given(investigation, ...eliminated).when(name('2019-04-10')).then('SuspectNamed'));

  it('who is arrested and charged stands against "no suspect identified": refused, OUTCOME_NEEDS_NO_NAMED_SUSPECT', () =>
    given(investigation, ...eliminated, arrest('2019-04-10'), charge('2019-04-11')).when(outcome('18')).thenRefused('OUTCOME_NEEDS_NO_NAMED_SUSPECT'));

  it('is a suspect again once arrested, and can be eliminated again: recorded', () =>
    given(investigation, ...eliminated, arrest('2019-04-10')).when(eliminate('2019-04-20')).then('SuspectEliminated'));

  it('is no identified suspect for an outcome: refused, OUTCOME_NEEDS_NAMED_SUSPECT', () =>
    given(investigation, ...eliminated).when(outcome('15')).thenRefused('OUTCOME_NEEDS_NAMED_SUSPECT'));
});

describe('an outcome', () => {
  it('"no suspect identified" against one named, lowered and named again: refused, OUTCOME_NEEDS_NO_NAMED_SUSPECT', () =>
    given(investigation, open(), link(), lower('2019-03-14'), name('2019-03-20')).when(outcome('18')).thenRefused('OUTCOME_NEEDS_NO_NAMED_SUSPECT'));

  it('of a suspect whose name was given up: refused, OUTCOME_NEEDS_NAMED_SUSPECT', () =>
    given(investigation, open(), link(), lower('2019-03-14')).when(outcome('1')).thenRefused('OUTCOME_NEEDS_NAMED_SUSPECT'));
});

describe('a fact recorded late', () => {
  it('is a closing before an arrest that stands: recorded, and the reopening between them can follow', () =>
    given(investigation, open(), outcome('18', '2019-03-05'), link(), arrest('2019-06-01'), finalise('DS 1', '2019-05-04')).when(reopen('2019-05-20')).then('InvestigationReopened'));

  it('is a name given up before a charge: recorded', () =>
    given(investigation, open(), link(), charge('2019-04-01')).when(lower('2019-03-14')).then('SuspectQualityLowered'));

  it('is a naming before an outcome that said that nobody was identified: recorded, the outcome is replaced next', () =>
    given(investigation, open(), outcome('18', '2019-05-01')).when(link('2019-04-01')).then('SuspectLinked'));

  it('takes away a link on the day on which it was made: recorded', () =>
    given(investigation, open(), link('2019-03-10'), circulate('2019-03-10')).when(voidLink('2019-03-10')).then('SuspectLinkVoided'));

  it('is a crime in an investigation that is closed: refused, INVESTIGATION_NOT_ACTIVE', () => {
    given(investigation, open(), outcome('18'), finalise('DS 1', '2019-05-04')).when(crime('c2', '2019-06-01')).thenRefused('INVESTIGATION_NOT_ACTIVE');
    given(investigation, open(), outcome('18'), finalise('DS 1', '2019-05-04')).when(crime('c2', '2019-04-01')).thenRefused('INVESTIGATION_NOT_ACTIVE');
  });

  it('is a crime before a closing that was followed by a reopening: recorded', () =>
    given(investigation, open(), outcome('18'), finalise('DS 1', '2019-05-04'), reopen('2019-06-01')).when(crime('c2', '2019-04-01')).then('CrimeRecorded'));

  it('is a charge in a month in which the naming lies: recorded', () =>
    given(investigation, open(), link('2019-03-10')).when(charge('2019-03')).then('SuspectCharged'));

  it('rests on bail of unknown date: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), bail('unknown')).when(failToAnswer('2019-04-20T10:00+01:00')).then('SuspectFailedToAnswerBail'));
});

describe('who approves a finalisation', () => {
  const ready = [open(), allocate('DC 1'), outcome('18')];

  it('is not the officer in the case, whoever proposed it: refused, PROPOSER_CANNOT_APPROVE', () =>
    given(investigation, ...ready, propose('DC 2')).when(finalise('DC 1')).thenRefused('PROPOSER_CANNOT_APPROVE'));

  it('is not the new officer in the case after a reopening: refused, PROPOSER_CANNOT_APPROVE', () =>
    given(investigation, ...ready, propose('DC 1'), finalise('DS 1'), reopen('2019-06-01'), reallocate('DC 2', '2019-06-02')).when(finalise('DC 2', '2019-06-05')).thenRefused('PROPOSER_CANNOT_APPROVE'));

  it('is the same person in other letters: refused, PROPOSER_CANNOT_APPROVE', () =>
    given(investigation, ...ready, propose('DC 1')).when(finalise(' dc  1')).thenRefused('PROPOSER_CANNOT_APPROVE'));

  it('may be who proposed it before a reopening: recorded', () =>
    given(investigation, ...ready, propose('DC 3'), finalise('DS 1'), reopen('2019-06-01'), propose('DC 1', '2019-06-03')).when(finalise('DC 3', '2019-06-05')).then('InvestigationFinalised'));
});

describe('a correction taken away', () => {
  it('brings back a death before an arrest that stands: refused, ENTRY_DEPENDED_ON', () =>
    given(investigation, open(), link(), decease('2019-03-16'), correct('e3', 'SuspectDeceased', { linkId: 'x' }, '2019-04-16'), arrest('2019-03-20'))
      .when(voidEntry('e4')).thenRefused('ENTRY_DEPENDED_ON'));

  it('brings back the arrest that bail stands on: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-19'), correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-18'), bail('2019-03-25'))
      .when(voidEntry('e4')).then('EntryVoided'));

  it('of an entry that was itself taken away leaves it taken away: refused, ENTRY_VOIDED', () =>
    given(investigation, open(), link(), arrest('2019-03-19'), correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-18'), voidEntry('e4'), voidEntry('e3'))
      .when(correct('e3', 'SuspectArrested', { linkId: 'x' }, '2019-03-20')).thenRefused('ENTRY_VOIDED'));

  it('asks for the time where a corrected day holds the opposite at a time: refused, ORDER_NEEDS_TIME', () =>
    given(investigation, open(), link(), arrest('2019-03-19'), bail('2019-03-21'), failToAnswer('2019-04-20T10:00+01:00'), arrest('2019-04-25'))
      .when(correct('e6', 'SuspectArrested', { linkId: 'x' }, '2019-04-20')).thenRefused('ORDER_NEEDS_TIME'));
});

describe('a correction', () => {
  it('of a naming that an outcome had missed: recorded, the outcome is replaced next', () =>
    given(investigation, open(), outcome('18', '2019-05-05'), link('2019-05-10')).when(correct('e3', 'SuspectLinked', { linkId: 'x', quality: 'NAMED', nominalId: 'n-x' }, '2019-05-01')).then('SuspectLinked'));

  it('to an unknown date stands where the entry was first recorded: recorded', () =>
    given(investigation, open(), link('2019-03-10'), charge('2019-04-01')).when(correct('e2', 'SuspectLinked', { linkId: 'x', quality: 'NAMED', nominalId: 'n-x' }, 'unknown')).then('SuspectLinked'));
});

describe('a person', () => {
  it('who was named on a link for somebody else can be linked anew: recorded', () =>
    given(investigation, open(), link('2019-03-10', 'x', { nominalId: 'n-1' }), lower('2019-03-14'), name('2019-03-15', 'x', { nominalId: 'n-2' }))
      .when(link('2019-03-20', 'y', { nominalId: 'n-1' })).then('SuspectLinked'));

  it('whose link was made in error can be linked anew: recorded', () =>
    given(investigation, open(), link('2019-03-10', 'x', { nominalId: 'n-1' }), voidLink('2019-03-14')).when(link('2019-03-20', 'y', { nominalId: 'n-1' })).then('SuspectLinked'));
});
