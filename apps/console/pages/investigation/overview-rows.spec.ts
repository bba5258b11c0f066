import type { InvestigationItem, OutstandingSuspectItem } from '#contexts/investigations';
import { begin, entry, item } from './case.fixtures';
import { caseView } from './case-view';
import { statusRows, suspectRows } from './overview-rows';

beforeEach(begin);

const opened = () => entry('InvestigationOpened', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] });
const linked = () => entry('SuspectLinked', { linkId: 'a', quality: 'NAMED', nominalId: 'p' });
const about = (type: string, data: object = {}) => entry(type, { linkId: 'a', ...data });
const rows = (...entries: ReturnType<typeof entry>[]): Record<string, string> => {
  const view = caseView([opened(), ...entries]);
  return Object.fromEntries(suspectRows(view.suspects[0]!, undefined, view).map(({ key, value }) => [key!, value]));
};
const status = (...entries: ReturnType<typeof entry>[]): Record<string, string> =>
  Object.fromEntries(statusRows(caseView([opened(), ...entries]), item as InvestigationItem).map(({ key, value }) => [key, value]));

describe('the card of a suspect', () => {
  it('says why the suspect is not outstanding', () => {
    const because = 'Not outstanding because';
    expect(rows(entry('SuspectLinked', { linkId: 'a', quality: 'DESCRIBED' }))[because]).toBe('Not named, so nobody can be sought');
    expect(rows(linked(), entry('SuspectArrested', { linkId: 'a' }, { effectiveAt: { precision: 'day', from: '2019-06-10' } }))[because]).toBe('Suspect arrested, 10 June 2019, before the suspect was linked or named');
    expect(rows(linked(), about('SuspectArrested'))[because]).toBe('Suspect arrested, 13 June 2019');
    expect(rows(linked(), entry('InvestigationFinalised', { approvedBy: 'DS 9' }))[because]).toBe('The investigation is finalised');
    expect(rows(linked(), about('SuspectNoFurtherAction'), entry('InvestigationFinalised', { approvedBy: 'DS 9' }))[because]).toBe('No further action taken against suspect, 13 June 2019');
    expect(rows(linked(), about('SuspectDeceased'))[because]).toBe('Suspect has died, 13 June 2019');
  });

  it('gives no reason where the suspect is outstanding', () => {
    const view = caseView([opened(), linked()]);
    const wait = { linkId: 'a', episodeStartedOn: '2019-06-13', earlierStartOn: null, startedBy: 'NAMED', waitDays: 3 } as unknown as OutstandingSuspectItem;
    expect(suspectRows(view.suspects[0]!, wait, view).map(({ key }) => key)).not.toContain('Not outstanding because');
  });

  it('shows custody, bail with its conditions, circulation and every offence charged', () => {
    const arrest = about('SuspectArrested', { custodyNumber: 'RO/1' });
    const bail = about('SuspectBailed', { regime: 'STANDARD_POLICE', returnOn: '2019-11-06', conditions: 'Live at home' });
    expect(rows(linked(), arrest, bail)).toMatchObject({ 'Custody number': 'RO/1', Bail: 'Standard police bail, from 13 June 2019', 'Return on': '6 November 2019', 'Bail conditions': 'Live at home' });
    const charge = (offence: string) => about('SuspectCharged', { charges: [{ chargeId: offence, offence, method: 'C' }] });
    expect(rows(linked(), charge('Rape'), charge('Grooming'))['Offences charged']).toBe('Rape (Charge)\nGrooming (Charge)');
    expect(rows(linked(), about('SuspectCirculated', { circulation: 'PNC_WANTED', circulationReference: 'W/7' })).Circulated).toBe('Wanted on PNC, W/7, 13 June 2019');
  });
});

describe('the card of the status', () => {
  it('says how, when, by whom and with which words the investigation was closed', () => {
    expect(status(entry('InvestigationFinalised', { approvedBy: 'DS 9', closingSummary: 'All lines done' }))).toMatchObject({ Finalised: '13 June 2019, approved by DS 9', 'Closing summary': 'All lines done' });
    expect(status(entry('InvestigationFinalised', {}))).toMatchObject({ Finalised: '13 June 2019' });
    expect(status(entry('InvestigationTransferred', { toForce: 'West Yorkshire Police' }))).toMatchObject({ Transferred: '13 June 2019, to West Yorkshire Police' });
    expect(status(entry('InvestigationCancelled', { reason: 'RECORDED_IN_ERROR' }))).toMatchObject({ Cancelled: '13 June 2019: Recorded in error' });
  });

  it('says why it was reopened', () => {
    const again = status(entry('InvestigationFinalised', {}), entry('InvestigationReopened', { grounds: 'NEW_EVIDENCE' }));
    expect(again).toMatchObject({ Reopened: '13 June 2019: New evidence' });
    expect(again).not.toHaveProperty('Finalised');
  });
});
