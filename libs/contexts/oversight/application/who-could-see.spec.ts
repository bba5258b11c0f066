import type { LocalDate } from '#kernel';
import { CaseAccess } from '#contexts/investigations';
import { AccessLists } from '../read/access-lists';
import { agency, Daybook, theCase, user } from '../read/oversight.fixtures';
import { Posts } from '../read/posts';
import { policies } from './access.fixtures';
import { WhoCouldSee } from './who-could-see';

const seen = (book: Daybook, date: string, action: 'know' | 'read' = 'read'): readonly string[] => {
  const records = new CaseAccess({ history: () => Promise.reject(new Error('not asked')) }, book.reads);
  return new WhoCouldSee({ policies, lists: new AccessLists(book.reads), posts: new Posts(book.reads), records })
    .on(theCase, date as LocalDate, action).map(({ userId, role }) => `${userId} ${role}`);
};

/** A RESTRICTED investigation of DC 7, allocated on 20 November by DS 9, and posts of several people. */
const restricted = () => new Daybook()
  .post('DC 1', '2026-11-01T09:00:00Z').post('DC 7', '2026-11-01T09:00:00Z').post('DS 7', '2026-11-01T09:00:00Z', { role: 'SUPERVISOR' })
  .post('DC 8', '2026-11-01T09:00:00Z').post('AD 1', '2026-11-01T09:00:00Z', { role: 'ADMIN' })
  .opened('a', '2026-11-02T09:00:00Z').about('a', 'SensitivityReassessed', { sensitivity: 'RESTRICTED' }, '2026-11-02T10:00:00Z')
  .about('a', 'InvestigationAllocated', { officer: 'dc 7', team: 'CID', supervisor: 'DS 7' }, '2026-11-20T12:00:00Z');

describe('who could see an investigation on a day', () => {
  it('is nobody before it was opened', () => expect(seen(restricted(), '2026-11-01')).toEqual([]));
  it('is on its first day also who could before it was restricted', () => expect(seen(restricted(), '2026-11-02')).toEqual(['DC 1 DETECTIVE', 'DC 7 DETECTIVE', 'DC 8 DETECTIVE', 'DS 7 SUPERVISOR']));
  it('is then who opened it', () => expect(seen(restricted(), '2026-11-03')).toEqual(['DC 8 DETECTIVE']));
  it('is on the day of its allocation also its officer and supervisor', () => expect(seen(restricted(), '2026-11-20')).toEqual(['DC 7 DETECTIVE', 'DC 8 DETECTIVE', 'DS 7 SUPERVISOR']));
  it('is not who had their post later', () => expect(seen(restricted().post('DC 9', '2026-11-22T09:00:00Z').about('a', 'InvestigationReallocated', { officer: 'DC 9', team: 'CID' }, '2026-11-23T09:00:00Z'), '2026-11-21')).not.toContain('DC 9 DETECTIVE'));

  it('is no more the officer of before, from the day after the investigation was handed on', () => {
    const handed = () => restricted().about('a', 'InvestigationReallocated', { officer: 'DC 1', team: 'CID', supervisor: 'DS 7' }, '2026-11-25T12:00:00Z');
    expect(seen(handed(), '2026-11-24')).toEqual(['DC 7 DETECTIVE', 'DC 8 DETECTIVE', 'DS 7 SUPERVISOR']);
    expect(seen(handed(), '2026-11-25')).toEqual(['DC 1 DETECTIVE', 'DC 7 DETECTIVE', 'DC 8 DETECTIVE', 'DS 7 SUPERVISOR']);
    expect(seen(handed(), '2026-11-26')).toEqual(['DC 1 DETECTIVE', 'DC 8 DETECTIVE', 'DS 7 SUPERVISOR']);
  });

  it('is who was on its access list, by the days of the grant and by when it was recorded and withdrawn', () => {
    const book = restricted().granted('a', 'g', user('DC 1'), ['2026-11-21', '2026-11-30'], '2026-11-22T09:00:00Z').withdrawn('a', 'g', '2026-11-24T09:00:00Z');
    expect(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map((date) => seen(book, date).includes('DC 1 DETECTIVE'))).toEqual([false, true, true, true, false]);
  });

  it('is who broke the glass on that day', () => {
    const book = restricted().broken('a', 'b', 'DC 1', '2026-11-22T09:00:00Z');
    expect(['2026-11-21', '2026-11-22', '2026-11-23'].map((date) => seen(book, date).includes('DC 1 DETECTIVE'))).toEqual([false, true, false]);
  });

  it('is a partner whose agency was on the list of its operation while it belonged to that', () => {
    const book = restricted().post('P 1', '2026-11-03T09:00:00Z', { role: 'PARTNER', agency: 'Example Council' })
      .admitted('Clover', 'g', agency('Example Council'), ['2026-11-01', '2026-12-31'], '2026-11-04T09:00:00Z').extended('Clover', 'g', ['a'], '2026-11-21T10:00:00Z')
      .about('a', 'OperationLinked', { operation: 'clover' }, '2026-11-21T09:00:00Z').about('a', 'OperationUnlinked', { operation: 'Clover' }, '2026-11-22T09:00:00Z');
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map((date) => seen(book, date, 'know').includes('P 1 PARTNER'))).toEqual([false, true, true, false]);
  });

  it('is nobody on the list of its operation whose access was not let reach it, and the others from the day that it was', () => {
    const book = restricted().about('a', 'OperationLinked', { operation: 'Clover' }, '2026-11-21T09:00:00Z')
      .admitted('Clover', 'g', user('DC 1'), ['2026-11-01', '2026-12-31'], '2026-11-22T09:00:00Z', ['b']).extended('Clover', 'g', ['a'], '2026-11-24T09:00:00Z');
    expect(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map((date) => seen(book, date).includes('DC 1 DETECTIVE'))).toEqual([false, false, true, true]);
  });

  it('is who could know of it, when that is asked', () =>
    expect(seen(restricted(), '2026-11-05', 'know')).toEqual(['DC 1 DETECTIVE', 'DC 7 DETECTIVE', 'DC 8 DETECTIVE', 'DS 7 SUPERVISOR']));

  it('says what they had to do with it, over the whole of the day', () => {
    const book = restricted().granted('a', 'g', user('DC 7'), ['2026-11-01', '2026-12-31'], '2026-11-20T09:00:00Z');
    const records = new CaseAccess({ history: () => Promise.reject(new Error('not asked')) }, book.reads);
    const found = new WhoCouldSee({ policies, lists: new AccessLists(book.reads), posts: new Posts(book.reads), records }).on(theCase, '2026-11-20' as LocalDate, 'read');
    expect(found.find(({ userId }) => userId === 'DC 7')).toMatchObject({ relation: { officer: 'me', granted: true, supervisor: 'other', opener: false } });
  });
});
