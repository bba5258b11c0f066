import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openEmbeddedReader, openKurrentEventStore } from '#platform/event-store';
import type { EventStore, StoredEvent } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { noted } from '../contracts/event-store.contract';
import { startPeerProcess } from '../peers/eventstoredb/peer-process';

const KILLS = process.env.DAYBOOK_FAULTS === 'soak' ? 300 : 12;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const APPENDS = 200;
const A_TIME = 100;

/** Copies until so many groups are written, then is killed as no program can prevent. Answers whether it had copied everything before. */
const copyUntil = (url: string, file: string, groups: number): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(__dirname, 'copying.child.cjs'), url, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let [seen, isWhole] = [0, false];
    createInterface({ input: child.stdout }).on('line', (line) => {
      isWhole ||= line === 'whole';
      if (++seen >= groups) child.kill('SIGKILL');
    });
    child.on('close', () => resolve(isWhole));
  });

const placesIn = async (store: Pick<EventStore, 'readAll'>): Promise<string[]> => {
  const places: string[] = [];
  const place = ({ id, stream, revision, position, number }: StoredEvent): string => `${position} ${stream}/${revision} ${number} ${id}`;
  for await (const page of store.readAll('')) places.push(...page.map(place));
  return places;
};

describe(`a copy of the log whose process is killed while it catches up (seed ${SEED})`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-copy-kill-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('goes on where it stood: every event once, in its place and with its number', async () => {
    const random = new Seeded(SEED);
    const peer = await startPeerProcess({ data: path.join(folder, 'server') });
    const whole = await openKurrentEventStore({ url: peer.connectionString, file: path.join(folder, 'whole.db') });
    for (let i = 0; i < APPENDS; i++) await whole.append(`case-${random.below(50)}`, Array.from({ length: A_TIME }, (_, n) => noted(`${i}.${n}`)), 'any');
    const expected = await placesIn(whole);
    expect(expected).toHaveLength(APPENDS * A_TIME);

    const file = path.join(folder, 'killed.db');
    let before = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const isWhole = await copyUntil(peer.connectionString, file, 1 + random.below(4));
      const reader = openEmbeddedReader(file);
      const places = await placesIn(reader);
      await reader.close();
      expect(places).toEqual(expected.slice(0, places.length));
      expect(places.length).toBeGreaterThanOrEqual(before);
      before = places.length;
      if (isWhole) for (const end of ['', '-wal', '-shm']) fs.rmSync(`${file}${end}`, { force: true });
      if (isWhole) before = 0;
    }
    const rest = await openKurrentEventStore({ url: peer.connectionString, file });
    expect(await placesIn(rest)).toEqual(expected);
    for (const store of [rest, whole]) await store.close();
    await peer.stop();
  }, 300_000);
});
