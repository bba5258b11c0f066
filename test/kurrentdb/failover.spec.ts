import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StoreUnavailableError } from '#kernel';
import type { KurrentEventStore } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { noted } from '../contracts/event-store.contract';
import { startPeerProcess } from '../peers/eventstoredb/peer-process';
import type { PeerProcess } from '../peers/eventstoredb/peer-process';
import { aStoreOf } from './server';

const FAULTS = process.env.DAYBOOK_FAULTS === 'soak' ? 3_000 : 150;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const WRITERS = 8;
const APPEND_MS = 4_000;
/** For what a busy machine adds to a deadline. */
const LATE_MS = 4_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes on, remembers what it was told, and sends again what it was not told of. */
class Writer {
  readonly acknowledged: string[] = [];
  slowest = 0;
  private isOver = false;
  private readonly running: Promise<void>;

  constructor(private readonly store: KurrentEventStore, readonly stream: string) {
    this.running = this.run();
  }

  end(): Promise<void> {
    this.isOver = true;
    return this.running;
  }

  private async run(): Promise<void> {
    for (let event = noted('0'); !this.isOver;) {
      const began = performance.now();
      try {
        await this.store.append(this.stream, [event], this.acknowledged.length === 0 ? 'no_stream' : this.acknowledged.length - 1);
        this.acknowledged.push(event.id);
        event = noted(String(this.acknowledged.length));
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) throw error;
      }
      this.slowest = Math.max(this.slowest, performance.now() - began);
    }
  }
}

describe(`a server that fails ${FAULTS} times under load (DAYBOOK_SEED=${SEED})`, () => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-failover-'));
  let peer: PeerProcess;
  afterAll(() => fs.rmSync(data, { recursive: true, force: true }));

  const again = async (): Promise<void> => {
    const { port } = peer;
    await peer.kill();
    peer = await startPeerProcess({ data, port });
  };

  const faults: Record<string, (random: Seeded) => Promise<void>> = {
    'is killed and started again': again,
    'says it is unavailable': () => peer.door.fault({ at: 'request', how: 'unavailable', times: 3 }),
    'answers that it could not in time': () => peer.door.fault({ on: 'batchAppend', at: 'reply', how: 'timeout', times: 3 }),
    'writes and does not answer': () => peer.door.fault({ on: 'batchAppend', at: 'reply', how: 'silence', times: 2 }),
    'does not write and does not answer': () => peer.door.fault({ on: 'batchAppend', at: 'request', how: 'silence', times: 2 }),
    'resets connections in the middle of a batch': () => peer.door.fault({ on: 'batchAppend', at: 'reply', how: 'reset' }),
    'tears all connections': () => peer.door.reset(),
    'is not the leader': () => peer.door.fault({ on: 'batchAppend', at: 'request', how: 'not-leader', leader: { host: '127.0.0.1', port: peer.port } }),
    'holds connections half open': async (random) => {
      await peer.door.freeze();
      await pause(100 + random.below(400));
      await peer.door.thaw();
    },
    'faints': async (random) => {
      peer.faint();
      await pause(100 + random.below(400));
      peer.wakeUp();
    },
  };

  it('loses nothing that was acknowledged, doubles nothing, and leaves no writer without an answer', async () => {
    const random = new Seeded(SEED);
    peer = await startPeerProcess({ data });
    const store = await aStoreOf(peer.connectionString, { append: APPEND_MS, attempt: 300 });
    const writers = Array.from({ length: WRITERS }, (_, i) => new Writer(store, `case-${i}`));
    const names = Object.keys(faults);
    for (let i = 0; i < FAULTS; i++) {
      await pause(20 + random.below(60));
      await faults[names[i % names.length]!]!(random);
    }
    await peer.door.clear();
    await Promise.all(writers.map((writer) => writer.end()));
    for (const { stream, acknowledged } of writers) {
      const stored = (await store.readStream(stream)).events.map(({ id }) => id);
      // What was under way at the end may have been written without a word.
      expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect(stored.length - acknowledged.length).toBeLessThanOrEqual(1);
    }
    expect(writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)).toBeGreaterThan(50); // else nothing was tried
    expect(Math.max(...writers.map(({ slowest }) => slowest))).toBeLessThan(APPEND_MS + LATE_MS);
    await store.close();
    await peer.stop();
  }, 300_000);
});
