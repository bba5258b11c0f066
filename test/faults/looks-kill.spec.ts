import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedReader, START } from '#platform/event-store';
import { openSpool } from '#platform/spool';
import { Seeded } from '#test/seeded';

const LIVES = process.env.DAYBOOK_FAULTS === 'soak' ? 600 : 14;
const LOOKS_A_LIFE = 20;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);

interface Life {
  /** Looks that the program was told are kept. */
  readonly kept: readonly string[];
  readonly killed: boolean;
}

const live = (folder: string, number: number, killAt: number, looks = LOOKS_A_LIFE): Promise<Life> => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, [path.join(__dirname, 'looks.child.cjs'), folder, String(SEED + number), String(killAt), String(looks), String(number * 1000)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, complaint] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => { said += bytes.toString('utf8'); });
  child.stderr.on('data', (bytes: Buffer) => { complaint += bytes.toString('utf8'); });
  child.once('close', (code, signal) => {
    const life = { kept: said.split('\n').filter((line) => line !== ''), killed: signal === 'SIGKILL' };
    if (life.killed || code === 0) resolve(life);
    else reject(new Error(`the program ended with ${code}: ${complaint}`));
  });
});

const idIn = (data: { readonly shown: readonly { readonly ids: readonly string[] }[] }): string => data.shown[0]!.ids[0]!;

/** Looks in the log, in its order. */
const inLog = async (folder: string): Promise<string[]> => {
  if (!fs.existsSync(path.join(folder, 'log.db'))) return [];
  const reader = openEmbeddedReader(path.join(folder, 'log.db'), { view: 'looks' });
  const found: string[] = [];
  for await (const page of reader.readAll(START)) found.push(...page.map(({ data }) => idIn(JSON.parse(Buffer.from(data).toString('utf8')) as never)));
  await reader.close();
  return found;
};

const inSpool = async (folder: string): Promise<string[]> => {
  const spool = openSpool(path.join(folder, 'spool', 'looks'), { reserve: 16_384 });
  const found = spool.peek(1e6).map((record) => idIn((JSON.parse(Buffer.from(record).toString('utf8')) as { fact: { data: never } }).fact.data));
  await spool.close();
  return found;
};

it(`loses no look that it said was kept, and writes none twice, after ${LIVES} kills between steps (DAYBOOK_SEED=${SEED})`, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-looks-kill-'));
  const random = new Seeded(SEED);
  const kept: string[] = [];
  let [kills, spooled] = [0, 0];
  for (let life = 0; life < LIVES; life++) {
    const { kept: more, killed } = await live(folder, life, 1 + random.below(random.below(3) === 0 ? 15 : 150));
    kept.push(...more);
    kills += Number(killed);
    const [log, waiting] = [await inLog(folder), await inSpool(folder)];
    spooled += waiting.length;
    const there = new Set([...log, ...waiting]);
    expect(kept.filter((id) => !there.has(id))).toEqual([]);
    expect(log.length).toBe(new Set(log).size);
  }
  await live(folder, LIVES, 0, 1);
  const log = await inLog(folder);
  expect(await inSpool(folder)).toEqual([]);
  expect(log.length).toBe(new Set(log).size);
  expect(kept.filter((id) => !log.includes(id))).toEqual([]);
  const keptInOrder = (user: string): string[] => kept.filter((id) => id.startsWith(user));
  for (const user of ['a-', 'b-', 'c-', 'd-']) expect(log.filter((id) => id.startsWith(user) && kept.includes(id))).toEqual(keptInOrder(user));
  // Else it kills too soon, or the log was never away, and nothing was tried.
  expect(kills).toBeGreaterThan(LIVES / 3);
  expect(spooled).toBeGreaterThan(0);
  expect(kept.length).toBeGreaterThan(LIVES);
  fs.rmSync(folder, { recursive: true });
});
