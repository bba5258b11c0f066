// What the adapter costs beside the official client alone, both against the same server of the tests, which has a process of its own.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient, jsonEvent, streamNameFilter, START } from '@eventstore/db-client';

const require = createRequire(import.meta.url);
const here = path.dirname(fileURLToPath(import.meta.url));
const { openKurrentEventStore } = require('../../dist/libs/platform/event-store/index.js');

const APPENDS = Number(process.env.BENCH_APPENDS ?? 20_000);
const IN_FLIGHT = 64;
const data = Buffer.from(JSON.stringify({ text: 'x'.repeat(680) }));
const metadata = Buffer.from(JSON.stringify({ v: 1, text: 'y'.repeat(270) }));

const startPeer = async (folder) => {
  const child = spawn(process.execPath, [path.join(here, '../peers/eventstoredb/run.cjs'), '--child', '--port', '0', '--data', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { url: JSON.parse(line).listening, stop: () => new Promise((resolve) => { child.once('close', resolve); child.kill(); }) };
};

/** So many at once, each to a stream of its own, which must not be there. */
const appended = async (count, append) => {
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    for (let i = next++; i < count; i = next++) await append(i);
  }));
  return count / ((performance.now() - began) / 1000);
};

const bare = async (client, run) => {
  const [object, about] = [JSON.parse(data), JSON.parse(metadata)];
  return appended(APPENDS, (i) => client.appendToStream(`bare-${run}-${i}`, jsonEvent({ id: randomUUID(), type: 'Noted', data: object, metadata: about }), { expectedRevision: 'no_stream' }));
};

const ours = (store, run) => appended(APPENDS, (i) => store.append(`case-${run}-${i}`, [{ id: randomUUID(), type: 'Noted', data, metadata }], 'no_stream'));

const bareCatchUp = (client, events) => new Promise((resolve, reject) => {
  let seen = 0;
  const began = performance.now();
  const subscription = client.subscribeToAll({ fromPosition: START, filter: streamNameFilter({ regex: '^[^$]' }) });
  subscription.on('data', ({ event }) => {
    if (event && ++seen === events) void subscription.unsubscribe().then(() => resolve(events / ((performance.now() - began) / 1000)));
  });
  subscription.on('error', reject);
});

const ourCatchUp = async (url, folder, events) => {
  const began = performance.now();
  const store = await openKurrentEventStore({ url, file: path.join(folder, `${randomUUID()}.db`) });
  await store.head();
  const rate = events / ((performance.now() - began) / 1000);
  await store.close();
  return rate;
};

const best = (values) => Math.max(...values);

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export async function bench() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  const peer = await startPeer(path.join(folder, 'server'));
  const client = EventStoreDBClient.connectionString(peer.url);
  const store = await openKurrentEventStore({ url: peer.url, file: path.join(folder, 'log.db') });
  const [bares, adapters] = [[], []];
  for (let run = 0; run < 3; run++) {
    bares.push(await bare(client, run));
    await store.head(); // the copy has taken in what was written beside it
    adapters.push(await ours(store, run));
  }
  const events = 6 * APPENDS;
  const [bareRate, ourRate] = [await bareCatchUp(client, events), await ourCatchUp(peer.url, folder, events)];
  await store.close();
  await client.dispose();
  await peer.stop();
  fs.rmSync(folder, { recursive: true, force: true });
  const share = (a, b) => `${Math.round((a / b) * 100)} % of the bare client`;
  return [
    { what: `appends of 1 kB, ${IN_FLIGHT} in flight: the official client alone`, value: best(bares), unit: 'a second', note: 'best of 3; the copy of the adapter follows meanwhile' },
    { what: `appends of 1 kB, ${IN_FLIGHT} in flight: the adapter, durable and in the copy`, value: best(adapters), unit: 'a second', target: 'at least 80 % of the bare client, 4,000', note: share(best(adapters), best(bares)) },
    { what: 'catch-up: the bare subscription', value: bareRate, unit: 'events/s', note: `${events.toLocaleString('en-GB')} events, JSON parsed` },
    { what: 'catch-up: the adapter, into its copy on disk', value: ourRate, unit: 'events/s', target: 'at least 60 %', note: share(ourRate, bareRate) },
  ];
}
