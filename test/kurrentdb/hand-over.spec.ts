import { randomUUID } from 'node:crypto';
import type { KurrentEventStore, Position, Subscription } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { noted } from '../contracts/event-store.contract';
import { aServer, aStoreOf } from './server';
import { startUnreliableNetwork } from './unreliable-network';

const EVENTS = process.env.DAYBOOK_FAULTS === 'soak' ? 1_000_000 : 20_000;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const SUBSCRIBERS = 10;

/** Stalls, drops and comes back at its checkpoint, as a process that is started again does. */
class Restless {
  readonly seen: string[] = [];
  drops = 0;
  private checkpoint: Position = '';
  private subscription: Subscription | undefined;
  private isOver = false;

  constructor(private readonly store: KurrentEventStore, private readonly random: Seeded) {
    this.resume();
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.subscription?.stop();
  }

  private resume(): void {
    if (this.isOver) return;
    const batchSize = 1 + this.random.below(400);
    this.subscription = this.store.subscribe(this.checkpoint, {
      onBatch: async (events) => {
        if (this.random.next() < 0.05) await new Promise((resolve) => setTimeout(resolve, this.random.below(20)));
        if (this.random.next() < 0.05) throw new Error('dropped');
        this.seen.push(...events.map(({ id }) => id));
        this.checkpoint = events.at(-1)!.position;
      },
      onError: () => {
        this.drops++;
        setImmediate(() => this.resume());
      },
    }, { batchSize });
  }
}

describe(`${SUBSCRIBERS} subscribers that stall, drop and resume while ${EVENTS} events are written over a network that breaks (DAYBOOK_SEED=${SEED})`, () => {
  it('get each event once, in the order of the log, after their checkpoint', async () => {
    const random = new Seeded(SEED);
    const server = await aServer();
    const { hostname, port } = new URL(server.url.replace(/^\w+:/, 'http:'));
    const network = await startUnreliableNetwork({ host: hostname, port: Number(port) }, random, 0.002);
    const writer = await aStoreOf(server.url);
    const follower = await aStoreOf(server.url.replace(`${hostname}:${port}`, `127.0.0.1:${network.port}`));
    await writer.head();
    await follower.head();
    const subscribers = Array.from({ length: SUBSCRIBERS }, () => new Restless(follower, random));
    const run = randomUUID();
    let written = 0;
    await Promise.all(Array.from({ length: 40 }, async (_, stream) => {
      while (written < EVENTS) {
        const events = Array.from({ length: Math.min(50, EVENTS - written) }, () => noted(String(++written)));
        await writer.append(`case-${stream}~${run}`, events, 'any');
      }
    }));
    const order: string[] = [];
    for await (const page of writer.readAll('')) order.push(...page.map(({ id }) => id));
    expect(order).toHaveLength(EVENTS);
    while (subscribers.some(({ seen }) => seen.length < EVENTS)) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const { seen } of subscribers) expect(seen).toEqual(order);
    expect(subscribers.reduce((sum, { drops }) => sum + drops, 0)).toBeGreaterThan(10); // else nothing was tried
    for (const one of [...subscribers, { end: () => follower.close() }, { end: () => writer.close() }, { end: () => network.stop() }]) await one.end();
    await server.stop();
  }, 300_000);
});
