import type { NominalId } from '#kernel';
import * as notes from '#test/case-notes';
import { MemoryReads } from '#test/memory-reads';
import { PersonCases } from './person-cases';
import { personCases } from './person-cases.projection';

const reads = (...written: notes.Note[]): MemoryReads => new MemoryReads([personCases]).apply(...notes.recordCase(written));
const cases = (store: MemoryReads, person: string) => new PersonCases(store).naming(person as NominalId);

describe('the investigations on which a person was ever named', () => {
  it('are found by whoever was linked or identified there', () => {
    const store = reads(notes.opened('2019-01-01'), notes.named('2019-01-02', 'x'), notes.described('2019-01-02', 'y'), notes.identified('2019-01-03', 'y', 'q'));
    const [one] = cases(store, 'q');
    expect(one).toEqual(expect.any(String));
    expect(cases(store, 'q')).toEqual([one]);
    expect(cases(store, 'nobody')).toEqual([]);
  });

  it('stay when the link was corrected to somebody else: the page of the case says what stands', () => {
    const store = reads(notes.opened('2019-01-01'), notes.described('2019-01-02', 'y'), notes.identified('2019-01-03', 'y', 'p'), notes.instead(2, notes.identified('2019-01-03', 'y', 'q')));
    expect(cases(store, 'p')).toEqual(cases(store, 'q'));
    expect(cases(store, 'p')).toHaveLength(1);
  });
});
