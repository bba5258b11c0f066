import { randomUUID } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { START } from '#platform/event-store';
import { Bench } from '../api/api.fixtures';
import { openDaybook } from './compose';

/** Ends the thread that writes, as a fault of its own would. */
const killWriter = async ({ daybook }: Bench): Promise<void> => {
  const { worker } = (daybook.store as unknown as { readonly writer: { readonly worker: Worker } }).writer;
  await worker.terminate();
};

describe('health', () => {
  let bench: Bench;
  beforeEach(async () => { bench = await Bench.open(); });
  afterEach(() => bench.close());

  it('says so when nothing can be written any more, although it can still answer', async () => {
    await killWriter(bench);
    expect(await bench.post('/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: [] })).toMatchObject({ status: 503 });
    const { status, body } = await bench.get('/health/ready');
    expect({ status, body: body as unknown }).toMatchObject({ status: 200, body: { ready: true, degraded: true, concerns: expect.arrayContaining([expect.stringContaining('nothing can be written')]) } });
  });

  it('says so when no key can be asked for any more, and writes nothing that it could not seal', async () => {
    const before = bench.daybook.store.currentHead().number;
    await (bench.daybook.keys as unknown as { readonly worker: Worker }).worker.terminate();
    expect(await bench.post('/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: [], summary: 'Anything' })).toMatchObject({ status: 503 });
    expect((await bench.get('/health/ready')).body).toMatchObject({ degraded: true, concerns: expect.arrayContaining([expect.stringContaining('the thread of the keys has ended')]) });
    expect(bench.daybook.store.currentHead().number).toBe(before);
  });

  it('tells nobody which record cannot be read: whoever asks need not be signed in', async () => {
    const { store, reads } = bench.daybook;
    const id = randomUUID();
    await store.append(`investigation-${id}`, [{ id: randomUUID(), type: 'InvestigationOpened', data: Buffer.from('not JSON'), metadata: Buffer.from('{}') }], 'any');
    await reads.waitFor(store.positionOfNumber(store.currentHead().number)!, 10_000);
    const { body } = await bench.get('/health/ready');
    expect(body).toMatchObject({ degraded: true, parkedStreams: expect.arrayContaining([{ readModel: expect.any(String), category: 'investigation', revision: 0 }]) });
    expect(JSON.stringify(body)).not.toContain(id);
  });

  it('tells of looks that wait for the log, until a start has given them to it', async () => {
    await killWriter(bench);
    const { looks, settings } = bench.daybook;
    const reader = { kind: 'user', id: 'DC 4417', name: 'J. Okafor', role: 'DETECTIVE', agency: 'South Yorkshire Police', multiFactor: true, provedAt: 0 } as const;
    await looks.record(reader, { kind: 'consultation', door: 'PAGE', route: '/investigations/:reference', shown: [{ kind: 'investigation', ids: ['i-1'] }] });
    expect((await bench.get('/health/ready')).body).toMatchObject({ spoolLength: 1, degraded: true, concerns: expect.arrayContaining(['1 looks wait until the log can be written']) });
    await bench.daybook.close();
    const again = await openDaybook(settings);
    const { events } = again.store.page(START, 10, { categories: ['consultation'] });
    await again.close();
    expect(events.map(({ type }) => type)).toEqual(['RecordsConsulted']);
  });
});
