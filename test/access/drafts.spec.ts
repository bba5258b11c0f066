import path from 'node:path';
import Database from 'better-sqlite3';
import { Bench } from '../../apps/api/api.fixtures';
import { inventedUsers } from '../../apps/daybook/sign-in/invented-users';

const [SERGEANT, OTHER] = ['DS 2256', 'DS 2393'];
const WORDS = 'Zwetschgenbaum was seen';

describe('what is typed into a form and not sent yet', () => {
  let bench: Bench;
  let form: string;
  let cookie: string;

  const session = async (user: string): Promise<string> =>
    `daybook=${await bench.daybook.signIn.sessions.open({ kind: 'user', ...inventedUsers.find(({ id }) => id === user)!, multiFactor: true, provedAt: Date.now() }, { subject: user })}`;
  const page = (url: string, as = cookie) => bench.app.inject({ method: 'GET', url, headers: { cookie: as } });
  const send = (url: string, fields: Record<string, string>, as = cookie) =>
    bench.app.inject({ method: 'POST', url, payload: new URLSearchParams(fields).toString(), headers: { cookie: as, 'content-type': 'application/x-www-form-urlencoded' } });
  const unused = (minutes: number): void => {
    const state = new Database(path.join(bench.daybook.settings.keys, 'state.db'));
    state.prepare('UPDATE sessions SET used = used - ?').run(minutes * 60_000);
    state.close();
  };
  /** A new showing of the form: its address, and the token in it. */
  const begun = async (): Promise<{ readonly place: string; readonly token: string }> => {
    const place = String((await page(form)).headers.location);
    const { body } = await page(place);
    return { place, token: /name="token" value="([^"]+)"/.exec(body.slice(body.indexOf('data-kept')))![1]! };
  };

  beforeAll(async () => {
    bench = await Bench.open();
    const id = await bench.opened();
    const { body } = await bench.get(`/api/v1/investigations/${id}`);
    form = `/investigations/${(body as { reference: string }).reference}/record/review`;
    cookie = await session(SERGEANT);
  });
  afterAll(() => bench.close());

  it('is kept for whoever typed it, and shown again without a word of what is still missing', async () => {
    const { place, token } = await begun();
    const events = await bench.events();
    expect((await send('/drafts', { token, of: form, findings: WORDS })).statusCode).toBe(204);
    const { body } = await page(place);
    expect([body.includes(WORDS), body.includes('There is a problem'), await bench.events()]).toEqual([true, false, events]);
  });

  it('is kept also when the session ran out meanwhile, and found in the next one', async () => {
    const { place, token } = await begun();
    unused(31);
    expect((await send('/drafts', { token, of: form, findings: `${WORDS} late` })).statusCode).toBe(204);
    expect((await page(place)).headers.location).toContain('/timed-out');
    cookie = await session(SERGEANT);
    expect((await page(place)).body).toContain(`${WORDS} late`);
  });

  it('does not put off the end of the session', async () => {
    const { token } = await begun();
    const ends = async (): Promise<number> => (await bench.daybook.signIn.sessions.find(cookie.split('=')[1]!, false))!.idleEndsAt;
    unused(15);
    const before = await ends();
    expect((await send('/drafts', { token, of: form, findings: WORDS })).statusCode).toBe(204);
    expect(await ends()).toBe(before);
  });

  it('is taken from nobody else, and from no other form', async () => {
    const { place, token } = await begun();
    const other = await session(OTHER);
    const refused = [
      await send('/drafts', { token, of: form, findings: 'no' }, other), await send('/drafts', { token, of: form, findings: 'no' }, ''),
      await send('/drafts', { token: `${token}x`, of: form, findings: 'no' }), await send('/drafts', { of: form, findings: 'no' }), await send('/drafts', { token, of: 'https://elsewhere', findings: 'no' }),
    ];
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403]);
    await send('/drafts', { token, of: '/investigations/new', findings: 'no' });
    expect((await page(place)).body).not.toContain('>no<');
  });

  it('comes too late for what was recorded', async () => {
    const { token } = await begun();
    const keep = jest.spyOn(bench.daybook.drafts, 'keep');
    await bench.daybook.drafts.keep(SERGEANT, token.split('.')[0]!, JSON.stringify({ path: form, values: {}, sure: true, recorded: 1 }));
    keep.mockClear();
    expect((await send('/drafts', { token, of: form, findings: WORDS })).statusCode).toBe(204);
    expect(keep).not.toHaveBeenCalled();
  });
});
