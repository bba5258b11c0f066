import { begin, entry } from './case.fixtures';
import { caseView } from './case-view';

beforeEach(begin);

const opened = () => entry('InvestigationOpened', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], title: 'Larchwood' });
const linked = (linkId: string, nominalId?: string) => entry('SuspectLinked', { linkId, quality: nominalId ? 'NAMED' : 'DESCRIBED', nominalId });

describe('an investigation as its history tells it', () => {
  it('takes the last owner in the order of happening, not of recording', () => {
    const view = caseView([
      opened(),
      entry('InvestigationReallocated', { officer: 'DC 2', team: 'B' }, { effectiveAt: { precision: 'day', from: '2019-08-01' } }),
      entry('InvestigationAllocated', { officer: 'DC 1', team: 'A', supervisor: 'DS 9' }, { effectiveAt: { precision: 'day', from: '2019-07-01' } }),
    ]);
    expect(view).toMatchObject({ title: 'Larchwood', officer: 'DC 2', team: 'B', revision: 2 });
    expect(view.supervisor).toBeUndefined();
  });

  it('puts a correction in the place of what it corrects and drops what was taken away', () => {
    const view = caseView([
      opened(), linked('a', 'person-1'), entry('SuspectLinked', { linkId: 'a', quality: 'NAMED', nominalId: 'person-2' }, { corrects: { event: 'event-1', number: 1, as: 'replacement' } }),
      linked('b', 'person-3'), entry('EntryVoided', {}, { corrects: { event: 'event-3', number: 3, as: 'void' } }),
    ]);
    expect(view.suspects.map(({ linkId, nominalId }) => [linkId, nominalId])).toEqual([['a', 'person-2']]);
  });

  it('knows suspects by their last state, and whom it no longer suspects', () => {
    const view = caseView([opened(), linked('a'), entry('SuspectNamed', { linkId: 'a', nominalId: 'p' }), linked('b', 'q'), entry('SuspectEliminated', { linkId: 'b', basis: 'x' })]);
    expect(view.suspects).toMatchObject([{ linkId: 'a', quality: 'NAMED', nominalId: 'p', last: 'SuspectNamed', live: true }, { linkId: 'b', live: false }]);
  });

  it('numbers suspects as they were recorded, whatever their dates say and whoever was taken away', () => {
    const day = (from: string) => ({ effectiveAt: { precision: 'day', from } as const });
    const history = [
      opened(), entry('SuspectLinked', { linkId: 'a', quality: 'UNKNOWN' }, day('2019-07-01')), entry('SuspectLinked', { linkId: 'b', quality: 'UNKNOWN' }, day('2019-06-20')),
      entry('EntryVoided', {}, { corrects: { event: 'event-1', number: 1, as: 'void' } }), entry('SuspectLinked', { linkId: 'c', quality: 'UNKNOWN' }, day('2019-06-14')),
    ];
    expect(caseView(history).suspects.map(({ linkId, number }) => [linkId, number])).toEqual([['c', 3], ['b', 2]]);
    expect(caseView(history.slice(0, 1).concat(history[4]!), history).suspects).toMatchObject([{ linkId: 'c', number: 3 }]);
  });

  it('keeps each crime with the outcome in force', () => {
    const outcome = (code: string, day: string) => entry('OutcomeReplaced', { crimeId: 'c', outcome: { scheme: 'HOME_OFFICE', code } }, { effectiveAt: { precision: 'day', from: day } });
    const view = caseView([opened(), entry('CrimeRecorded', { crimeId: 'c', offence: 'Grooming' }), outcome('16', '2019-09-01'), outcome('18', '2019-08-01')]);
    expect(view.crimes).toMatchObject([{ offence: 'Grooming', outcome: { code: '16' } }]);
  });

  it('remembers how the investigation was closed until it is reopened, and then why that was', () => {
    const finalised = entry('InvestigationFinalised', { approvedBy: 'DS 9', closingSummary: 'All lines done' });
    expect(caseView([opened(), finalised]).closing).toMatchObject({ type: 'InvestigationFinalised', approvedBy: 'DS 9', closingSummary: 'All lines done', at: { from: '2019-06-13' } });
    const again = caseView([opened(), finalised, entry('InvestigationReopened', { grounds: 'NEW_EVIDENCE' })]);
    expect(again.closing).toBeUndefined();
    expect(again.reopening).toMatchObject({ grounds: 'NEW_EVIDENCE' });
    expect(caseView([opened(), entry('InvestigationTransferred', { toForce: 'West Yorkshire Police' })]).closing).toMatchObject({ toForce: 'West Yorkshire Police' });
    expect(caseView([opened(), entry('InvestigationCancelled', { reason: 'RECORDED_IN_ERROR' })]).closing).toMatchObject({ reason: 'RECORDED_IN_ERROR' });
  });

  it('keeps what a suspect is charged with, the bail that runs and the custody number', () => {
    const charge = entry('SuspectCharged', { linkId: 'a', charges: [{ chargeId: '1', offence: 'Rape', method: 'C' }] });
    const bail = entry('SuspectBailed', { linkId: 'a', regime: 'STANDARD_POLICE', returnOn: '2019-11-06', conditions: 'Live at home' });
    const arrest = entry('SuspectArrested', { linkId: 'a', custodyNumber: 'RO/1' });
    const bailed = caseView([opened(), linked('a', 'p'), arrest, bail]).suspects[0]!;
    expect(bailed).toMatchObject({ custodyNumber: 'RO/1', bail: { regime: 'STANDARD_POLICE', returnOn: '2019-11-06', conditions: 'Live at home' } });
    const charged = caseView([opened(), linked('a', 'p'), arrest, bail, charge]).suspects[0]!;
    expect(charged).toMatchObject({ charges: [{ offence: 'Rape', method: 'C' }] });
    expect(charged.bail).toBeUndefined();
    expect(caseView([opened(), linked('a', 'p'), arrest, bail, entry('SuspectFailedToAnswerBail', { linkId: 'a' })]).suspects[0]!.bail).toBeUndefined();
  });

  it('knows what a suspect was last dealt with by, also where that came before the suspect was named', () => {
    const early = entry('SuspectArrested', { linkId: 'a' }, { effectiveAt: { precision: 'day', from: '2019-06-10' } });
    expect(caseView([opened(), linked('a', 'p'), early]).suspects[0]).toMatchObject({ last: 'SuspectLinked', dealtWith: { type: 'SuspectArrested', at: { from: '2019-06-10' } } });
    const back = caseView([opened(), linked('a', 'p'), early, entry('SuspectEscaped', { linkId: 'a' })]).suspects[0]!;
    expect(back.dealtWith).toBeUndefined();
  });
});
