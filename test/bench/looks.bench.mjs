// What one look costs the page that waits for it, and what 500 looks a second cost the ledger beside them.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { openEmbeddedEventStore, EventCodec } = require('../../dist/libs/platform/event-store/index.js');
const { openSpool } = require('../../dist/libs/platform/spool/index.js');
const { memoryKeyStore, openVault } = require('../../dist/libs/platform/vault/index.js');
const { Looks } = require('../../dist/libs/contexts/oversight/application/looks.js');

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const RATE = 500;
const WRITERS = 64;

let store;
let looks;

const ids = Array.from({ length: 26 }, () => randomUUID());
const reader = (i) => ({ kind: 'user', id: `DC ${i % 200}`, name: '', role: 'DETECTIVE', agency: 'a force', team: 'a team', multiFactor: true, provedAt: 0, session: `s${i % 200}` });
const look = { kind: 'consultation', door: 'PAGE', route: '/investigations', question: { area: 'Rotherham', status: 'active' }, shown: [{ kind: 'investigation', ids }], reason: { code: 'ALLOCATED' } };
const data = Buffer.alloc(700, 'x');
const metadata = Buffer.alloc(300, 'y');

const spread = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2));
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
};

const timed = async (i, times) => {
  const began = performance.now();
  await looks.record(reader(i), look);
  times.push(performance.now() - began);
};

const alone = async () => {
  const times = [];
  for (let i = 0; i < 500; i++) await timed(i, times);
  return spread(times);
};

/** Open loop: looks come whether or not the last was kept. */
const steadily = async (until, times) => {
  const under = [];
  const began = performance.now();
  for (let sent = 0; performance.now() < until;) {
    const due = Math.floor(((performance.now() - began) / 1000) * RATE);
    while (sent < due) under.push(timed(sent++, times));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(under);
};

/** Closed loop: so many writers, each as fast as it is answered. */
const ledger = async (until) => {
  let events = 0;
  const times = [];
  await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
    while (performance.now() < until) {
      const began = performance.now();
      await store.append(`case-${writer}`, [{ id: randomUUID(), type: 'Noted', data, metadata }], 'any');
      times.push(performance.now() - began);
      events++;
    }
  }));
  return { perSecond: Math.round(events / SECONDS), ...spread(times) };
};

const phase = async (withLedger, withLooks) => {
  const until = performance.now() + SECONDS * 1000;
  const times = [];
  const [ofLedger] = await Promise.all([withLedger ? ledger(until) : undefined, withLooks ? steadily(until, times) : undefined]);
  return { ...(ofLedger && { ledger: ofLedger }), ...(withLooks && { looks: spread(times) }) };
};

const opened = async (folder) => {
  store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  looks = new Looks({ store, codec: new EventCodec(), vault: await openVault(memoryKeyStore()), clock: Date.now, program: 'bench', spool: openSpool(path.join(folder, 'looks')) });
};

export const bench = async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-looks-'));
  await opened(folder);
  await alone(); // warms up
  const [one, steady, without, beside] = [await alone(), await phase(false, true), await phase(true, false), await phase(true, true)];
  await looks.close();
  await store.close();
  fs.rmSync(folder, { recursive: true });
  return [
    { what: 'one look at a time, durable, p50', value: one.p50, unit: 'ms' },
    { what: 'one look at a time, durable, p99', value: one.p99, unit: 'ms', target: '10', note: 'what a page waits for' },
    { what: `${RATE} looks a second, p50`, value: steady.looks.p50, unit: 'ms' },
    { what: `${RATE} looks a second, p99`, value: steady.looks.p99, unit: 'ms', target: '10' },
    { what: 'ledger appends, 64 writers, no looks', value: without.ledger.perSecond, unit: 'a second' },
    { what: `ledger appends, 64 writers, beside ${RATE} looks a second`, value: beside.ledger.perSecond, unit: 'a second' },
  ];
};
