import { Bench } from '../../apps/api/api.fixtures';

describe('an administrator', () => {
  let bench: Bench;
  let cookie: string;

  const open = async (id: string, role: string): Promise<string> => {
    const reader = { kind: 'user' as const, id, name: 'Somebody', role, agency: 'South Yorkshire Police', multiFactor: true, provedAt: Date.now() };
    return `daybook=${await bench.daybook.signIn.sessions.open(reader, { subject: id })}`;
  };
  const page = (url: string, as = cookie) => bench.app.inject({ method: 'GET', url, headers: { cookie: as } });
  const send = (url: string, payload: string) => bench.app.inject({ method: 'POST', url, payload, headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } });
  const token = async (): Promise<string> => encodeURIComponent(/action="\/sessions" id="form"[^]*?name="token" value="([^"]+)"/.exec((await page('/sessions')).body)![1]!);

  /** What is on record about users. */
  const recorded = async (): Promise<readonly (readonly [string, unknown])[]> => {
    const found: (readonly [string, unknown])[] = [];
    for await (const events of bench.daybook.store.readAll('', { filter: { categories: ['user'] } }))
      found.push(...events.map(({ type, data }) => [type, JSON.parse(Buffer.from(data).toString('utf8')) as unknown] as const));
    return found;
  };

  beforeAll(async () => {
    bench = await Bench.open();
    cookie = await open('SYP 7900', 'ADMIN');
  });
  afterAll(() => bench.close());

  it('sees who is signed in, and no record', async () => {
    await open('DC 2235', 'DETECTIVE');
    const { statusCode, body } = await page('/sessions');
    expect([statusCode, body.includes('DC 2235')]).toEqual([200, true]);
    expect((await page('/investigations')).statusCode).toBe(403);
    expect((await page('/')).headers.location).toBe('/sessions');
  });

  it('ends the sessions of somebody at once', async () => {
    const detective = await open('DC 2235', 'DETECTIVE');
    expect((await page('/investigations', detective)).statusCode).toBe(200);
    const sent = await send('/sessions', `token=${await token()}&user=DC+2235`);
    expect(sent.statusCode).toBe(303);
    expect((await page('/investigations', detective)).headers.location).toContain('/timed-out');
    expect(String(sent.headers.location)).toMatch(/^\/sessions\?form=[\w.-]+$/);
    expect((await page(String(sent.headers.location))).body).toContain('DC 2235 is signed out everywhere');
    expect(await recorded()).toContainEqual(['SessionsEnded', { userId: 'DC 2235', sessions: 2 }]);
  });

  it('records that somebody has left, who then holds no post', async () => {
    await bench.as('DC 2274').then((other) => other.get('/api/v1/figures')); // their post is written down at the first use of a token
    expect((await send('/sessions', `token=${await token()}&left=DC+2274`)).statusCode).toBe(303);
    expect(await recorded()).toEqual(expect.arrayContaining([['SessionsEnded', { userId: 'DC 2274', sessions: 0 }], ['PostLeft', { userId: 'DC 2274' }]]));
  });

  it('is told what is missing, and nothing is done', async () => {
    const { statusCode, body } = await send('/sessions', `token=${await token()}&left=`);
    expect([statusCode, body.includes('Enter the number of the person who has left')]).toEqual([400, true]);
  });
});
