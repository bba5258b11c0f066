import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import {
  crime, eliminate, finalise, fromSource, link, open, outcome, reopen,
} from './investigation.fixtures';

describe('a crime that', () => {
  it('is given a code that the framework does not have: refused, OUTCOME_UNKNOWN', () =>
    given(investigation, open()).when(outcome('99')).thenRefused('OUTCOME_UNKNOWN'));

  it('is given outcome 22 before 1 April 2019: refused, OUTCOME_NOT_YET_IN_USE', () =>
    given(investigation, open(), link()).when(outcome('22', '2019-03-31')).thenRefused('OUTCOME_NOT_YET_IN_USE'));

  it('is given outcome 22 from then on: recorded', () =>
    given(investigation, open(), link()).when(outcome('22', '2019-04-01')).then('OutcomeAssigned'));

  it('is not recorded: refused, CRIME_UNKNOWN', () =>
    given(investigation, open()).when(outcome('18', '2019-05-01', 'c9')).thenRefused('CRIME_UNKNOWN'));

  it('has an outcome before it was recorded: refused, OUTCOME_BEFORE_CRIME', () =>
    given(investigation, open()).when(outcome('18', '2019-02-01')).thenRefused('OUTCOME_BEFORE_CRIME'));

  it('is charged with nobody NAMED: refused, OUTCOME_NEEDS_NAMED_SUSPECT', () =>
    given(investigation, open()).when(outcome('1')).thenRefused('OUTCOME_NEEDS_NAMED_SUSPECT'));

  it('is charged with somebody NAMED on another crime alone: refused, OUTCOME_NEEDS_NAMED_SUSPECT', () =>
    given(investigation, open(), crime('c2'), link('2019-03-10', 'x', { crimeIds: ['c2'] })).when(outcome('1')).thenRefused('OUTCOME_NEEDS_NAMED_SUSPECT'));

  it('has no suspect identified, yet one is NAMED: refused, OUTCOME_NEEDS_NO_NAMED_SUSPECT', () =>
    given(investigation, open(), link()).when(outcome('18')).thenRefused('OUTCOME_NEEDS_NO_NAMED_SUSPECT'));

  it('has no suspect identified once the NAMED one is eliminated: recorded', () =>
    given(investigation, open(), link(), eliminate('2019-04-01')).when(outcome('18')).then('OutcomeAssigned'));

  it('has the outcome that it has already: refused, OUTCOME_ALREADY_ASSIGNED', () =>
    given(investigation, open(), outcome('18')).when(outcome('18', '2019-05-05')).thenRefused('OUTCOME_ALREADY_ASSIGNED'));

  it('has the same outcome recorded twice: nothing new', () =>
    given(investigation, open(), outcome('18')).when(outcome('18')).thenNothing());

  it('has its outcome replaced on a later identification: recorded', () =>
    given(investigation, open(), outcome('18'), finalise(), reopen(), link('2019-06-10')).when(outcome('1', '2019-07-01')).then('OutcomeReplaced'));

  it('of a source is given a Home Office code: refused, OUTCOME_SCHEME_DIFFERS', () =>
    given(investigation, fromSource({ month: '2022-01' }, [['2022-02', 'a']])).when(outcome('18', '2022-03-01')).thenRefused('OUTCOME_SCHEME_DIFFERS'));
});
