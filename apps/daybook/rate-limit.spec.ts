import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings } from '#platform/settings';
import { ProblemFilter } from '../api';
import { openDaybook } from './compose';
import type { Daybook } from './compose';
import { limitRates, ratesOf } from './rate-limit';
import { createServer } from './server';

describe('how many requests a minute are answered', () => {
  let server: FastifyInstance;
  const filter = new ProblemFilter({ error: () => undefined });

  beforeEach(async () => {
    server = fastify({ trustProxy: (_address: string, hop: number) => hop < 1 });
    server.setErrorHandler((error, request, reply) => filter.answer(error, request, reply));
    server.addHook('onRequest', (request, _reply, done) => {
      const { 'x-reader': id, 'x-session': session } = request.headers;
      if (id !== undefined) (request as { reader?: object }).reader = { id, ...(session === undefined ? {} : { session }) };
      done();
    });
    await limitRates(server, { person: 2, program: 4, address: 3, signIn: 1 });
    server.get('/*', async () => 'answered');
  });
  afterEach(() => server.close());

  const ask = async (times: number, headers: Record<string, string> = {}, url = '/figures'): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (let nth = 0; nth < times; nth++) statuses.push((await server.inject({ url, headers })).statusCode);
    return statuses;
  };

  it('are counted by person, wherever they sit', async () => {
    expect(await ask(3, { 'x-reader': 'D1', 'x-session': 'a' })).toEqual([200, 200, 429]);
    expect(await ask(1, { 'x-reader': 'D1', 'x-session': 'b', 'x-forwarded-for': '192.0.2.9' })).toEqual([429]);
    expect(await ask(2, { 'x-reader': 'D2', 'x-session': 'c' })).toEqual([200, 200]);
  });

  it('are more for a program with a token', async () => {
    expect(await ask(5, { 'x-reader': 'RMS' })).toEqual([200, 200, 200, 200, 429]);
  });

  it('are counted by address where nobody is signed in, so that guessing at tokens ends', async () => {
    expect(await ask(4, { 'x-forwarded-for': '192.0.2.1' })).toEqual([200, 200, 200, 429]);
    expect(await ask(1, { 'x-forwarded-for': '192.0.2.2' })).toEqual([200]);
  });

  it('take the 2^64 addresses that one subscriber has for one', async () => {
    const from = (address: string) => ask(1, { 'x-forwarded-for': address });
    const statuses = [await from('2001:db8::1'), await from('2001:db8::2'), await from('2001:db8::3:4'), await from('2001:db8::5'), await from('2001:db8:0:1::5')];
    expect(statuses.flat()).toEqual([200, 200, 200, 429, 200]);
  });

  it.each(['/sign-in', '/sign-in?return=%2F', '/sign-in/callback?code=x', '/identity/token', '/choose-user/x'])('are fewer at %s', async (url) => {
    expect(await ask(2, {}, url)).toEqual([200, 429]);
  });

  it('are those of any address where an identity provider tells whose sessions are over', async () => {
    expect(await ask(3, {}, '/sign-in/back-channel')).toEqual([200, 200, 200]);
  });

  it('have no end for whoever watches over the process', async () => {
    expect(await ask(20, {}, '/health/ready')).toEqual(Array(20).fill(200));
  });

  it('count addresses that lead nowhere too', async () => {
    const statuses: number[] = [];
    for (let nth = 0; nth < 4; nth++) statuses.push((await server.inject({ method: 'POST', url: '/guess' })).statusCode);
    expect(statuses).toEqual([404, 404, 404, 429]);
  });

  it('are said to be used up with the seconds to wait, and no other count', async () => {
    await ask(3);
    const { headers, body } = await server.inject({ url: '/figures' });
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(Object.keys(headers).filter((name) => /ratelimit/i.test(name))).toEqual([]);
    expect(JSON.parse(body)).toMatchObject({ status: 429, code: 'TOO_MANY' });
  });

  it('are those of the settings, or of the kind of folder', () => {
    expect(ratesOf({ reader: 9, address: 8, signIn: 7 }, 'live')).toEqual({ person: 9, program: 9, address: 8, signIn: 7 });
    const [live, sample] = [ratesOf({}, 'live'), ratesOf({}, 'sample')];
    expect(live.signIn).toBeLessThan(live.address);
    expect(live.signIn).toBeLessThan(sample.signIn);
    expect(live.program).toBeGreaterThanOrEqual(3_000 * 60);
  });
});

describe('too many requests to the whole program', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-rates-'));
  let daybook: Daybook;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    daybook = await openDaybook(readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_RATE_LIMIT_ADDRESS: '1' }));
    app = await createServer(daybook);
    await app.inject({ method: 'GET', url: '/' });
  });
  afterAll(async () => {
    await app.close();
    await daybook.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('answer a program with a problem document', async () => {
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url: '/api/v1/figures' });
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([429, 'application/problem+json; charset=utf-8', 'no-store']);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(JSON.parse(body)).toMatchObject({ code: 'TOO_MANY' });
  });

  it('answer a browser with a page', async () => {
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url: '/investigations' });
    expect([statusCode, headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(body).toContain('Too many requests');
  });

  it('leave health alone', async () => {
    expect((await app.inject({ method: 'GET', url: '/health/live' })).statusCode).toBe(200);
  });
});
