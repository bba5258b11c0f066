import http from 'node:http';
import { Bench } from '../api/api.fixtures';
import { BODY_LIMIT } from './rim';

describe('what stands before every route', () => {
  let bench: Bench;
  beforeAll(async () => { bench = await Bench.open(); });
  afterAll(() => bench.close());

  const command = '/api/v1/investigations';
  const from = (site: string, mode = 'navigate', dest = 'document') => ({ 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest });

  it.each(['/', '/api/v1/figures', '/api/openapi.json', '/health/live', '/nowhere', '/api/nowhere', '/%ff', `/${'x'.repeat(500)}`])('guards the answer of %s by its headers', async (url) => {
    const { headers } = await bench.get(url);
    expect(headers).toMatchObject({
      'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
    expect(Object.keys(headers).filter((name) => /^(server|x-powered-by|access-control-.*)$/.test(name))).toEqual([]);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:3000', '127.0.0.1@evil.example'])('does not answer under the name %s', async (host) => {
    expect(await bench.get('/api/v1/figures', { host })).toMatchObject({ status: 421, body: { code: 'OTHER_HOST' } });
  });

  it.each([
    ['a page of another site', from('cross-site')],
    ['a page of a neighbouring name', from('same-site')],
    ['another origin, from a browser that says no more', { origin: 'https://evil.example' }],
    ['an origin that hides itself', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://localhost:8080' }],
  ])('takes no command from %s', async (_what, headers) => {
    expect(await bench.post(command, {}, headers)).toMatchObject({ status: 403, body: { code: 'OTHER_SITE' } });
  });

  it.each([
    ['its own page', from('same-origin', 'cors', 'empty')],
    ['its own form, whose origin its referrer policy hides', { ...from('same-origin'), origin: 'null' }],
    ['its own origin', { origin: 'http://localhost:80', host: 'localhost' }],
    ['a program', {}],
  ])('lets a command of %s get as far as its other rules', async (_what, headers) => {
    expect((await bench.post(command, { none: 'such' }, headers)).body).not.toMatchObject({ code: 'OTHER_SITE' });
  });

  it('lets a link from another site lead here, and no other site draw from here', async () => {
    expect((await bench.get('/', from('cross-site'))).status).not.toBe(403);
    for (const headers of [from('cross-site', 'no-cors', 'image'), from('cross-site', 'navigate', 'iframe'), from('same-site', 'cors', 'empty'), from('cross-site', 'no-cors', 'script')])
      expect(await bench.get('/api/v1/figures', headers)).toMatchObject({ status: 403, body: { code: 'OTHER_SITE' } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/jsonp'])('takes no command as %s', async (type) => {
    expect(await bench.send('POST', command, '{}', { 'content-type': type })).toMatchObject({ status: 415 });
  });

  it('takes no compressed command, which could be larger than it looks', async () => {
    expect(await bench.post(command, {}, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
  });

  it('takes no body beyond its limit', async () => {
    expect(await bench.post(command, { title: 'x'.repeat(BODY_LIMIT) })).toMatchObject({ status: 413 });
  });

  it.each(['?area=%00', '?area=%ff', '?__proto__=x', '?%5F_proto__=x', '?a=1&__proto__=x', '?a=1?&area=%00', '?a=1?b=2&__proto__=x'])('reads no query %s', async (query) => {
    expect(await bench.get(`/api/v1/figures${query}`)).toMatchObject({ status: 400, body: { code: 'MALFORMED' } });
  });

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])('answers nobody for whom a proxy asks (%s): its invented users are for this machine alone', async (name) => {
    expect(await bench.get('/sign-in', { [name]: '192.0.2.1' })).toMatchObject({ status: 421 });
    expect((await bench.get('/health/live', { [name]: '192.0.2.1' })).status).toBe(200);
  });

  it('finds nothing at an address with a fragment, which no browser sends', async () => {
    await bench.app.listen(0, '127.0.0.1');
    const { port } = new URL(await bench.app.getUrl());
    const statusOf = (path: string): Promise<number | undefined> => new Promise((resolve, reject) => {
      http.get({ host: '127.0.0.1', port, path }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
    });
    for (const path of ['/sign-in', '/help?a=1']) expect([await statusOf(path), await statusOf(`${path}#x`)]).toEqual([200, 404]);
  });

  it.each(['/%61pi/v1/figures', '/ap%69/v1/figures', '/%73ign-in', '/%69nvestigations'])('finds nothing at %s: by one spelling it is routed, by another its door is judged', async (url) => {
    const session = await bench.daybook.signIn.sessions.open({ kind: 'user', id: 'DS 2256', name: 'C. Hatherleigh', role: 'SUPERVISOR', agency: 'SYP', multiFactor: true, provedAt: 0 }, { subject: 'DS 2256' });
    expect((await bench.app.inject({ method: 'GET', url, headers: { cookie: `daybook=${session}` } })).statusCode).toBe(404);
    expect((await bench.send('GET', url)).status).toBe(404);
  });

  it('takes no method that it does not name, and no other method by header', async () => {
    for (const method of ['TRACE', 'PATCH'] as const) expect((await bench.app.inject({ method: method as 'PATCH', url: '/api/v1/figures' })).statusCode).toBe(404);
    expect((await bench.get('/api/v1/figures', { 'x-http-method-override': 'DELETE' })).status).toBe((await bench.get('/api/v1/figures')).status);
  });
});
