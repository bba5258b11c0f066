// Figures, lists and trend over a made-up ledger, in the process; and what the read model of investigations costs an event.
// DAYBOOK_BENCH_CASES sets the size (default 100,000 investigations, about 800,000 events).
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { makeHistory, MONTHS_MS, NOW } from './figures/history.mjs';
import { openReads, openTables } from './figures/tables.mjs';

const require = createRequire(import.meta.url);
const { investigationProjections, InvestigationReader } = require('../../dist/libs/contexts/investigations/index.js');
const { Access, loadPolicies } = require('../../dist/libs/contexts/oversight/index.js');
const [projection] = investigationProjections;

const size = Number(process.env.DAYBOOK_BENCH_CASES ?? 100_000);

const percentile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const timed = (work, rounds) => Array.from({ length: rounds }, (_, i) => {
  const start = performance.now();
  work(i);
  return performance.now() - start;
});

const applyAlone = (history, cases) => {
  let [events, spent] = [0, 0];
  for (let i = 0; i < cases; i += 1000) {
    const streams = Array.from({ length: 1000 }, (_, k) => history.streamOf(i + k));
    const start = performance.now();
    for (const stream of streams) {
      const state = projection.open(stream[0]?.stream ?? 'investigation-none');
      for (const event of stream) projection.apply(state, event);
      events += stream.length;
    }
    spent += performance.now() - start;
  }
  return events / (spent / 1000);
};

// The last change of a row wins, as in the product's writer.
const keyOf = ({ table, set }) => `${table} ${set.recFrom} ${set.effFrom} ${set.link ?? set.crime ?? ''}`;

const build = (tables, history) => {
  let rows = [];
  for (let i = 0; i < history.cases; i++) {
    const events = history.streamOf(i);
    if (events.length === 0) continue;
    const state = projection.open(events[0].stream);
    const last = new Map();
    for (const event of events) for (const patch of projection.apply(state, event)) last.set(keyOf(patch), patch);
    rows.push(...last.values());
    if (rows.length > 20_000) {
      tables.write(rows);
      rows = [];
    }
  }
  tables.write(rows, history.events - 1);
  tables.index();
};

/** Opens, names and arrests in new cases, one event a batch, and asks after each. */
const askWhileEventsArrive = (tables, reads, reader, seen, history, rounds) => {
  const states = new Map();
  const [asks, seenAsks] = [[], []];
  for (let n = 0; n < rounds; n++) {
    const made = Math.floor(n / 3);
    const stream = `investigation-new-${made}`;
    if (!states.has(stream)) states.set(stream, projection.open(stream));
    const metadata = { v: 1, effectiveAt: { precision: 'minute', from: '2019-12-31T07:00+00:00' }, recordedAt: '2019-12-31T07:00:00.000Z', actor: { kind: 'user', id: 'DC 1' }, track: made % 100 ? 'STANDARD' : 'SENSITIVE' };
    const facts = [
      ['InvestigationOpened', { investigationId: `new-${made}`, kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] }],
      ['SuspectLinked', { linkId: `new-link-${made}`, quality: 'NAMED', nominalId: `new-person-${made}` }], ['SuspectArrested', { linkId: `new-link-${made}` }],
    ];
    const [type, data] = facts[n % 3];
    const number = history.events + n;
    tables.write(projection.apply(states.get(stream), { id: `${stream}#${n % 3}`, type, data, stream, revision: n % 3, number, position: String(number + 1), metadata }), number);
    if (n % 2) reads.tell();
    const scope = { area: n % 4 ? 'all' : 'Rotherham', ...(n % 5 === 0 && { theme: 'CSE' }) };
    asks.push(...timed(() => reader.figures(scope), 1));
    seenAsks.push(...timed(() => seen.figures(scope), 1));
  }
  return { asks, seenAsks };
};

const monsterCase = () => {
  const stream = 'investigation-monster';
  const state = projection.open(stream);
  const events = Array.from({ length: 10_000 }, (_, n) => {
    const from = `${new Date(NOW - (10_000 - n) * 3_600_000).toISOString().slice(0, 16)}+00:00`;
    const link = `link-${n % 300}`;
    const fact = n === 0 ? ['InvestigationOpened', { investigationId: 'monster', kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] }]
      : n <= 300 ? ['SuspectLinked', { linkId: link, quality: 'NAMED', nominalId: `p-${link}` }]
        : [['SuspectArrested', 'SuspectBailed', 'SuspectFailedToAnswerBail'][Math.floor(n / 300) % 3], { linkId: link }];
    return { id: `m#${n}`, type: fact[0], data: fact[1], stream, revision: n, number: n, position: '', metadata: { v: 1, effectiveAt: { precision: 'minute', from }, recordedAt: new Date(NOW).toISOString(), actor: { kind: 'user', id: 'DC 1' }, track: 'STANDARD' } };
  });
  const [whole] = timed(() => { for (const event of events) projection.apply(state, event); }, 1);
  const late = timed((i) => projection.apply(state, { ...events[5000], id: `late#${i}`, revision: 10_000 + i, number: 10_000 + i }), 5);
  return { whole, late: percentile(late, 0.5) };
};

/** What a detective sees who is named on no SENSITIVE investigation. */
const seenByDetective = (reader) => {
  const none = new Set();
  const access = new Access({
    policies: loadPolicies(), investigations: reader, records: {}, cases: {}, marks: {}, clock: () => NOW,
    granted: { granted: () => ({ investigations: none, operations: none }) },
  });
  const detective = { kind: 'user', id: 'DC 7', name: '', role: 'DETECTIVE', agency: 'SYP', team: 'Team 1', multiFactor: true, provedAt: NOW };
  return { access, detective };
};

const moments = (rounds) => Array.from({ length: rounds }, (_, i) => NOW - MONTHS_MS * ((i % 20) + 0.5) / 21);

const pastRows = (reader) => {
  const pairs = {
    'as recorded then': (at) => ({ effective: at, recorded: at }),
    'as true then, known now': (at) => ({ effective: at, recorded: 'now' }),
    'another pair': (at) => ({ effective: at, recorded: (at + NOW) / 2 }),
  };
  return Object.entries(pairs).flatMap(([name, pair]) => [['Rotherham', 30], ['all', name === 'another pair' ? 500 : 150]].map(([area, target]) => {
    const times = moments(40).map((at) => timed(() => reader.figures({ area }, pair(at)), 1)[0]);
    return { what: `figures, ${name}, ${area === 'all' ? 'all areas' : 'one area'}: p99`, value: percentile(times, 0.99), unit: 'ms', target: `${target} ms`, note: `p50 ${percentile(times, 0.5).toFixed(1)} ms` };
  }));
};

const listRows = (reader) => {
  const asks = {
    'first page of active cases, one area, now': () => reader.list({ area: 'Rotherham' }, { limit: 50 }),
    'first page of active cases, all areas, now': () => reader.list({ area: 'all' }, { limit: 50 }),
    'longest-waiting suspects, all areas, now': () => reader.outstandingSuspects({ area: 'all' }, { limit: 50 }),
    'first page of active cases, one area, a year ago': () => reader.list({ area: 'Rotherham' }, { limit: 50 }, { effective: NOW - MONTHS_MS / 2, recorded: 'now' }),
    'trend of 24 months, one area': () => reader.trend({ area: 'Rotherham' }, 24),
    'trend of 24 months, all areas': () => reader.trend({ area: 'all' }, 24),
  };
  return Object.entries(asks).map(([what, ask]) => {
    const times = timed(ask, 15);
    return { what, value: percentile(times, 0.5), unit: 'ms', note: `worst ${percentile(times, 1).toFixed(1)} ms` };
  });
};

export async function bench() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-figures-'));
  try {
    const history = makeHistory(size);
    applyAlone(history, Math.min(size, 5000));
    const alone = applyAlone(history, Math.min(size, 20_000));
    const file = path.join(folder, 'read.db');
    const tables = openTables(file, projection);
    const [built] = timed(() => build(tables, history), 1);
    tables.live();
    const reads = openReads(file, history.recorded);
    const reader = new InvestigationReader(reads, () => NOW);
    const [first] = timed(() => reader.figures({ area: 'all' }), 1);
    const { access, detective } = seenByDetective(reader);
    const [firstSeen] = timed(() => access.seenBy(detective).queries.figures({ area: 'all' }), 1);
    const seen = access.seenBy(detective).queries;
    const { asks, seenAsks } = askWhileEventsArrive(tables, reads, reader, seen, history, 3000);
    const figures = reader.figures({ area: 'all' });
    const monster = monsterCase();
    const rows = [
      { what: 'read model of investigations: apply alone', value: alone, unit: 'events/s', target: '100,000' },
      { what: 'read model of investigations: bulk build', value: history.events / (built / 1000), unit: 'events/s', note: `with making the events up; ${history.events} events, ${tables.db.prepare('SELECT count(*) AS n FROM investigation_rect').get().n} rectangles` },
      { what: 'case of 10,000 events, recorded in order: a event', value: monster.whole / 10, unit: 'µs', note: `one recorded late into its middle: ${monster.late.toFixed(1)} ms` },
      { what: 'figures, now, while events arrive: p99', value: percentile(asks, 0.99), unit: 'ms', target: '5 ms', note: `p50 ${percentile(asks, 0.5).toFixed(2)} ms; first question ${first.toFixed(0)} ms; ${size} investigations, ${figures.investigations.active} active, ${figures.suspectLinks.outstanding} outstanding` },
      { what: 'figures, now, while events arrive, for a detective: p99', value: percentile(seenAsks, 0.99), unit: 'ms', target: '5 ms', note: `p50 ${percentile(seenAsks, 0.5).toFixed(2)} ms; first question ${firstSeen.toFixed(0)} ms; ${reader.list({ area: 'all', status: 'all' }, { limit: 1 }).total - seen.list({ area: 'all', status: 'all' }, { limit: 1 }).total} investigations hidden` },
      ...pastRows(reader),
      ...listRows(reader),
      ...[...pastRows(seen), ...listRows(seen)].map((row) => ({ ...row, what: `${row.what}, for a detective` })),
    ];
    reads.close();
    tables.db.close();
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
