import { doors } from '../../apps/daybook/doors';
import { stepUp } from './oracle';

describe('the access table', () => {
  const rows = doors.all().filter(({ asks }) => typeof asks === 'string');

  it('asks for a fresh proof of identity where the decision says so, before anything is written or taken out', () => {
    const heavy = (stepUp as readonly string[]);
    // A page only asks what is to be taken out; files and answers of the API are what leaves.
    const leaves = (route: string): boolean => /^GET \/api\/|\.\w+$/.test(route);
    const writes = rows.filter(({ route, asks }) => heavy.includes(asks as string) && (route.startsWith('POST ') || (['extractLog', 'extractSubject'].includes(asks as string) && leaves(route))));
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.filter((row) => !row.stepUp).map(({ route }) => route)).toEqual([]);
  });

  it('lets nobody in unknown but to sign in, to read help, to have kept what was typed into a form of their own session, and to watch the process', () => {
    const open = doors.all().filter(({ asks }) => asks === 'NOBODY').map(({ route }) => route);
    expect(open.filter((route) => !/^(GET|POST) \/(assets|help|accessibility|health|sign-in|sign-out|signed-out|timed-out|session|choose-user|drafts|api\/openapi\.json)/.test(route))).toEqual([]);
  });
});
