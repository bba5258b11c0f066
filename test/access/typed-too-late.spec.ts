import path from 'node:path';
import Database from 'better-sqlite3';
import type { InjectOptions } from 'fastify';
import { Bench } from '../../apps/api/api.fixtures';

describe('a form that arrives after its session has run out', () => {
  let bench: Bench;
  let id: string;
  let cookie: string;

  const page = async (options: InjectOptions) => bench.app.inject({ headers: { cookie }, ...options });
  const session = async (): Promise<string> => {
    const { sessions } = bench.daybook.signIn;
    const reader = { kind: 'user' as const, id: 'DS 2256', name: 'C. Hatherleigh', role: 'SUPERVISOR', agency: 'SYP', team: 'Rotherham CID', multiFactor: true, provedAt: Date.now() };
    return `daybook=${await sessions.open(reader, { subject: 'DS 2256' })}`;
  };
  const runOut = (): void => {
    const state = new Database(path.join(bench.daybook.settings.keys, 'state.db'));
    state.exec('UPDATE sessions SET used = used - 31 * 60000');
    state.close();
  };
  const typed = (token: string) => `token=${encodeURIComponent(token)}&step=check&findings=Typed+before+the+end&review=PEER`;

  beforeAll(async () => {
    bench = await Bench.open();
    id = await bench.opened();
    await bench.get(`/api/v1/investigations/${id}`);
    cookie = await session();
  });
  afterAll(() => bench.close());

  it('is kept, and is whole again when its owner signs in anew; nothing is recorded', async () => {
    const { body } = await bench.get(`/api/v1/investigations/${id}`);
    const form = `/investigations/${(body as { reference: string }).reference}/record/review`;
    const begun = await page({ method: 'GET', url: form });
    const shown = await page({ method: 'GET', url: String(begun.headers.location) });
    const token = /name="token" value="([^"]+)"/.exec(shown.body.slice(shown.body.indexOf(form)))![1]!;
    const events = await bench.events();
    runOut();
    const late = await page({ method: 'POST', url: form, payload: typed(token), headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } });
    expect(late.statusCode).toBe(303);
    const back = new URL(String(late.headers.location), 'http://x').searchParams.get('return')!;
    expect(back).toContain(`${form}?form=`);
    expect(back).not.toContain('Typed');
    cookie = await session();
    const again = await page({ method: 'GET', url: back });
    expect(again.statusCode).toBe(200);
    expect(again.body).toContain('Typed before the end');
    expect(await bench.events()).toBe(events);
  });

  it('is not kept when it carries the token of another session', async () => {
    runOut();
    const late = await page({ method: 'POST', url: '/investigations/new', payload: typed('strange'), headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } });
    expect(late.statusCode).toBe(303);
    expect(String(late.headers.location)).not.toContain('form%3D');
  });

  it('of nobody who ever signed in is sent to sign in', async () => {
    const late = await bench.app.inject({ method: 'POST', url: '/investigations/new', payload: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect([late.statusCode, late.headers.location]).toEqual([303, '/sign-in?return=%2Finvestigations%2Fnew']);
  });
});
