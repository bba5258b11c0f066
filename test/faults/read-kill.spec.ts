import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { EventCodec, openEmbeddedEventStore, openEmbeddedReader, START } from '#platform/event-store';
import { openReadStore } from '#platform/read-store';
import type { ReadStore } from '#platform/read-store';
import { fromRoot } from '#platform/settings';
import { rebuildBeside } from '../../libs/platform/read-store/rebuild-child';
import { toys } from '../support/parcels.cjs';

const soak = process.env.DAYBOOK_FAULTS === 'soak';
const KILLS = soak ? 5000 : 200;
const KILLS_A_FOLDER = 50;
const LANES = 2;
const APPENDS_A_LIFE = 100;
const SEED = Number(process.env.DAYBOOK_SEED ?? Math.floor(Math.random() * 2 ** 31));

const support = (name: string): string => fromRoot('test', 'support', name);
const names = toys.map(({ name }) => name);

const randomFrom = (seed: number) => {
  let state = seed | 0;
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % below;
  };
};

/**
 * One life of the program, from start to SIGKILL: by turns at a random time (sometimes while it starts) and at a random statement of the
 * projector's. Answers what it raised alarms about.
 */
const live = (folder: string, seed: number, random: (below: number) => number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const rebuilding = random(5) === 0 ? 'yes' : 'no';
    const atStatement = random(2) === 0 ? String(1 + random(random(4) === 0 ? 400 : 60)) : '';
    const child = fork(fromRoot('test', 'faults', 'read-projector.child.cjs'), [folder, String(seed), rebuilding, String(APPENDS_A_LIFE)], {
      env: { ...process.env, KILL_AT_STATEMENT: atStatement },
    });
    const alarms: string[] = [];
    const wait = atStatement ? 400 : random(15) + (rebuilding === 'yes' ? random(200) : 0);
    const timers = random(10) === 0 ? [setTimeout(() => child.kill('SIGKILL'), random(200))] : [];
    child.on('message', (message: string) => {
      if (message === 'moving') timers.push(setTimeout(() => child.kill('SIGKILL'), wait));
      else if (message !== 'STREAM_PARKED') alarms.push(message);
    });
    child.once('exit', (code, signal) => {
      timers.forEach(clearTimeout);
      if (signal === 'SIGKILL') resolve(alarms);
      else reject(new Error(`the program ended by itself with ${code}`));
    });
  });

const recordedPrefixOf = async (log: ReturnType<typeof openEmbeddedReader>, until: number): Promise<Map<number, number>> => {
  const rows = new Map<number, number>();
  let latest = 0;
  for await (const page of log.readAll(START))
    for (const { number, metadata } of page) {
      if (number > until) return rows;
      latest = Math.max(latest, Date.parse((JSON.parse(Buffer.from(metadata).toString()) as { recordedAt: string }).recordedAt));
      rows.set(latest, number);
    }
  return rows;
};

/** What lies on disk after a kill must be exactly what the log says up to the checkpoint. Answers that checkpoint's number. */
const check = async (folder: string): Promise<number> => {
  const file = path.join(folder, 'read.db');
  if (!fs.existsSync(file) || !fs.existsSync(path.join(folder, 'log.db'))) return -1;
  const db = new Database(file);
  const known = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'checkpoints'").pluck().get() as number;
  const checkpoints = known === 0 ? [] : db.prepare<[], { projection: string; number: number }>('SELECT projection, number FROM checkpoints').all();
  const prefix = known === 0 ? [] : db.prepare<[], [number, number]>('SELECT upto_ms, number FROM recorded_prefix ORDER BY upto_ms').raw().all();
  db.close();
  if (checkpoints.length === 0) return -1;
  const log = openEmbeddedReader(path.join(folder, 'log.db'));
  const sideFile = path.join(folder, 'checked');
  const reports = await rebuildBeside({
    order: { file, logFile: '', sideFile, names }, projections: toys, codec: new EventCodec(), log, largestEvent: 65_536,
  });
  for (const { name, digest, liveDigest, differences } of reports) expect({ name, digest, differences }).toEqual({ name, digest: liveDigest, differences: [] });
  const until = checkpoints.find(({ projection }) => projection === 'recorded_prefix')?.number ?? -1;
  expect(prefix).toEqual([...await recordedPrefixOf(log, until)]);
  await log.close();
  fs.rmSync(sideFile);
  return until;
};

const open = (folder: string, store: Awaited<ReturnType<typeof openEmbeddedEventStore>>): Promise<ReadStore> => openReadStore({
  file: path.join(folder, 'read.db'), logFile: path.join(folder, 'log.db'), log: store, heads: () => store.headPort(), projections: toys,
  threadFile: support('parcels.thread.cjs'), rebuildFile: support('parcels.child.cjs'), clock: () => 0,
});

/** Three rebuilds in a running program, and one beside tables that were made anew: all have the same rows. */
const rebuildAll = async (folder: string): Promise<number> => {
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  const reads = await open(folder, store);
  const digests: string[][] = [];
  for (let rebuild = 0; rebuild < 3; rebuild++) {
    const reports = await reads.rebuild();
    for (const { result, digest, liveDigest } of reports) expect([result, liveDigest]).toEqual(['swapped', digest]);
    digests.push(reports.map(({ digest }) => digest));
  }
  await reads.close();
  for (const name of fs.readdirSync(folder)) if (name.startsWith('read.db')) fs.rmSync(path.join(folder, name));
  const fresh = await open(folder, store);
  digests.push((await fresh.rebuild()).map(({ liveDigest }) => liveDigest));
  await fresh.close();
  expect(new Set(digests.map((digest) => digest.join())).size).toBe(1);
  const { number } = await store.head();
  await store.close();
  return number + 1;
};

interface Tally {
  readonly kills: number;
  /** Lives in which the checkpoint moved on. */
  readonly moved: number;
  readonly events: number;
}

/** Kills over one folder, each checked. */
const lives = async (seed: number): Promise<Tally> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-kill-'));
  const random = randomFrom(seed);
  let [kills, moved, last] = [0, 0, -1];
  for (; kills < KILLS_A_FOLDER; kills++) {
    expect(await live(folder, random(2 ** 20), random)).toEqual([]);
    const reached = await check(folder);
    expect(reached).toBeGreaterThanOrEqual(last);
    if (reached > last) moved++;
    last = reached;
  }
  const events = await rebuildAll(folder);
  fs.rmSync(folder, { recursive: true });
  return { kills, moved, events };
};

const lane = async (number: number): Promise<Tally[]> => {
  const tallies: Tally[] = [];
  for (let i = number; i < KILLS / KILLS_A_FOLDER; i += LANES) tallies.push(await lives(SEED + i));
  return tallies;
};

it(`leaves rows and checkpoint in step after each of ${KILLS} kills, and equal to a fresh build in the end`, async () => {
  console.log(`seed ${SEED}; replay with DAYBOOK_SEED=${SEED}`);
  const tallies = (await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))).flat();
  const sum = (part: keyof Tally): number => tallies.reduce((total, tally) => total + tally[part], 0);
  console.log(`${sum('kills')} kills, ${sum('moved')} of them after progress, ${sum('events')} events`);
  expect(sum('kills')).toBe(KILLS);
  // Else it kills too soon to mean anything.
  expect(sum('moved')).toBeGreaterThan(KILLS / 3);
}, soak ? 3_600_000 : 180_000);
