// Rebuild of the read models beside a bare scan of the same log, and how long a fact takes to be seen. DAYBOOK_BENCH_EVENTS: size of the log.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import store from '../../dist/libs/platform/event-store/index.js';
import readStore from '../../dist/libs/platform/read-store/index.js';
import program from '../../dist/apps/daybook/projections.js';
import { fill, laterEvent } from './rebuild/cases.mjs';

const EVENTS = Number(process.env.DAYBOOK_BENCH_EVENTS ?? 200_000);
const SECONDS = Number(process.env.DAYBOOK_BENCH_SECONDS ?? 10);
const A_SECOND = 500;
const SEED = 7;

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist/apps/daybook');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const secondsSince = (started) => (performance.now() - started) / 1000;
const percentile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? NaN;

/** The limit: reads every event in log order and parses its JSON, nothing else. */
const scan = async (log) => {
  const started = performance.now();
  let events = 0;
  for await (const page of log.readAll(store.START, { pageSize: 1000 }))
    for (const { data, metadata } of page) {
      JSON.parse(data.toString('utf8'));
      JSON.parse(metadata.toString('utf8'));
      events++;
    }
  return events / secondsSince(started);
};

/** Highest resident memory (MB) of this process's children, as the system counts it; undefined where it does not say. */
const childrenPeak = () => {
  const peaks = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const [parent, peak] = [/^PPid:\s*(\d+)/m, /^VmHWM:\s*(\d+) kB/m].map((pattern) => Number(pattern.exec(status)?.[1]));
      return parent === process.pid && peak > 0 ? [peak / 1024] : [];
    } catch {
      return [];
    }
  });
  return Math.max(0, ...peaks);
};

const watch = async (reads, running) => {
  const latencies = [];
  let peak = 0;
  for (let i = 0; running(); i++) {
    const started = performance.now();
    reads.db.all('SELECT * FROM investigation_rect WHERE opener = (SELECT max(opener) FROM investigation_rect WHERE opener <= ?)', (i * 997) % EVENTS);
    latencies.push(performance.now() - started);
    if (i % 20 === 0 && process.platform === 'linux') peak = Math.max(peak, childrenPeak());
    await sleep(5);
  }
  return { p99: percentile(latencies, 0.99), peak };
};

const rebuild = async (reads) => {
  const quiet = { over: false };
  setTimeout(() => { quiet.over = true; }, 2000);
  const before = await watch(reads, () => !quiet.over);
  const started = performance.now();
  let done = false;
  const work = reads.rebuild().finally(() => { done = true; });
  const during = await watch(reads, () => !done);
  const reports = await work;
  const different = reports.find(({ result }) => result !== 'swapped');
  if (different) throw new Error(`the rebuild of ${different.name} differs`);
  return { reports, total: secondsSince(started), before, during };
};

/** Open loop: an append every two milliseconds, whatever became of the ones before, each timed from when it was due until its rows can be read. */
const visible = async (log, reads) => {
  const latencies = [];
  const due = performance.now();
  const waiting = [];
  for (let i = 0; i < SECONDS * A_SECOND; i++) {
    const at = due + (i * 1000) / A_SECOND;
    while (performance.now() < at) await sleep(Math.max(0, at - performance.now()));
    const { stream, event } = laterEvent(EVENTS, SEED, i);
    waiting.push(log.append(stream, [event], 'any').then(async ({ position }) => {
      if (await reads.waitFor(position, 30_000)) latencies.push(performance.now() - at);
    }));
  }
  await Promise.all(waiting);
  if (latencies.length !== waiting.length) throw new Error('some appends were never seen');
  return latencies;
};

export async function bench() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-rebuild-'));
  const logFile = path.join(folder, 'log.db');
  const log = await store.openEmbeddedEventStore({ file: logFile });
  const events = await fill(log, EVENTS, SEED);
  const scanned = await scan(log);
  const started = performance.now();
  const reads = await readStore.openReadStore({
    file: path.join(folder, 'read.db'), logFile, log, heads: () => log.headPort(), projections: program.projections, clock: Date.now,
    threadFile: path.join(dist, 'projector.thread.js'), rebuildFile: path.join(dist, 'rebuild.child.js'),
  });
  const first = events / secondsSince(started);
  try {
    const { reports, total, before, during } = await rebuild(reads);
    const built = events / reports[0].seconds;
    const latencies = await visible(log, reads);
    const size = `${events.toLocaleString('en-GB')} events`;
    return [
      { what: 'bare scan of the log with JSON.parse', value: scanned, unit: 'events/s', note: `the limit; ${size}` },
      { what: 'rebuild of all read models, bulk', value: built, unit: 'events/s', target: '50,000', note: `${(100 * built / scanned).toFixed(0)} % of the scan; ${reports.map(({ name }) => name).join(', ')}` },
      { what: 'rebuild, with comparison and swap', value: total, unit: 's', note: size },
      { what: 'rebuild, memory of its process', value: during.peak, unit: 'MB', target: 'under 500' },
      { what: 'first start without read models, to the first catch-up', value: first, unit: 'events/s', note: size },
      { what: 'a query by key, p99, before a rebuild', value: before.p99, unit: 'ms' },
      { what: 'a query by key, p99, during a rebuild', value: during.p99, unit: 'ms', target: 'as before' },
      { what: `append to visible in every read model, p50 at ${A_SECOND} events/s`, value: percentile(latencies, 0.5), unit: 'ms' },
      { what: `append to visible in every read model, p99 at ${A_SECOND} events/s`, value: percentile(latencies, 0.99), unit: 'ms', target: 'under 100', note: 'open loop, durable append included, streams of all ages' },
    ];
  } finally {
    await reads.close();
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
