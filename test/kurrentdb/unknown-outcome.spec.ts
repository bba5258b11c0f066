import { randomUUID } from 'node:crypto';
import { StoreUnavailableError } from '#kernel';
import type { KurrentEventStore } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { noted } from '../contracts/event-store.contract';
import { aServer, aStoreOf } from './server';
import { startUnreliableNetwork } from './unreliable-network';

const APPENDS = process.env.DAYBOOK_FAULTS === 'soak' ? 200_000 : 5_000;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const WRITERS = 32;
/** Of the pieces that cross the network. */
const LOST = 0.02;

/** Sends the same ids again until somebody says what has become of them, as whoever keeps an idempotency key does. */
const insist = async (store: KurrentEventStore, stream: string, event: ReturnType<typeof noted>, revision: number): Promise<number> => {
  for (let unknown = 0; ; unknown++) {
    try {
      await store.append(stream, [event], revision < 0 ? 'no_stream' : revision);
      return unknown;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
};

describe(`${APPENDS} appends over a network that loses requests and answers (DAYBOOK_SEED=${SEED})`, () => {
  it('are made once each and in their order, whatever was lost', async () => {
    const server = await aServer();
    const { hostname, port } = new URL(server.url.replace(/^\w+:/, 'http:'));
    const network = await startUnreliableNetwork({ host: hostname, port: Number(port) }, new Seeded(SEED), LOST);
    const store = await aStoreOf(server.url.replace(`${hostname}:${port}`, `127.0.0.1:${network.port}`), { append: 5_000, attempt: 500 });
    const run = randomUUID();
    const sent = new Map<string, string[]>();
    await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
      const stream = `case-${writer}~${run}`;
      const ids: string[] = [];
      sent.set(stream, ids);
      for (let revision = -1; revision < APPENDS / WRITERS - 1; revision++) {
        const event = noted(`${writer}.${revision}`);
        await insist(store, stream, event, revision);
        ids.push(event.id);
      }
    }));
    network.heal();
    const { requests, replies } = network.torn();
    expect(Math.min(requests, replies)).toBeGreaterThan(3); // else nothing was tried
    for (const [stream, ids] of sent) expect((await store.readStream(stream)).events.map(({ id }) => id)).toEqual(ids);
    await store.close();
    await network.stop();
    await server.stop();
  }, 300_000);
});
