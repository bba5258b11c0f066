// Durable appends beside the limit (SQLite with nothing around it) and a peer, on the same work, in one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from './append/postgres.mjs';
import { growth } from './append/growth.mjs';

const here = path.join(path.dirname(fileURLToPath(import.meta.url)), 'append');
const SECONDS = Number(process.env.DAYBOOK_BENCH_SECONDS ?? 5);
const ROUNDS = 3;

const run = (name, extra = '') => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  try {
    return JSON.parse(execFileSync(process.execPath, [path.join(here, 'contender.mjs'), name, folder, String(SECONDS), String(extra)], {
      encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'],
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Ours and the limit by turns, so that what the machine does besides falls on both. */
const duel = () => {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const ours = run('daybook');
    return { ours, raw: run('raw', ours.batch) };
  });
  return {
    ours: median(rounds.map(({ ours }) => ours.rate)), raw: median(rounds.map(({ raw }) => raw.rate)),
    share: median(rounds.map(({ ours, raw }) => ours.rate / raw.rate)), batch: median(rounds.map(({ ours }) => ours.batch)),
  };
};

const peers = async () => {
  const folder = path.join(here, 'peers');
  if (!existsSync(path.join(folder, 'node_modules'))) {
    const { status } = spawnSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) return [{ name: 'Emmett', reason: 'its packages could not be installed' }];
  }
  const postgres = await startPostgres();
  const found = [{ name: 'Emmett, SQLite', rate: run('emmett-sqlite').rate }];
  if (postgres.reason) return [...found, { name: 'Emmett, PostgreSQL', reason: postgres.reason }];
  try {
    return [...found, { name: 'Emmett, PostgreSQL', rate: run('emmett-postgresql', postgres.url).rate }];
  } finally {
    postgres.stop();
  }
};

export async function bench() {
  const { ours, raw, share, batch } = duel();
  const others = await peers();
  const rates = others.flatMap(({ rate }) => (rate === undefined ? [] : [rate]));
  return [
    { what: 'durable appends of 1 kB, 64 writers in flight', value: ours, unit: 'events/s', note: `${batch.toFixed(0)} events a transaction` },
    { what: 'better-sqlite3 alone: same table, index, bytes, batches', value: raw, unit: 'events/s', note: 'the limit' },
    { what: 'share of the limit', value: share * 100, unit: '%', target: '>= 85' },
    ...others.map(({ name, rate, reason }) => ({ what: name, value: rate ?? 'not run', unit: 'events/s', note: reason ?? 'the same durability' })),
    ...(rates.length > 0 ? [{ what: 'times the best peer', value: ours / Math.max(...rates), unit: 'x', target: '>= 6' }] : []),
    ...(await growth()),
  ];
}
