import type { Worker } from 'node:worker_threads';
import { Bench } from '../api/api.fixtures';

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
});
