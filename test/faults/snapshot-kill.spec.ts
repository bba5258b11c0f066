import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EventToAppend } from '#platform/event-store';
import { readFolder } from '#platform/folder';
import { readSettings } from '#platform/settings';
import { readSnapshot } from '#platform/snapshot';
import type { Snapshot } from '#platform/snapshot';
import { openDaybook } from '../../apps/daybook/compose';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-snapshot-'));
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const digest = (file: string): string => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

/** Runs it until it is killed before a step; answers the step's name, or undefined when it came to its end. */
const killedAt = (what: 'take' | 'bring', place: string, snapshots: string, step: number): string | undefined => {
  const child = spawnSync(process.execPath, [path.join(__dirname, 'snapshot.child.cjs'), what, place, snapshots, String(step)], { encoding: 'utf8' });
  if (child.signal === 'SIGKILL') return child.stdout;
  expect({ step, status: child.status, err: child.stderr }).toEqual({ step, status: 0, err: '' });
  return undefined;
};

const opening = (): EventToAppend => {
  const [commandId, investigationId] = [randomUUID(), randomUUID()];
  const metadata = {
    $causationId: commandId, $correlationId: commandId, actor: { id: 'unverified', kind: 'unverified' }, assertion: 'FACT', commandId, effectiveAt: { from: '2021-01-01', precision: 'day' },
    marking: 'OFFICIAL-SENSITIVE', program: 'daybook 0.1.0', recordedAt: '2021-01-02T12:00:00.000Z', regime: 'DPA_PART3', track: 'STANDARD', v: 1,
  };
  const data = { area: 'Rotherham', investigationId, kind: 'CRIME', themes: ['CSE'] };
  return { id: randomUUID(), type: 'InvestigationOpened', data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)) };
};

const record = async (count: number): Promise<void> => {
  const daybook = await openDaybook(readSettings({ DAYBOOK_DATA: at('source', 'data'), DAYBOOK_KEYS: at('source', 'keys') }));
  for (let i = 0; i < count; i++) await daybook.store.append(`investigation-${randomUUID()}`, [opening()], 'no_stream');
  await daybook.reads.waitFor((await daybook.store.head()).position, 30_000);
  await daybook.close();
};

const whole = (snapshots: string): Snapshot => {
  const snapshot = readSnapshot(snapshots)!;
  for (const { file, sha256 } of snapshot.files) expect(digest(path.join(snapshots, file))).toBe(sha256);
  return snapshot;
};

describe('a program that is killed', () => {
  beforeAll(async () => {
    await record(5);
    expect(killedAt('take', at('source'), at('first'), 10_000)).toBeUndefined();
    await record(2);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('while it makes a snapshot leaves the one before or the new one, whole, and the next one takes away what it left', () => {
    const [steps, numbers] = [[] as string[], [] as number[]];
    for (let step = 0; ; step++) {
      const snapshots = at(`taken-${step}`);
      fs.cpSync(at('first'), snapshots, { recursive: true });
      const died = killedAt('take', at('source'), snapshots, step);
      numbers.push(whole(snapshots).number);
      if (died === undefined) break;
      steps.push(died);
      if (step % 3 > 0) continue;
      expect(killedAt('take', at('source'), snapshots, 10_000)).toBeUndefined();
      const { number, files } = whole(snapshots);
      expect([number, fs.readdirSync(snapshots).filter((name) => name.endsWith('.db')).sort()]).toEqual([6, files.map(({ file }) => file).sort()]);
    }
    expect(steps).toEqual(expect.arrayContaining(['openSync log-*.db', 'renameSync snapshot.json', 'rmSync read-*.db']));
    expect(numbers).toEqual([...numbers].sort());
    expect(new Set(numbers)).toEqual(new Set([4, 6]));
  });

  it('while a folder is made from a snapshot leaves one that is none yet or becomes whole, and the next start goes on', () => {
    const [steps, standing] = [[] as string[], [] as boolean[]];
    const { files } = whole(at('first'));
    for (let step = 0; ; step++) {
      const [place, data] = [at(`brought-${step}`), at(`brought-${step}`, 'data')];
      const died = killedAt('bring', place, at('first'), step);
      const settings = { ...readSettings({ DAYBOOK_DATA: data, DAYBOOK_KEYS: path.join(place, 'keys') }), eventStore: 'esdb://nobody' };
      standing.push(readFolder(settings) !== undefined);
      // Nothing lies under a name that the program opens before the folder is one.
      if (!standing.at(-1)) expect(fs.readdirSync(data).filter((name) => /^(log|read|looks)\.db/.test(name))).toEqual([]);
      expect(killedAt('bring', place, at('first'), 10_000)).toBeUndefined();
      for (const { place: name, sha256 } of files) expect([step, name, digest(path.join(data, name))]).toEqual([step, name, sha256]);
      expect(fs.readdirSync(data).filter((name) => !name.startsWith('daybook.json.')).sort()).toEqual(['daybook.json', 'log.db', 'looks.db', 'owner.lock', 'read.db']);
      if (died === undefined) break;
      steps.push(died);
    }
    expect(steps).toEqual(expect.arrayContaining(['mkdirSync brought', 'copyFile read.db', 'renameSync daybook.json', 'renameSync log.db', 'renameSync looks.db', 'rmSync brought']));
    expect(standing).toEqual([...standing].sort());
  });
});
