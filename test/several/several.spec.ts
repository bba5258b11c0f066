import { setTimeout as delay } from 'node:timers/promises';
import { describeSeveral, Several } from './processes';
import type { Process } from './processes';

jest.setTimeout(300_000);

const [SERGEANT, DETECTIVE] = ['DS 2256', 'DC 2235'];
const WHY = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Works%20on%20it' };

interface Receipt {
  readonly id: string;
  readonly position: string;
}

describeSeveral('the program as several processes over one ledger', () => {
  let several: Several;
  let [api1, api2, pages, work1, work2]: Process[] = [];
  let second: Process;
  let token: string;

  beforeAll(async () => {
    several = await Several.start();
    [api1, api2, pages, work1, work2] = await Promise.all([several.process('api1', 'api'), several.process('api2', 'api'), several.process('console1', 'console'), several.process('worker1', 'worker'), several.process('worker2', 'worker')]);
    second = await several.process('console2', 'console');
    token = (await api1!.command('token', '--as', SERGEANT, '--minutes', '600')).trim();
  });
  afterAll(() => several?.stop());

  const ask = (url: string, address: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}/api/v1${address}`, { ...init, headers: { authorization: `Bearer ${token}`, ...WHY, ...(init.body ? { 'content-type': 'application/json' } : {}), ...(init.headers as Record<string, string>) } });
  const record = async (url: string, address: string, body: object): Promise<Receipt> => {
    const answer = await ask(url, address, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Receipt;
  };
  const historyOf = async (at: Process, id: string): Promise<readonly { readonly type: string; readonly number: number }[]> => {
    let answer = await ask(at.url, `/investigations/${id}/history`);
    // On a busy machine a process is behind for a moment, and says so.
    for (let again = 0; answer.status === 503 && again < 60; again++) {
      await delay(500);
      answer = await ask(at.url, `/investigations/${id}/history`);
    }
    if (answer.status === 404) return [];
    if (!answer.ok) throw new Error(`the history answered ${answer.status}: ${await answer.text()}`);
    const body = (await answer.json()) as { readonly items?: [] } & [];
    return body.items ?? body;
  };

  it('shows at one what was recorded at another a moment ago, from the position that the answer gave', async () => {
    const { id, position } = await record(api1!.url, '/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], effectiveAt: { precision: 'day', from: '2025-03-01' } });
    for (const { url } of [api2!, api1!]) {
      const answer = await ask(url, `/investigations/${id}?minPosition=${position}`);
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(id)]);
    }
  });

  it('has each process answer its own part alone', async () => {
    const status = async (address: string): Promise<number> => (await fetch(address, { redirect: 'manual' })).status;
    expect(await status(`${api1!.url}/sign-in`)).toBe(404);
    expect(await status(`${pages!.url}/sign-in`)).toBe(200);
    expect(await status(`${work1!.url}/sign-in`)).toBe(404);
    expect((await ask(pages!.url, '/figures')).status).toBe(404);
    expect((await ask(work2!.url, '/figures')).status).toBe(404);
  });

  it('is one ledger for good: nobody joins it as another', async () => {
    const [joined, other] = [await several.init('more', 'trial'), await several.init('other', 'live', { DAYBOOK_KEK_FILE: `${several.environment('x').DAYBOOK_KEYS}/kek` })];
    expect([joined.exit, other.exit]).toEqual([0, 3]);
    expect(other.said).toContain('is of a ledger that is trial, for good: it cannot be joined as live');
  });

  it('escalates what is overdue once, although two workers look for it', async () => {
    const on = (daysAgo: number) => ({ precision: 'day', from: new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10) });
    const { id } = await record(api1!.url, '/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], effectiveAt: on(60) });
    await record(api2!.url, `/investigations/${id}/allocation`, { officer: DETECTIVE, team: 'Rotherham CID', supervisor: SERGEANT, effectiveAt: on(50) });
    const escalated = async (): Promise<number> => (await historyOf(api2!, id)).filter(({ type }) => type === 'OverdueReviewEscalated').length;
    while ((await escalated()) === 0) await delay(200);
    // Whatever the other worker found in its own read models has had its time.
    await delay(2_000);
    expect(await escalated()).toBe(1);
  });

  it('counts the same in every process', async () => {
    const { position } = await record(api1!.url, '/investigations', { kind: 'CRIME', area: 'Sheffield', themes: ['CSE'] });
    for (const { url } of [api1!, api2!]) expect((await ask(url, `/figures?area=all&minPosition=${position}`)).status).toBe(200);
    const { head } = await api1!.health();
    const at = new Date().toISOString();
    const figures = await Promise.all([api1!, api2!, pages!, work1!, work2!].map((each) => each.figures(head, at)));
    expect(figures[0]!.number).toBeGreaterThanOrEqual(head);
    for (const other of figures) expect(other).toEqual(figures[0]);
  });

  it('waits where what it shares is away while it starts, instead of ending', async () => {
    await work2!.kill();
    await Promise.all([several.killPeer(), several.postgres.kill()]);
    work2!.launch();
    await work2!.hasSaid('this process starts when that is over');
    await several.startPeer();
    await several.postgres.start();
    await work2!.ready();
    expect(work2!.falls).toEqual([]);
  });

  it('is restarted process by process under load without an answer that is an error', async () => {
    const failed: string[] = [];
    let [isOver, answered] = [false, 0];
    const note = (what: string, status: number): void => {
      answered++;
      if (status !== 200 && status !== 201) failed.push(`${what} ${status}`);
    };
    const attempt = async (what: string, work: () => Promise<number>): Promise<void> => {
      while (!isOver) {
        await work().then((status) => note(what, status), (error: unknown) => failed.push(`${what} ${String(error)}`));
        await delay(20);
      }
    };
    const load = [
      attempt('post', async () => (await ask(several.url, '/investigations', { method: 'POST', body: JSON.stringify({ kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] }) })).status),
      attempt('figures', async () => (await ask(several.url, '/figures?area=all')).status),
      attempt('page', async () => (await fetch(`${several.url}/sign-in`, { redirect: 'manual' })).status),
    ];
    for (const each of [api1!, api2!, pages!, second, work1!]) {
      const exit = await each.stop();
      expect([each.name, exit]).toEqual([each.name, 0]);
      each.launch();
      await each.ready();
      if (each.part !== 'worker') await several.front.until(each.part === 'api' ? 'api' : 'pages', 2);
    }
    isOver = true;
    await Promise.all(load);
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(50);
  });
});
