import { Bench } from '../api/api.fixtures';

describe('until the read models have caught up', () => {
  let bench: Bench;
  let id: string;
  beforeAll(async () => {
    bench = await Bench.open();
    id = await bench.opened();
    await bench.daybook.reads.waitFor(bench.daybook.store.positionOfNumber((await bench.daybook.store.head()).number)!, 10_000);
    (bench.daybook.reads as { ready: boolean }).ready = false;
  }, 60_000);
  afterAll(() => bench.close());

  const SENTENCE = 'Daybook is catching up: 2 of 2 events. Ask again.';

  it.each(['figures', 'figures?recordedAt=2019-12', 'trend', 'areas', 'investigations', 'suspects/outstanding', 'investigations/INV-0', 'investigations/INV-0/history'])('a question for %s is not answered', async (what) => {
    expect(await bench.get(`/api/v1/${what}`)).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'READ_MODEL_BEHIND', detail: SENTENCE } });
  });

  it.each(['/', '/investigations', '/suspects', '/investigations/INV-0', '/figures.json'])('the page %s says how far it is', async (url) => {
    const { statusCode, headers, body } = await bench.app.inject({ method: 'GET', url, headers: bench.credentials });
    expect({ statusCode, retry: headers['retry-after'], type: headers['content-type'], said: body.includes(SENTENCE) })
      .toEqual({ statusCode: 503, retry: '1', type: 'text/html; charset=utf-8', said: true });
  });

  it('a command is not taken, because it cannot be told yet who may send it', async () => {
    const events = await bench.events();
    const review = { review: 'PEER', supervisor: 'DS 2256', findings: 'In order.' };
    for (const name of [id, 'INV-0'])
      expect(await bench.post(`/api/v1/investigations/${name}/reviews`, review)).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'READ_MODEL_BEHIND', detail: SENTENCE } });
    expect(await bench.events()).toBe(events);
  });

  it('the program lives, is not ready, and explains itself', async () => {
    expect((await bench.get('/health/live')).status).toBe(200);
    expect(await bench.get('/health/ready')).toMatchObject({ status: 503, body: { ready: false } });
    expect((await bench.app.inject({ method: 'GET', url: '/help', headers: bench.credentials })).statusCode).toBe(200);
  });
});
