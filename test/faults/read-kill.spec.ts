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
const LANES = 2;
const APPENDS_A_LIFE = 40;
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

/** One life of the program, from start to SIGKILL; some are killed while they start. Answers what it raised alarms about. */
const live = (folder: string, seed: number, random: (below: number) => number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const rebuilding = random(5) === 0 ? 'yes' : 'no';
    const child = fork(fromRoot('test', 'faults', 'read-projector.child.cjs'), [folder, String(seed), rebuilding, String(APPENDS_A_LIFE)]);
    const alarms: string[] = [];
    const wait = random(25);
    let killed = false;
    const kill = (): void => {
      killed = true;
      child.kill('SIGKILL');
    };
    const early = random(10) === 0 ? setTimeout(kill, random(200)) : undefined;
    child.on('message', (message: string) => {
      if (message === 'moving' && !early) setTimeout(kill, wait + (rebuilding === 'yes' ? random(200) : 0));
      if (message !== 'moving' && message !== 'STREAM_PARKED') alarms.push(message);
    });
    child.once('exit', (code) => {
      clearTimeout(early);
      if (killed) resolve(alarms);
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

const lane = async (number: number): Promise<{ kills: number; moved: number; events: number }> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-kill-'));
  const random = randomFrom(SEED + number);
  let [kills, moved, last] = [0, 0, -1];
  for (; kills < KILLS / LANES; kills++) {
    expect(await live(folder, SEED + number + kills * LANES, random)).toEqual([]);
    const reached = await check(folder);
    expect(reached).toBeGreaterThanOrEqual(last);
    if (reached > last) moved++;
    last = reached;
  }
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  const events = (await store.head()).number + 1;
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
  await store.close();
  fs.rmSync(folder, { recursive: true });
  return { kills, moved, events };
};

it(`leaves rows and checkpoint in step after each of ${KILLS} kills, and equal to a fresh build in the end`, async () => {
  console.log(`seed ${SEED}; replay with DAYBOOK_SEED=${SEED}`);
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  const [kills, moved] = [lanes.reduce((sum, { kills: n }) => sum + n, 0), lanes.reduce((sum, { moved: n }) => sum + n, 0)];
  console.log(`${kills} kills, ${moved} of them after progress, ${lanes.map(({ events }) => events).join(' and ')} events`);
  expect(kills).toBe(KILLS);
  // Else it kills too soon to mean anything.
  expect(moved).toBeGreaterThan(KILLS / 2);
}, soak ? 3_600_000 : 180_000);
