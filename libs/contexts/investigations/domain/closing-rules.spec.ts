import { given } from '#test/decider-spec';
import { investigation } from './investigation.decider';
import {
  allocate, cancel, crime, finalise, open, outcome, propose, reopen, returned, transfer,
} from './investigation.fixtures';

describe('a finalisation or an investigation that', () => {
  it('is proposed twice: refused, FINALISATION_ALREADY_PROPOSED', () =>
    given(investigation, open(), propose()).when(propose('DC 1', '2019-05-03')).thenRefused('FINALISATION_ALREADY_PROPOSED'));

  it('is proposed again after it came back: recorded', () =>
    given(investigation, open(), propose(), returned()).when(propose('DC 1', '2019-05-04')).then('FinalisationProposed'));

  it('is returned without a proposal: refused, FINALISATION_NOT_PROPOSED', () =>
    given(investigation, open()).when(returned()).thenRefused('FINALISATION_NOT_PROPOSED'));

  it('is approved by who proposed it: refused, PROPOSER_CANNOT_APPROVE', () =>
    given(investigation, open(), outcome('18'), propose()).when(finalise('DC 1')).thenRefused('PROPOSER_CANNOT_APPROVE'));

  it('is approved by the officer in the case: refused, PROPOSER_CANNOT_APPROVE', () =>
    given(investigation, open(), allocate(), outcome('18')).when(finalise('DC 1')).thenRefused('PROPOSER_CANNOT_APPROVE'));

  it('has a crime without an outcome: refused, CRIME_WITHOUT_OUTCOME', () =>
    given(investigation, open(), crime('c2'), outcome('18')).when(finalise()).thenRefused('CRIME_WITHOUT_OUTCOME'));

  it('has no crime though it is one of crime: refused, CRIME_NOT_RECORDED', () =>
    given(investigation, open('2019-03-01', { crimes: [] })).when(finalise()).thenRefused('CRIME_NOT_RECORDED'));

  it('has no crime and needs none: recorded', () =>
    given(investigation, open('2019-03-01', { kind: 'PROACTIVE', crimes: [] })).when(finalise()).then('InvestigationFinalised'));

  it('is closed already: refused, INVESTIGATION_ALREADY_CLOSED', () =>
    given(investigation, open(), outcome('18'), finalise()).when(transfer()).thenRefused('INVESTIGATION_ALREADY_CLOSED'));

  it('is closed again after it was reopened: recorded', () =>
    given(investigation, open(), outcome('18'), finalise(), reopen()).when(finalise('DS 1', '2019-06-20')).then('InvestigationFinalised'));

  it('is cancelled: recorded', () =>
    given(investigation, open()).when(cancel()).then('InvestigationCancelled'));

  it('is reopened without having been closed: refused, INVESTIGATION_NOT_CLOSED', () =>
    given(investigation, open()).when(reopen()).thenRefused('INVESTIGATION_NOT_CLOSED'));

  it('is reopened after a transfer: recorded', () =>
    given(investigation, open(), transfer()).when(reopen()).then('InvestigationReopened'));
});
