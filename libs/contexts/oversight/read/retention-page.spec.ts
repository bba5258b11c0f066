import type { LocalDate, NominalId } from '#kernel';
import { retentionPage } from './retention-page';
import type { RetentionItem } from './retention.query';

const item = (day: string, last: string): RetentionItem =>
  ({ nominalId: `00000000-0000-4000-8000-00000000000${last}` as NominalId, group: 'NONE', nextReviewOn: day as LocalDate, holds: 0, restrictions: 0 });

describe('reviews that are due, page by page', () => {
  const due = [item('2020-01-01', 'a'), item('2020-01-01', 'b'), item('2021-05-05', '1')];

  it('are each on one page, whatever the length of a page', () => {
    for (const limit of [1, 2, 3]) {
      const seen: RetentionItem[] = [];
      for (let cursor: string | undefined, more = true; more;) {
        const page = retentionPage(due, limit, cursor);
        expect(page.total).toBe(3);
        seen.push(...page.items);
        [cursor, more] = [page.next, page.next !== undefined];
      }
      expect(seen).toEqual(due);
    }
  });

  it('go on where the page ended, also when a review was recorded meanwhile', () => {
    const { next } = retentionPage(due, 2);
    expect(retentionPage(due.slice(1), 2, next).items).toEqual([due[2]]);
  });

  it.each(['', 'x', Buffer.from('2020-01-01').toString('base64url')])('are asked for with no other cursor: %j', (cursor) => expect(() => retentionPage(due, 2, cursor)).toThrow('cursor'));
});
