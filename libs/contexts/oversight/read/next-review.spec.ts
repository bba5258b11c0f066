import fs from 'node:fs';
import type { LocalDate } from '#kernel';
import { fromRoot } from '#platform/settings';
import { retentionGroups } from '../domain/data-subject.codes';
import { nextReviewOn } from './next-review';
import type { RetentionFacts, RetentionPeriod } from './next-review';

const periods = JSON.parse(fs.readFileSync(fromRoot('reference-data', 'retention-groups.json'), 'utf8')) as RetentionPeriod[];
const next = (facts: Partial<Record<keyof RetentionFacts, string>>, today = '2026-11-25') => nextReviewOn(facts as unknown as RetentionFacts, periods, today as LocalDate);

describe('the next review of a person\'s record', () => {
  it('is known of every group, with its source and that the force has still to confirm it', () => {
    expect(periods.map(({ group }) => group).sort()).toEqual([...retentionGroups, 'NONE'].sort());
    for (const period of periods) expect(period).toMatchObject({ from: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/), source: expect.any(String), status: 'to be confirmed by the force' });
  });

  it.each([['2', '2020-03-01', '2030-03-01'], ['3', '2020-02-29', '2026-02-28'], ['1', '2020-03-01', '2030-03-01'], ['NONE', '2020-03-01', '2026-03-01']])(
    'of group %s comes after the clear period from %s: %s', (group, lastNoticeOn, due) => expect(next({ group, firstNoticeOn: lastNoticeOn, lastNoticeOn })).toBe(due));

  it('starts again when the person comes to notice again, in groups 2 and 3', () => {
    expect(next({ group: '3', firstNoticeOn: '2010-01-01', lastNoticeOn: '2024-05-05' })).toBe('2030-05-05');
    expect(next({ group: '3', lastNoticeOn: '2024-05-05', reviewedOn: '2023-01-01' })).toBe('2030-05-05');
    expect(next({ group: '3', lastNoticeOn: '2022-05-05', reviewedOn: '2023-01-01' })).toBe('2028-01-01');
    expect(next({ group: '1', firstNoticeOn: '2010-01-01', lastNoticeOn: '2024-05-05' })).toBe('2020-01-01');
  });

  it('is the one that the last review gave, unless the person came to notice since', () => {
    expect(next({ group: '4', reviewedOn: '2025-01-01', givenNextOn: '2025-07-01' })).toBe('2025-07-01');
    expect(next({ group: '3', reviewedOn: '2025-01-01', givenNextOn: '2025-07-01', lastNoticeOn: '2025-02-01' })).toBe('2031-02-01');
    expect(next({ group: '3', reviewedOn: '2025-01-01', givenNextOn: '2040-07-01', lastNoticeOn: '2025-02-01' })).toBe('2040-07-01');
  });

  it('is nowhere for group 4 without a date, and before there are periods', () => {
    expect(next({ group: '4', reviewedOn: '2025-01-01' })).toBeUndefined();
    expect(next({ group: '3', lastNoticeOn: '2001-01-01' }, '2005-01-01')).toBeUndefined();
    expect(next({ group: '3' })).toBeUndefined();
  });

  it('follows the periods in force on the day it is asked', () => {
    const changed = [...periods, { ...periods.find(({ group }) => group === '3')!, clearYears: 7, from: '2027-01-01' as LocalDate }];
    const facts = { group: '3', lastNoticeOn: '2024-05-05' } as RetentionFacts;
    expect([nextReviewOn(facts, changed, '2026-12-31' as LocalDate), nextReviewOn(facts, changed, '2027-01-01' as LocalDate)]).toEqual(['2030-05-05', '2031-05-05']);
  });
});
