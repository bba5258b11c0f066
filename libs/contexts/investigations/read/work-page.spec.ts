import { workPage } from './work-page';
import type { WorkItem } from './work-items.query';

const item = (dueOn: string, number: number): WorkItem => ({ dueOn, number }) as unknown as WorkItem;

describe('a work-list, page by page', () => {
  const list = [item('2019-12-01', 9), item('2019-12-01', 10), item('2019-12-05', 2)];

  it('has each item on one page, whatever the length of a page', () => {
    for (const limit of [1, 2, 3]) {
      const seen: WorkItem[] = [];
      for (let cursor: string | undefined, more = true; more;) {
        const page = workPage(list, limit, cursor);
        expect(page.total).toBe(3);
        seen.push(...page.items);
        [cursor, more] = [page.next, page.next !== undefined];
      }
      expect(seen).toEqual(list);
    }
  });

  it('goes on where the page ended, also when something was answered meanwhile', () => expect(workPage(list.slice(1), 2, workPage(list, 2).next).items).toEqual([list[2]]));

  it.each(['', 'x', Buffer.from('2019-12-01').toString('base64url')])('takes no other cursor: %j', (cursor) => expect(() => workPage(list, 2, cursor)).toThrow('cursor'));
});
