import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings } from '#platform/settings';
import { openDaybook } from '../compose';
import type { Daybook } from '../compose';
import { createServer } from '../server';
import { Visitor } from './visitor.fixtures';

/** The program where it listens, and a way to speak to it under any name. */
interface Running {
  readonly url: string;
  readonly inject: NestFastifyApplication['inject'];
  stop(): Promise<void>;
}

const run = async (daybook: Daybook): Promise<Running> => {
  daybook.signIn.checkServing();
  const app = await createServer(daybook);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  daybook.signIn.listening(url);
  return { url, inject: app.inject.bind(app) as NestFastifyApplication['inject'], stop: () => app.close().then(() => daybook.close()) };
};

describe('signing in through the pages', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-sign-in-'));
  let daybook: Daybook;
  let running: Running;

  beforeAll(async () => {
    daybook = await openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: '0' }));
    running = await run(daybook);
  }, 60_000);
  afterAll(async () => {
    await running.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const visitor = (): Visitor => new Visitor(running.url);
  const who = (id: string) => daybook.signIn.sessions.ofUser(id);

  it('makes the chosen user the reader, vouched for by two factors, and leads back to the page', async () => {
    const person = visitor();
    expect(await person.signIn('DC 2235', '/help/counting-rules')).toBe(`${running.url}/help/counting-rules`);
    const [session] = await who('DC 2235');
    expect(session!.reader).toMatchObject({ kind: 'user', id: 'DC 2235', role: 'DETECTIVE', team: 'Rotherham CID', agency: 'South Yorkshire Police', multiFactor: true });
    expect(Math.abs(session!.reader.provedAt - Date.now())).toBeLessThan(60_000);
    expect((await person.get('/help')).text).toContain('DC 2235');
  });

  it('gives the browser a cookie that scripts and other sites do not get', async () => {
    const person = visitor();
    await person.signIn('DC 2235');
    const [cookie] = person.setCookies.filter((each) => each.startsWith('daybook='));
    expect(cookie).toMatch(/^daybook=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('never keeps an id that the browser had before', async () => {
    const person = visitor();
    person.cookies.set('daybook', 'A'.repeat(43));
    await person.signIn('DC 2235');
    const first = person.cookies.get('daybook');
    expect(first).not.toBe('A'.repeat(43));
    await person.signIn('DC 2235');
    expect(person.cookies.get('daybook')).not.toBe(first);
    const old = visitor();
    old.cookies.set('daybook', first!);
    expect((await old.get('/session')).status).toBe(401);
  });

  it('may be another user each time', async () => {
    const person = visitor();
    for (const user of ['DC 2235', 'DS 2256', 'DC 2235']) {
      await person.signIn(user);
      expect((await person.get('/help')).text).toContain(`</a> ${user}`);
    }
  });

  it('asks for a fresh proof and keeps the session’s name', async () => {
    const person = visitor();
    await person.signIn('DS 2393', '/', true);
    const [before] = await who('DS 2393');
    await person.signIn('DS 2393', '/help', true);
    const [after, ...others] = await who('DS 2393');
    expect([after!.reader.session, others]).toEqual([before!.reader.session, []]);
    expect(after!.reader.provedAt).toBeGreaterThanOrEqual(before!.reader.provedAt);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/%09/evil.example'])('leads to no other site: %s', async (asked) => {
    const person = visitor();
    expect(new URL(await person.signIn('DC 2235', asked)).origin).toBe(new URL(running.url).origin);
  });

  it('does not take back a browser that did not begin, nor one twice', async () => {
    const [person, thief] = [visitor(), visitor()];
    const back = await person.toCallback('DC 2235');
    expect((await thief.get(back)).status).toBe(403);
    expect(thief.cookies.has('daybook')).toBe(false);
    const again = await person.toCallback('DC 2235');
    expect((await person.get(again)).status).toBe(303);
    expect((await person.get(again)).status).toBe(403);
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x')],
    ['no code', (url: URL) => url.searchParams.delete('code')],
    ['a refusal', (url: URL) => { url.searchParams.delete('code'); url.searchParams.set('error', 'access_denied'); }],
  ])('does not take back a browser that brings %s', async (_, change) => {
    const person = visitor();
    const back = new URL(await person.toCallback('DC 2235'));
    change(back);
    expect((await person.get(back.href)).status).toBe(403);
    expect(person.cookies.has('daybook')).toBe(false);
  });

  it('lets nobody choose a user out of turn, or one who is not invented', async () => {
    const person = visitor();
    const choice = await person.toChoice();
    expect((await visitor().get(choice)).status).toBe(404);
    expect((await visitor().post(choice, { user: 'DC 2235' })).status).toBe(404);
    expect((await person.post(choice, { user: 'ROOT' })).status).toBe(400);
  });

  it('ends here, with the token of this session alone', async () => {
    const [person, other] = [visitor(), visitor()];
    await person.signIn('SYP 7101');
    await other.signIn('SYP 7101');
    expect((await person.post('/sign-out', { token: '' })).status).toBe(403);
    expect((await person.post('/sign-out', { token: await other.token() })).status).toBe(403);
    expect((await person.get('/session')).status).toBe(200);
    expect(await person.post('/sign-out', { token: await person.token() })).toMatchObject({ status: 303, location: `${running.url}/signed-out` });
    expect([(await person.get('/session')).status, (await other.get('/session')).status]).toEqual([401, 200]);
  });

  it('ends everywhere, for tokens too', async () => {
    const [person, other] = [visitor(), visitor()];
    await person.signIn('SYP 7510');
    await other.signIn('SYP 7510');
    const authorization = `Bearer ${await daybook.signIn.tokenFor('SYP 7510', 5)}`;
    expect((await person.get('/account')).text).toContain('(this one)');
    expect((await person.post('/sign-out-everywhere', { token: await person.token() })).status).toBe(303);
    expect([(await person.get('/session')).status, (await other.get('/session')).status]).toEqual([401, 401]);
    expect((await visitor().get('/api/v1/figures', { authorization })).status).toBe(401);
  });

  it('says when it ends, and is prolonged by its own form alone', async () => {
    const person = visitor();
    await person.signIn('SYP 7210');
    const { endsAt, idleEndsAt } = JSON.parse((await person.get('/session')).text) as { endsAt: string; idleEndsAt: string };
    expect(Date.parse(endsAt) - Date.parse(idleEndsAt)).toBe(11.5 * 3_600_000);
    expect((await person.post('/session/extend', {})).status).toBe(403);
    expect((await person.post('/session/extend', { token: await person.token() })).status).toBe(200);
    expect((await visitor().post('/session/extend', {})).status).toBe(401);
  });

  it('does not let the JSON door be opened by a cookie', async () => {
    const person = visitor();
    await person.signIn('DC 2235');
    const { requests } = await readersOf(person);
    expect(requests).toEqual({ page: 'DC 2235', api: undefined, both: 'DS 2256' });
  });

  // What the hook found, seen through the pages: the name in the user bar, and the answer to a bad token.
  const readersOf = async (person: Visitor) => {
    const authorization = `Bearer ${await daybook.signIn.tokenFor('DS 2256', 5)}`;
    const nameOn = (text: string): string | undefined => /<strong>[^<]+<\/strong><\/a> ([\w ]+)</.exec(text)?.[1];
    const page = nameOn((await person.get('/help')).text);
    const both = nameOn((await person.get('/help', { authorization })).text);
    const api = (await person.get('/api/v1/figures', { authorization: 'Bearer x' })).status === 401 ? undefined : 'let in';
    return { requests: { page, api, both } };
  };

  it.each(['Bearer', 'Bearer x', 'Bearer a b', 'Basic cm9vdDpyb290', 'bearer  ', 'Token x', 'Bearer x, Bearer y'])('answers %s with 401 and nothing else', async (authorization) => {
    const answer = await visitor().get('/api/v1/figures', { authorization });
    expect(answer).toMatchObject({ status: 401, challenge: 'Bearer error="invalid_token"' });
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'TOKEN_REFUSED', status: 401 });
  });

  it('answers under no other name', async () => {
    const inject = (host: string, url = '/sign-in') => running.inject({ method: 'GET', url, headers: { host } }).then(({ statusCode }) => statusCode);
    expect([await inject('evil.example'), await inject(new URL(running.url).host), await inject('localhost:1')]).toEqual([421, 200, 200]);
  });

  it('begins under the name that the cookie is set for', async () => {
    const port = new URL(running.url).port;
    const answer = await running.inject({ method: 'GET', url: '/sign-in/start?return=%2Fhelp', headers: { host: `localhost:${port}` } });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, `${running.url}/sign-in/start?return=%2Fhelp`]);
  });
});

describe('somebody whom the identity provider knows', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-strangers-'));
  let daybook: Daybook;
  let running: Running;

  beforeAll(async () => {
    const access = path.join(folder, 'access.json');
    const rule = { when: { role: ['ANALYST', 'DETECTIVE'] }, role: { claim: 'role' }, agency: { claim: 'agency' } };
    fs.writeFileSync(access, JSON.stringify({ claims: { id: 'sub', name: 'name' }, multiFactor: { acr: ['gold'] }, requireMultiFactor: false, rules: [rule] }));
    daybook = await openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: '0', DAYBOOK_ACCESS_FILE: access }));
    running = await run(daybook);
  }, 60_000);
  afterAll(async () => {
    await running.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const denials = () => daybook.lookLog.page('', 100).events.filter(({ type }) => type === 'AccessDenied').map(({ data }) => JSON.parse(Buffer.from(data).toString('utf8')) as object);

  it.each([
    ['no rule lets in', 'SYP 7900', false, 'NO_RULE'],
    ['proved who they are by one factor, where a fresh proof by more was asked for', 'DC 2235', true, 'ONE_FACTOR'],
  ])('and whom %s, gets no session and stands on record by digest', async (_, user, fresh, action) => {
    const [person, before] = [new Visitor(running.url), denials().length];
    const back = await person.toCallback(user, '/', fresh);
    expect((await person.get(back)).status).toBe(403);
    expect(person.cookies.has('daybook')).toBe(false);
    expect(denials().slice(before)).toEqual([expect.objectContaining({ route: '/sign-in/callback', action, kind: 'page', asked: expect.stringMatching(/^[\w-]{43}$/) })]);
    expect(JSON.stringify(denials())).not.toContain(user);
  });

  it('stands on record only where it was the provider who sent them', async () => {
    const before = denials().length;
    expect((await new Visitor(running.url).get('/sign-in/callback?code=x&state=y')).status).toBe(403);
    expect(denials()).toHaveLength(before);
  });
});

describe('a live folder', () => {
  it('has no invented users, no tokens for them, and no address of theirs', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-live-'));
    const kek = path.join(folder, 'kek');
    const access = path.join(folder, 'access.json');
    fs.writeFileSync(kek, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    fs.writeFileSync(access, JSON.stringify({ claims: { id: 'sub', name: 'name' }, requireMultiFactor: false, rules: [{ when: { groups: 'x' }, role: 'ANALYST', agency: 'A' }] }));
    const settings = readSettings({
      DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_KEK_FILE: kek, DAYBOOK_PORT: '0', DAYBOOK_ACCESS_FILE: access,
      DAYBOOK_OIDC_ISSUER: 'http://127.0.0.1:9', DAYBOOK_OIDC_CLIENT_ID: 'daybook', DAYBOOK_PUBLIC_URL: 'https://daybook.example',
    });
    const daybook = await openDaybook(settings, { make: { kind: 'live' } });
    const running = await run(daybook);
    try {
      const ask = (url: string, host = 'daybook.example') => running.inject({ method: 'GET', url, headers: { host } });
      for (const url of ['/identity/.well-known/openid-configuration', '/identity/auth', '/choose-user/x']) expect((await ask(url)).statusCode).toBe(404);
      expect((await ask('/sign-in', '127.0.0.1')).statusCode).toBe(421);
      expect((await ask('/health/live', '127.0.0.1')).statusCode).toBe(200);
      expect((await ask('/sign-in')).statusCode).toBe(200);
      expect((await ask('/sign-in/start')).statusCode).toBe(503); // that identity provider does not answer
      await expect(daybook.signIn.tokenFor('DS 2256', 5)).rejects.toMatchObject({ code: 'NO_IDENTITIES' });
      expect(daybook.account).toBeUndefined();
    } finally {
      await running.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
