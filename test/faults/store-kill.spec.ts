import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedReader, START } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { LogAudit } from './store/log-audit';
import type { Ack } from './store/log-audit';

const KILLS = process.env.DAYBOOK_FAULTS === 'soak' ? 10_000 : 300;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const LANES = 2;
const KILLS_PER_LOG = 50;

interface Life {
  readonly openedMs: number;
  readonly acks: readonly Ack[];
}

/** Lets a writer live for some milliseconds after its first acknowledgement, then kills it as no program can prevent. */
const live = (file: string, run: number, random: Seeded): Promise<Life> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(__dirname, 'store/writing.child.cjs'), file, String(run), String(random.below(2 ** 31))], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [said, complaint, isDue] = ['', '', false];
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      if (isDue || !said.includes('"batch"')) return;
      isDue = true;
      setTimeout(() => child.kill('SIGKILL'), 1 + random.below(200));
    });
    child.stderr.on('data', (bytes: Buffer) => { complaint += bytes.toString('utf8'); });
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the writer ended by itself: ${complaint}`));
      const lines = said.slice(0, said.lastIndexOf('\n')).split('\n').map((line) => JSON.parse(line) as Ack & { opened?: number });
      resolve({ openedMs: lines[0]!.opened!, acks: lines.slice(1) });
    });
  });

/** Kills writers of one log again and again, auditing what each left behind. */
const killMany = async (folder: string, kills: number, random: Seeded): Promise<{ audit: LogAudit; acks: number; slowest: number }> => {
  const file = path.join(folder, 'log.db');
  const audit = new LogAudit();
  let [after, acks, slowest, unchecked] = [START, 0, 0, [] as Ack[]];
  for (let kill = 0; kill < kills; kill++) {
    const life = await live(file, kill, random);
    acks += life.acks.length;
    slowest = Math.max(slowest, life.openedMs);
    unchecked.push(...life.acks);
    // By turns the next writer finds the log as the dead one left it, or as a reader has recovered it.
    if (kill < kills - 1 && random.below(2) === 0) continue;
    const reader = openEmbeddedReader(file);
    for await (const page of reader.readAll(after)) {
      audit.add(page);
      after = page.at(-1)!.position;
    }
    await reader.close();
    audit.expectWhole();
    audit.expectAcks(unchecked);
    unchecked = [];
  }
  return { audit, acks, slowest };
};

describe(`a writer killed ${KILLS} times (DAYBOOK_SEED=${SEED})`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-kill-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('leaves every acknowledged batch whole and once, every other whole or absent, and opens again at once', async () => {
    const logs = Array.from({ length: Math.ceil(KILLS / KILLS_PER_LOG) }, (_, i) => i);
    const results: Awaited<ReturnType<typeof killMany>>[] = [];
    const lane = async () => {
      for (let log = logs.shift(); log !== undefined; log = logs.shift()) {
        const place = fs.mkdtempSync(path.join(folder, 'log-'));
        results.push(await killMany(place, Math.min(KILLS_PER_LOG, KILLS - log * KILLS_PER_LOG), new Seeded(SEED + log)));
        fs.rmSync(place, { recursive: true });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(results.flatMap(({ audit }) => audit.violations)).toEqual([]);
    expect(results.reduce((sum, { acks }) => sum + acks, 0)).toBeGreaterThan(KILLS * 5);
    expect(Math.max(...results.map(({ slowest }) => slowest))).toBeLessThan(2000);
  }, 60 * 60_000);
});
