import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import {
  arrest, bail, charge, circulate, decease, described, eliminate, escape, failToAnswer, finalise, interview, link, lower, name, noFurtherAction, open, outcome, release, requisition, uncirculate, voidLink, withdraw,
} from './investigation.fixtures';

describe('a suspect who', () => {
  it('is linked by name without a person: refused, NAMED_NEEDS_PERSON', () =>
    given(investigation, open()).when(link('2019-03-10', 'x', { nominalId: undefined })).thenRefused('NAMED_NEEDS_PERSON'));

  it('is a person but only described: refused, PERSON_NEEDS_BETTER_QUALITY', () =>
    given(investigation, open()).when(link('2019-03-10', 'x', { quality: 'DESCRIBED' })).thenRefused('PERSON_NEEDS_BETTER_QUALITY'));

  it('is linked under the same id with other details: refused, LINK_ALREADY_MADE', () =>
    given(investigation, open(), link()).when(link('2019-03-11', 'x', { nominalId: 'n-y' })).thenRefused('LINK_ALREADY_MADE'));

  it('is the same person under another link: refused, PERSON_ALREADY_LINKED', () =>
    given(investigation, open(), link()).when(link('2019-03-11', 'y', { nominalId: 'n-x' })).thenRefused('PERSON_ALREADY_LINKED'));

  it('is the same person again after the first link was voided: recorded', () =>
    given(investigation, open(), link(), voidLink('2019-03-11')).when(link('2019-03-12', 'y', { nominalId: 'n-x' })).then('SuspectLinked'));

  it('is linked to a crime that is not recorded: refused, CRIME_UNKNOWN', () =>
    given(investigation, open()).when(link('2019-03-10', 'x', { crimeIds: ['c9'] })).thenRefused('CRIME_UNKNOWN'));

  it('is not on the investigation: refused, LINK_UNKNOWN', () =>
    given(investigation, open()).when(arrest('2019-03-12')).thenRefused('LINK_UNKNOWN'));

  it('was voided and is arrested: refused, LINK_VOIDED', () =>
    given(investigation, open(), link(), voidLink('2019-03-11')).when(arrest('2019-03-12')).thenRefused('LINK_VOIDED'));

  it('is named after being described: recorded', () =>
    given(investigation, open(), described()).when(name()).then('SuspectNamed'));

  it('is named as somebody else while NAMED: refused, SUSPECT_ALREADY_NAMED', () =>
    given(investigation, open(), link()).when(name('2019-03-12', 'x', { nominalId: 'n-z' })).thenRefused('SUSPECT_ALREADY_NAMED'));

  it('is named again after the name was given up: recorded', () =>
    given(investigation, open(), link(), lower()).when(name('2019-03-16', 'x', { nominalId: 'n-z' })).then('SuspectNamed'));

  it('is held to be less than NAMED without having been: refused, SUSPECT_NOT_NAMED', () =>
    given(investigation, open(), described()).when(lower()).thenRefused('SUSPECT_NOT_NAMED'));

  it('is circulated on PNC without a name: refused, SUSPECT_NOT_NAMED', () =>
    given(investigation, open(), described()).when(circulate()).thenRefused('SUSPECT_NOT_NAMED'));

  it('is circulated to locate without a name: recorded', () =>
    given(investigation, open(), described()).when(circulate('2019-03-15', 'LOCATE_TRACE')).then('SuspectCirculated'));

  it('is circulated the same way twice: refused, SUSPECT_ALREADY_CIRCULATED', () =>
    given(investigation, open(), link(), circulate()).when(circulate('2019-03-18')).thenRefused('SUSPECT_ALREADY_CIRCULATED'));

  it('is circulated again after an arrest: recorded', () =>
    given(investigation, open(), link(), circulate(), arrest('2019-03-20')).when(circulate('2019-03-25')).then('SuspectCirculated'));

  it('has a circulation cancelled that there never was: refused, SUSPECT_NOT_CIRCULATED', () =>
    given(investigation, open(), link()).when(uncirculate('2019-03-16')).thenRefused('SUSPECT_NOT_CIRCULATED'));

  it('is eliminated twice: refused, SUSPECT_ALREADY_ELIMINATED', () =>
    given(investigation, open(), link(), eliminate('2019-03-16')).when(eliminate('2019-03-20')).thenRefused('SUSPECT_ALREADY_ELIMINATED'));

  it('is eliminated again after an arrest: recorded', () =>
    given(investigation, open(), link(), eliminate('2019-03-16'), arrest('2019-03-18')).when(eliminate('2019-03-20')).then('SuspectEliminated'));

  it('is dealt with after death: refused, SUSPECT_DECEASED', () =>
    given(investigation, open(), link(), decease('2019-03-16')).when(arrest('2019-03-20')).thenRefused('SUSPECT_DECEASED'));

  it('is eliminated after death: recorded', () =>
    given(investigation, open(), link(), decease('2019-03-16')).when(eliminate('2019-03-20')).then('SuspectEliminated'));

  it('has a death recorded that a later arrest denies: refused, SUSPECT_ALIVE_LATER', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(decease('2019-03-16')).thenRefused('SUSPECT_ALIVE_LATER'));

  it('dies a second time: refused, SUSPECT_ALREADY_DECEASED', () =>
    given(investigation, open(), link(), decease('2019-03-16')).when(decease('2019-03-18')).thenRefused('SUSPECT_ALREADY_DECEASED'));

  it('is charged without a name: refused, SUSPECT_NOT_NAMED', () =>
    given(investigation, open(), described()).when(charge('2019-03-20')).thenRefused('SUSPECT_NOT_NAMED'));

  it('is charged by requisition: refused, CHARGE_METHOD_DOES_NOT_FIT', () =>
    given(investigation, open(), link()).when(charge('2019-03-20', { method: 'R' })).thenRefused('CHARGE_METHOD_DOES_NOT_FIT'));

  it('is requisitioned by charge: refused, CHARGE_METHOD_DOES_NOT_FIT', () =>
    given(investigation, open(), link()).when(requisition('2019-03-20', { method: 'C' })).thenRefused('CHARGE_METHOD_DOES_NOT_FIT'));

  it('is charged under an id that is taken: refused, CHARGE_ALREADY_RECORDED', () =>
    given(investigation, open(), link(), charge('2019-03-20')).when(charge('2019-03-25', { offence: 'Theft' })).thenRefused('CHARGE_ALREADY_RECORDED'));

  it('is charged with the same line twice: nothing new', () =>
    given(investigation, open(), link(), charge('2019-03-20')).when(charge('2019-03-20')).thenNothing());

  it('is charged with a crime that is not recorded: refused, CRIME_UNKNOWN', () =>
    given(investigation, open(), link()).when(charge('2019-03-20', { crimeId: 'c9' })).thenRefused('CRIME_UNKNOWN'));

  it('is requisitioned by summons: recorded', () =>
    given(investigation, open(), link()).when(requisition('2019-03-20', { method: 'S' })).then('SuspectRequisitioned'));

  it('is voided twice, differently: refused, LINK_VOIDED', () =>
    given(investigation, open(), link(), voidLink('2019-03-20')).when(voidLink('2019-03-21')).thenRefused('LINK_VOIDED'));

  it('is arrested twice in one minute: refused, SUSPECT_ARRESTED_AT_THAT_TIME', () =>
    given(investigation, open(), link(), arrest('2019-03-20T10:00+00:00')).when(arrest('2019-03-20T10:00+00:00', 'x', { custodyNumber: '7' })).thenRefused('SUSPECT_ARRESTED_AT_THAT_TIME'));

  it('has the same arrest recorded twice: nothing new', () =>
    given(investigation, open(), link(), arrest('2019-03-20T10:00+00:00')).when(arrest('2019-03-20T10:00+00:00')).thenNothing());

  it('is interviewed in custody without an arrest: refused, CUSTODY_INTERVIEW_NEEDS_ARREST', () =>
    given(investigation, open(), link()).when(interview('2019-03-20', 'CUSTODY')).thenRefused('CUSTODY_INTERVIEW_NEEDS_ARREST'));

  it('is interviewed voluntarily without an arrest: recorded', () =>
    given(investigation, open(), link()).when(interview('2019-03-20')).then('SuspectInterviewedUnderCaution'));

  it('is bailed without an arrest: refused, BAIL_NEEDS_ARREST', () =>
    given(investigation, open(), link()).when(bail('2019-03-20')).thenRefused('BAIL_NEEDS_ARREST'));

  it('is bailed before the arrest: refused, BAIL_NEEDS_ARREST', () =>
    given(investigation, open(), link(), arrest('2019-03-25')).when(bail('2019-03-20')).thenRefused('BAIL_NEEDS_ARREST'));

  it('is bailed in the month of the arrest: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-25')).when(bail('2019-03')).then('SuspectBailed'));

  it('is to return before the bail: refused, BAIL_RETURNS_BEFORE_IT_BEGINS', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(bail('2019-03-21', { returnOn: '2019-03-19' })).thenRefused('BAIL_RETURNS_BEFORE_IT_BEGINS'));

  it('is released under investigation without an arrest: refused, RELEASE_NEEDS_ARREST', () =>
    given(investigation, open(), link()).when(release('2019-03-20')).thenRefused('RELEASE_NEEDS_ARREST'));

  it('fails to answer a bail that there was not: refused, SUSPECT_NOT_ON_BAIL', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(failToAnswer('2019-04-20')).thenRefused('SUSPECT_NOT_ON_BAIL'));

  it('fails to answer bail: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-20'), bail('2019-03-20')).when(failToAnswer('2019-04-20')).then('SuspectFailedToAnswerBail'));

  it('escapes without an arrest: refused, ESCAPE_NEEDS_ARREST', () =>
    given(investigation, open(), link()).when(escape('2019-03-20')).thenRefused('ESCAPE_NEEDS_ARREST'));

  it('was interviewed, not arrested, and is told nothing in writing: refused, WRITTEN_NOTICE_REQUIRED', () =>
    given(investigation, open(), link(), interview('2019-03-20')).when(noFurtherAction('2019-03-25', false)).thenRefused('WRITTEN_NOTICE_REQUIRED'));

  it('was arrested and needs no written notice: recorded', () =>
    given(investigation, open(), link(), arrest('2019-03-20')).when(noFurtherAction('2019-03-25', false)).then('SuspectNoFurtherAction'));

  it('has no further action taken twice: refused, NO_FURTHER_ACTION_ALREADY_TAKEN', () =>
    given(investigation, open(), link(), noFurtherAction('2019-03-25')).when(noFurtherAction('2019-03-26')).thenRefused('NO_FURTHER_ACTION_ALREADY_TAKEN'));

  it('has no further action withdrawn that was never taken: refused, NO_FURTHER_ACTION_NOT_TAKEN', () =>
    given(investigation, open(), link()).when(withdraw('2019-03-25')).thenRefused('NO_FURTHER_ACTION_NOT_TAKEN'));

  it('has no further action withdrawn: recorded', () =>
    given(investigation, open(), link(), noFurtherAction('2019-03-25')).when(withdraw('2019-03-26')).then('NoFurtherActionWithdrawn'));

  it('is linked late, on a day before the case was closed: recorded', () =>
    given(investigation, open(), outcome('18'), finalise()).when(link('2019-05-02')).then('SuspectLinked'));
});
