import * as notes from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import { investigationProjections } from './investigation.projection';
import { PresentCases } from './present-cases';

describe('what holds now, in memory', () => {
  it('knows how sensitive each investigation is, and which opener stands in which place', () => {
    const reads = new MemoryReads(investigationProjections).apply(
      ...notes.recordCase([{ ...notes.opened('2019-01-02'), sensitive: true }], { investigation: 'a', from: 0 }),
      ...notes.recordCase([notes.opened('2019-01-02'), notes.reassessed('2019-01-03', 'RESTRICTED')], { investigation: 'b', from: 1 }),
    );
    const cases = new PresentCases(reads.db);
    const sensitivity = (opener: number) => cases.sensitivity[cases.slotOf(opener)!];
    cases.refresh(2, '');
    expect([sensitivity(0), sensitivity(1), cases.slotOf(2)]).toEqual([2, 1, undefined]);
    expect(cases.opener[cases.slotOf(1)!]).toBe(1);
    reads.apply(...notes.recordCase([notes.opened('2019-01-02'), notes.reassessed('2019-01-03', 'RESTRICTED'), notes.reassessed('2019-01-04', 'STANDARD')], { investigation: 'b', from: 1 }).slice(2));
    cases.refresh(3, '');
    expect(sensitivity(1)).toBe(0);
  });
});

describe('who opened an investigation, and on which track', () => {
  it('stays as it was when its opening is put right by another', () => {
    const opening = notes.opened('2019-01-02');
    const reads = new MemoryReads(investigationProjections).apply(
      ...notes.recordCase([{ ...opening, by: 'DC 7', sensitive: true }, { ...notes.instead(0, { ...opening, at: '2019-01-01' }), by: 'DC 8' }]),
    );
    expect(reads.db.all('SELECT openedBy, sensitivity FROM investigation_rect WHERE recTo = 9007199254740991')).toEqual([{ openedBy: 'DC 7', sensitivity: 2 }]);
  });
});
