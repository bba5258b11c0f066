import * as notes from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import { investigationProjections } from './investigation.projection';
import { PresentCases } from './present-cases';
import type { Visible } from './visible';

describe('what holds now, in memory', () => {
  it('is told apart from what is hidden from who asks', () => {
    const reads = new MemoryReads(investigationProjections);
    ['a', 'b', 'c'].forEach((investigation, from) => reads.apply(...notes.recordCase([notes.opened('2019-01-02', { team: investigation })], { investigation, from })));
    const cases = new PresentCases(reads.db);
    cases.refresh(2, '');
    const hidden = (visible: Visible) => cases.hiddenFrom(visible)?.slice(0, 3);
    expect(hidden({ key: '', except: new Set([1, 99]) })).toEqual(Uint8Array.of(0, 1, 0));
    expect(hidden({ key: '', only: new Set([1, 99]) })).toEqual(Uint8Array.of(1, 0, 1));
    expect(hidden({ key: '', only: new Set() })).toEqual(Uint8Array.of(1, 1, 1));
    expect(hidden({ key: '', except: new Set() })).toBeUndefined();
    expect(cases.teamsIn(null, { key: '', except: new Set([1]) })).toEqual(['a', 'c']);
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
