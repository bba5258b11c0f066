import { lookingOf } from './looking';
import { unreadableMoment } from './unreadable.presenter';

const now = Date.parse('2019-12-31T17:00:00Z');

it('a moment that could not be read is asked for again, with what is wrong first and nothing counted', () => {
  const page = unreadableMoment({ looking: lookingOf({ asAt: '2019-10-27T01:30' }, now), heading: 'Investigation status', section: 'dashboard', action: '/', hidden: { area: 'all' } });
  expect(page).toMatchObject({
    status: 400,
    model: {
      summary: [{ href: '#asat-offset', text: expect.stringContaining('BST or GMT') }], nowHref: '/?area=all',
      bar: { open: true, twice: true, typed: { date: '27/10/2019', time: '01:30' }, hidden: { area: 'all' } },
    },
  });
});
