// What a large log costs: append and one case's history at 100,000 events and at many more (10 million with DAYBOOK_BENCH_EVENTS=10000000).
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dataBytes, metadataBytes, WRITERS } from './work.mjs';

const SMALL = 100_000;
const LARGE = Number(process.env.DAYBOOK_BENCH_EVENTS ?? 2_000_000);
const LENGTH = 20;
const SECONDS = Number(process.env.DAYBOOK_BENCH_SECONDS ?? 5);

const event = () => ({ id: randomUUID(), type: 'Noted', data: dataBytes, metadata: metadataBytes });
const nameOf = (stream) => `investigation-${(BigInt(stream) * 2654435761n % 4294967296n).toString(16).padStart(8, '0')}-${stream}`;

const grow = async (store, lasts, to) => {
  let waiting = [];
  for (let n = lasts.reduce((sum, last) => sum + last + 1, 0); n < to; n += LENGTH / 2) {
    const stream = lasts.length < to / LENGTH && n % LENGTH === 0 ? lasts.push(-1) - 1 : Math.floor(Math.random() * lasts.length);
    waiting.push(store.append(nameOf(stream), Array.from({ length: LENGTH / 2 }, event), lasts[stream] < 0 ? 'no_stream' : lasts[stream]));
    lasts[stream] += LENGTH / 2;
    if (waiting.length === 2000) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);
};

const appendRate = async (store, lasts) => {
  let count = 0;
  const from = performance.now();
  const write = async (writer) => {
    while (performance.now() < from + SECONDS * 1000) {
      // Each writer keeps to streams of its own, anywhere in the log.
      const stream = Math.floor(Math.random() * (lasts.length / WRITERS)) * WRITERS + writer;
      if (stream >= lasts.length) continue;
      await store.append(nameOf(stream), [event()], lasts[stream]++);
      count++;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return (count / (performance.now() - from)) * 1000;
};

const historyTime = async (store, lasts) => {
  const [from, reads] = [performance.now(), 3000];
  for (let i = 0; i < reads; i++) await store.readStream(nameOf(Math.floor(Math.random() * lasts.length)), { limit: LENGTH });
  return ((performance.now() - from) / reads) * 1000;
};

const measure = async (store, lasts, events) => {
  await grow(store, lasts, events);
  return { rate: await appendRate(store, lasts), history: await historyTime(store, lasts) };
};

export const growth = async () => {
  const { openEmbeddedEventStore } = await import('../../../dist/libs/platform/event-store/index.js');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  const file = path.join(folder, 'log.db');
  try {
    const lasts = [];
    let store = await openEmbeddedEventStore({ file });
    const small = await measure(store, lasts, SMALL);
    const large = await measure(store, lasts, LARGE);
    await store.close();
    const from = performance.now();
    store = await openEmbeddedEventStore({ file });
    const opening = performance.now() - from;
    await store.close();
    const note = `${LARGE.toLocaleString('en-GB')} events beside ${SMALL.toLocaleString('en-GB')}`;
    return [
      { what: 'append in a large log', value: small.rate / large.rate, unit: 'x the cost', target: '<= 1.5', note: `${note}; ${large.rate.toFixed(0)} a second` },
      { what: "one case's history in a large log", value: large.history / small.history, unit: 'x the cost', target: '<= 1.5', note: `${large.history.toFixed(0)} microseconds` },
      { what: 'opening a large log', value: opening, unit: 'ms', target: '<= 100', note },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
