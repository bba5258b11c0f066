import type { LocalDate, OfficerId } from '#kernel';
import { Daybook } from './oversight.fixtures';
import { Posts } from './posts';

const book = new Daybook()
  .post('DC 1', '2026-11-20T09:00:00Z', { team: 'CID' }).post('DC 2', '2026-11-21T09:00:00Z', { team: 'CID' }).post('DC 1', '2026-11-22T12:00:00Z', { role: 'SUPERVISOR', team: 'CID' })
  .left('DC 1', '2026-11-24T12:00:00Z').post('DC 3', '2026-11-26T09:00:00Z');
const posts = new Posts(book.reads);
const on = (date: string) => posts.postsOn(date as LocalDate).map(({ userId, role }) => `${userId} ${role}`);

describe('the posts of a day', () => {
  it.each([
    ['2026-11-19', []],
    ['2026-11-20', ['DC 1 DETECTIVE']],
    ['2026-11-22', ['DC 1 DETECTIVE', 'DC 1 SUPERVISOR', 'DC 2 DETECTIVE']],
    ['2026-11-23', ['DC 1 SUPERVISOR', 'DC 2 DETECTIVE']],
    ['2026-11-24', ['DC 1 SUPERVISOR', 'DC 2 DETECTIVE']],
    ['2026-11-25', ['DC 2 DETECTIVE']],
  ])('are on %s those held at one time or another: %j', (date, held) => expect(on(date)).toEqual(held));

  it('are of one user the last held', () => {
    expect(posts.postOn('dc 1' as OfficerId, '2026-11-22' as LocalDate)).toMatchObject({ userId: 'DC 1', role: 'SUPERVISOR', agency: 'SYP', team: 'CID' });
    expect(posts.postOn('DC 1' as OfficerId, '2026-11-25' as LocalDate)).toBeUndefined();
  });
});

describe('who does not supervise any more', () => {
  it.each([
    ['has left the post', 'dc 1', true], ['holds another post', 'dc 2', true], ['was never seen in the service, of whom nothing is known', 'ds 4', false], ['supervises', 'ds 5', false],
  ])('is or is not whoever %s', (_, user, expected) => {
    const again = new Posts(new Daybook().post('DC 1', '2026-11-20T09:00:00Z', { role: 'SUPERVISOR' }).left('DC 1', '2026-11-21T12:00:00Z').post('DC 2', '2026-11-20T09:00:00Z', { role: 'SUPERVISOR' })
      .post('DC 2', '2026-11-22T09:00:00Z').post('DS 5', '2026-11-22T09:00:00Z').post('DS 5', '2026-11-23T09:00:00Z', { role: 'SUPERVISOR' }).reads);
    expect(again.notSupervising(['ds 4', user, 'ds 5'])).toEqual(expected ? [user] : []);
  });
});
