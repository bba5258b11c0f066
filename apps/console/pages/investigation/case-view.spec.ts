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

  it('keeps each crime with the outcome in force', () => {
    const outcome = (code: string, day: string) => entry('OutcomeReplaced', { crimeId: 'c', outcome: { scheme: 'HOME_OFFICE', code } }, { effectiveAt: { precision: 'day', from: day } });
    const view = caseView([opened(), entry('CrimeRecorded', { crimeId: 'c', offence: 'Grooming' }), outcome('16', '2019-09-01'), outcome('18', '2019-08-01')]);
    expect(view.crimes).toMatchObject([{ offence: 'Grooming', outcome: { code: '16' } }]);
  });
});
