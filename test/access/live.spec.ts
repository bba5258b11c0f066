import { Seeded } from '#test/seeded';
import { Listeners } from './listening';
import type { Heard } from './listening';

const [SERGEANT, DETECTIVE, ANALYST, PARTNER, ADMIN] = ['DS 2256', 'DC 2235', 'SYP 7101', 'RMBC 310', 'SYP 7900'];
const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);

describe('what an open page is told', () => {
  let all: Listeners;
  let lines = 0;

  beforeAll(async () => {
    all = await Listeners.start();
    for (const user of [SERGEANT, DETECTIVE, ANALYST, PARTNER]) await all.bench.as(user);
  });
  afterEach(async () => {
    await all.leave();
  });
  afterAll(() => all.stop());

  const plan = (id: string, user = SERGEANT): Promise<string> => all.record(user, `/${id}/plan`, { plan: `Line of enquiry ${++lines}`, reviewEveryDays: 28 });
  const reassess = (id: string, sensitivity: string): Promise<string> => all.record(SERGEANT, `/${id}/sensitivity`, { sensitivity, basis: 'A witness is known to staff.' });
  const allocated = async (more: object = {}): Promise<string> => {
    const id = await all.opened(SERGEANT, more);
    await all.record(SERGEANT, `/${id}/allocation`, { officer: DETECTIVE, team: 'Rotherham CID', supervisor: SERGEANT });
    return id;
  };

  it('is how many events were recorded and the number of the last, and nothing else', async () => {
    const since = all.head;
    const page = await all.listen(await all.signIn(ANALYST), ['figures']);
    const id = await allocated();
    await all.settle();
    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store, no-transform']);
    expect(page.last).toEqual({ topic: 'figures', since, count: 2, number: all.head });
    expect(page.text).not.toMatch(new RegExp(`${id}|INV-|${SERGEANT}|${DETECTIVE}|Rotherham`));
  });

  it('comes when the page would show it, and what came before the stream did comes too', async () => {
    const since = all.head;
    const id = await allocated();
    const cookie = await all.signIn(ANALYST);
    await all.settle();
    const page = await all.listen(cookie, ['figures', 'list'], { since });
    await page.until(() => page.told.length === 2);
    expect(page.told.map(({ topic, count }) => [topic, count])).toEqual([['figures', 2], ['list', 2]]);
    await plan(id);
    await all.settle();
    expect(page.last).toMatchObject({ topic: 'list', count: 3 });
  });

  it('is not said again to a browser that comes back and has heard it', async () => {
    const since = all.head;
    const id = await allocated();
    await all.settle();
    const page = await all.listen(await all.signIn(ANALYST), ['figures'], { since, heard: all.head });
    await all.settle();
    expect(page.told).toEqual([]);
    await plan(id);
    await all.settle();
    expect(page.told).toEqual([{ topic: 'figures', since, count: 3, number: all.head }]);
  });

  it('is not exact beyond a hundred', async () => {
    const id = await allocated();
    const since = all.head;
    const page = await all.listen(await all.signIn(ANALYST), ['figures']);
    for (let i = 0; i < 101; i++) await plan(id);
    await all.settle();
    expect(page.last).toMatchObject({ since, count: 100, more: true });
  });

  it('is nothing at all of a record that its reader may not know', async () => {
    const id = await allocated();
    await reassess(id, 'SENSITIVE');
    await all.settle();
    const since = all.head;
    const [stranger, owner, mine] = [await all.listen(await all.signIn(ANALYST), ['figures', 'list', `record:${id}`]), await all.listen(await all.signIn(SERGEANT), ['figures']), await all.signIn(DETECTIVE)];
    const [silent, own] = [stranger.said, await all.listen(mine, ['figures'])];
    await plan(id);
    await all.settle();
    expect(owner.last).toMatchObject({ count: 1, since });
    expect(own.last).toMatchObject({ count: 1 });
    expect(stranger.said).toBe(silent);
  });

  it('is the same of a record that is hidden and of one that is not there', async () => {
    const id = await allocated();
    await reassess(id, 'SENSITIVE');
    await all.settle();
    const [hidden, none] = [await all.listen(await all.signIn(ANALYST), [`record:${id}`]), await all.listen(await all.signIn(ANALYST), ['record:00000000-0000-4000-8000-000000000000'])];
    await plan(id);
    await all.settle();
    expect([hidden.status, hidden.said, Object.keys(hidden.headers)]).toEqual([none.status, none.said, Object.keys(none.headers)]);
  });

  it('is of one record only for whoever may read it and has said why', async () => {
    const id = await allocated();
    await all.settle();
    const [officer, stranger] = [await all.signIn(DETECTIVE), await all.signIn('DC 2274')];
    const page = await all.listen(officer, [`record:${id}`]);
    const without = await all.listen(stranger, [`record:${id}`]);
    const { session } = (await all.bench.daybook.signIn.sessions.find(stranger, false))!.reader;
    await all.bench.daybook.reasons.give(session, id, { code: 'SUPERVISION_OR_TASKING' });
    const within = await all.listen(stranger, [`record:${id}`]);
    await plan(id);
    await allocated();
    await all.settle();
    expect([page.last?.count, within.last?.count, without.told]).toEqual([1, 1, []]);
  });

  it('is no figure for whoever sees none', async () => {
    const page = await all.listen(await all.signIn(ADMIN), ['figures', 'list']);
    await allocated();
    await all.settle();
    expect(page.told).toEqual([]);
  });

  it(`equals what its reader's list then holds, whoever they are and whatever is recorded (seed ${seed})`, async () => {
    const random = new Seeded(seed);
    const since = all.head;
    const readers = [SERGEANT, DETECTIVE, ANALYST, PARTNER, 'SYP 7510', 'DC 2274'];
    const pages = await Promise.all(readers.map(async (user) => all.listen(await all.signIn(user), ['list'])));
    const made: string[] = [];
    for (let step = 0; step < 40; step++) {
      const id = made[random.below(made.length || 1)];
      const what = random.below(6);
      if (what === 0 || id === undefined) made.push(await allocated());
      else if (what === 1) await all.record(SERGEANT, `/${id}/access-grants`, { agency: 'Rotherham Metropolitan Borough Council', agreement: 'ISA-2019-04', basis: 'Safeguards.' }).catch(() => undefined);
      else if (what === 2) await reassess(id, ['STANDARD', 'RESTRICTED', 'SENSITIVE'][random.below(3)]!).catch(() => undefined);
      else await plan(id);
      if (random.below(5) === 0) await all.settle();
    }
    await all.settle();
    const { access, store } = all.bench.daybook;
    const eventsOf = async (id: string): Promise<number> => (await store.readStream(`investigation-${id}`)).events.filter(({ number }) => number > since).length;
    const expected = await Promise.all(readers.map(async (user) => {
      const { items } = access.seenBy(all.readerOf(user)).queries.list({ area: 'all', status: 'all' }, { limit: 200 });
      const counts = await Promise.all(items.map(({ investigationId }) => eventsOf(investigationId)));
      return [user, Math.min(100, counts.reduce((sum, count) => sum + count, 0))];
    }));
    expect(pages.map((page, i) => [readers[i], page.last?.count ?? 0])).toEqual(expected);
    expect(new Set(expected.map(([, count]) => count)).size).toBeGreaterThan(1);
  }, 300_000);

  describe('when a right is taken away', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const tokenOn = async (cookie: string, url: string, action: string): Promise<string> => {
      const { body } = await all.bench.app.inject({ method: 'GET', url, headers: { cookie: `daybook=${cookie}` } });
      return encodeURIComponent(new RegExp(`action="${action}"[^]*?name="token" value="([^"]+)"`).exec(body)![1]!);
    };
    const send = async (cookie: string, page: string, action: string, more = ''): Promise<void> => {
      const { statusCode } = await all.bench.app.inject({ method: 'POST', url: action, payload: `token=${await tokenOn(cookie, page, action)}${more}`, headers: { ...form, cookie: `daybook=${cookie}` } });
      expect(statusCode).toBeLessThan(400);
    };

    const ways: readonly (readonly [string, (cookie: string) => Promise<unknown> | unknown])[] = [
      ['they sign out', (cookie) => send(cookie, '/account', '/sign-out')],
      ['they sign out everywhere, from another browser', async () => send(await all.signIn(DETECTIVE), '/account', '/sign-out-everywhere')],
      ['their identity provider ends it', () => all.bench.daybook.signIn.sessions.endIssued({ subject: DETECTIVE, issuerSession: `of ${DETECTIVE}` }, Date.now())],
      ['an administrator ends their sessions', async () => send(await all.signIn(ADMIN), '/sessions', '/sessions', `&user=${encodeURIComponent(DETECTIVE)}`)],
      ['an administrator records that they have left', async () => send(await all.signIn(ADMIN), '/sessions', '/sessions', `&left=${encodeURIComponent(DETECTIVE)}`)],
      ['they have done nothing for too long', () => all.unused(DETECTIVE, 30)],
    ];

    it.each(ways)('with the session, the stream ends at once and tells the browser not to come back: %s', async (_, end) => {
      const cookie = await all.signIn(DETECTIVE);
      const page = await all.listen(cookie, ['figures']);
      await end(cookie);
      await all.streams.turnAll();
      await page.until(() => page.ended);
      expect([page.told, page.text.endsWith('event: end\ndata: {}\n\n')]).toEqual([[], true]);
    });

    it('ends it by itself within its round, without anything being recorded', async () => {
      const cookie = await all.signIn(DETECTIVE);
      const page = await all.listen(cookie, ['figures']);
      await all.bench.daybook.signIn.sessions.end(cookie);
      await page.until(() => page.ended);
      expect(page.told).toEqual([]);
    });

    it('says nothing more of a record whose grant was taken off', async () => {
      const id = await allocated();
      const grantId = await all.record(SERGEANT, `/${id}/access-grants`, { agency: 'Rotherham Metropolitan Borough Council', agreement: 'ISA-2019-04', basis: 'Safeguards.' });
      await all.settle();
      const page = await all.listen(await all.signIn(PARTNER), ['list']);
      await plan(id);
      await all.settle();
      expect(page.last?.count).toBe(1);
      await all.record(SERGEANT, `/${id}/access-withdrawals`, { grantId });
      await all.settle();
      expect(page.last?.count).toBe(0);
      const before = page.said;
      await plan(id);
      await all.settle();
      expect(page.said).toBe(before);
    });

    it('says nothing more of a record that became sensitive, neither where it was counted nor on its own page', async () => {
      const id = await allocated();
      await all.settle();
      const stranger = await all.signIn('DC 2274');
      const { session } = (await all.bench.daybook.signIn.sessions.find(stranger, false))!.reader;
      await all.bench.daybook.reasons.give(session, id, { code: 'SUPERVISION_OR_TASKING' });
      const page = await all.listen(stranger, ['list', `record:${id}`]);
      await plan(id);
      await all.settle();
      expect(page.told.map(({ count }) => count)).toEqual([1, 1]);
      await reassess(id, 'SENSITIVE');
      await all.settle();
      expect(page.told.slice(2)).toEqual([expect.objectContaining({ topic: 'list', count: 0 })]);
      const before = page.said;
      await plan(id);
      await all.settle();
      expect(page.said).toBe(before);
      await reassess(id, 'STANDARD');
      await all.settle();
      expect(page.told.at(-2)).toMatchObject({ topic: 'list', count: 4 });
    });
  });

  it('does not put off the end of the session', async () => {
    const cookie = await all.signIn(DETECTIVE);
    const ends = async (): Promise<number> => (await all.bench.daybook.signIn.sessions.find(cookie, false))!.idleEndsAt;
    all.unused(DETECTIVE, 15);
    const before = await ends();
    await all.listen(cookie, ['figures']);
    await all.settle();
    expect(await ends()).toBe(before);
    await all.bench.app.inject({ method: 'GET', url: '/account', headers: { cookie: `daybook=${cookie}` } });
    expect(await ends()).toBeGreaterThan(before);
  });

  it('is not told to whoever comes with a token, or names nothing that can be told', async () => {
    expect((await all.bench.get('/live?topic=figures@0')).status).toBe(403);
    const cookie = `daybook=${await all.signIn(DETECTIVE)}`;
    for (const query of ['', '?topic=figures', '?topic=people@1', '?topic=record:x@1', '?topic=figures@x', `?${'topic=figures@1&'.repeat(21)}`])
      expect([query, (await all.bench.app.inject({ method: 'GET', url: `/live${query}`, headers: { cookie } })).statusCode]).toEqual([query, 400]);
    const { statusCode, headers } = await all.bench.app.inject({ method: 'HEAD', url: '/live?topic=figures@1', headers: { cookie } });
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(all.streams.count).toBe(0);
  });

  it.each([undefined, 'no session of anybody'])('ends at once, as a stream, where nobody is signed in any more: a page that is open is sent nowhere', async (cookie) => {
    const { statusCode, headers, body } = await all.bench.app.inject({ method: 'GET', url: '/live?topic=figures@1', headers: { accept: 'text/event-stream', ...(cookie && { cookie: `daybook=${cookie}` }) } });
    expect([statusCode, headers['content-type'], body]).toEqual([200, 'text/event-stream; charset=utf-8', 'event: end\ndata: {}\n\n']);
  });

  it('goes to four streams of a session at most: one more ends the oldest', async () => {
    const cookie = await all.signIn(DETECTIVE);
    const streams: Heard[] = [];
    for (let i = 0; i < 5; i++) streams.push(await all.listen(cookie, ['figures']));
    await streams[0]!.until(() => streams[0]!.ended);
    expect(streams.map(({ ended }) => ended)).toEqual([true, false, false, false, false]);
  });
});

it('streams do not hold up the end of the program, and their browsers may come back', async () => {
  const all = await Listeners.start();
  const page = await all.listen(await all.signIn(ANALYST), ['figures']);
  await all.bench.app.close();
  await page.until(() => page.ended);
  expect(page.text).not.toContain('event: end');
  await all.stop();
});
