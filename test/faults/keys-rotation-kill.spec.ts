import { spawnSync } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RecordKeyId } from '#kernel';
import { rotateKek } from '#platform/folder';
import type { Settings } from '#platform/settings';
import { kekFromFile, makeKekFile, openFileKeyStore } from '#platform/vault';
import type { KeptKeyStore } from '#platform/vault';

// Several batches, the last not full.
const KEYS = Array.from({ length: 1_100 }, (_, i) => `text-${(i * 7_919) % 1_100}` as RecordKeyId);
const GONE = KEYS.filter((_, i) => i % 50 === 7);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-rotation-'));
const at = (...names: string[]): string => path.join(folder, ...names);
const started = async (keys: string, kekFile: string): Promise<KeptKeyStore> => {
  const kek = await kekFromFile.read(kekFile);
  const store = openFileKeyStore({ folder: keys, kekFile, kek, owner: 'ledger' });
  await store.resumeRotation(kek);
  return store;
};
const opens = (kek: Buffer, id: string, wrapped: Buffer): boolean => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, 12)).setAAD(Buffer.from(id)).setAuthTag(wrapped.subarray(-16));
    decipher.update(wrapped.subarray(12, -16));
    decipher.final();
    return true;
  } catch {
    return false;
  }
};

describe('a program killed while it takes up a new key-encryption key', () => {
  let made: ReadonlyMap<RecordKeyId, Uint8Array>;
  beforeAll(async () => {
    fs.mkdirSync(at('whole'));
    for (const name of ['old', 'new']) makeKekFile(at(name));
    fs.copyFileSync(at('old'), at('whole', 'kek'));
    const keys = openFileKeyStore({ folder: at('whole'), kekFile: at('old'), owner: 'ledger', create: true });
    made = await keys.ensure(KEYS);
    await keys.destroy(...GONE);
    await keys.close();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** How many keys each of the two opens, as the file stands; none may open under both or neither. */
  const openUnder = (keys: string): { old: number; new: number } => {
    const [old, next] = ['old', 'new'].map((name) => Buffer.from(fs.readFileSync(at(name), 'utf8').trim(), 'base64url')) as [Buffer, Buffer];
    const db = new Database(path.join(keys, 'keys.db'));
    const rows = db.prepare('SELECT id, wrapped FROM record_keys WHERE wrapped IS NOT NULL').all() as { id: string; wrapped: Buffer }[];
    db.close();
    const found = rows.map(({ id, wrapped }) => [opens(old, id, wrapped), opens(next, id, wrapped)] as const);
    expect(found.filter(([a, b]) => a === b)).toEqual([]);
    return { old: found.filter(([a]) => a).length, new: found.filter(([, b]) => b).length };
  };
  const whole = async (store: KeptKeyStore): Promise<void> => {
    const found = await store.get(KEYS);
    for (const id of KEYS) expect(found.get(id)).toEqual(GONE.includes(id) ? undefined : made.get(id));
    expect(await store.destroyed(GONE)).toHaveLength(GONE.length);
  };

  /** Kills it before every step in turn, until it ends by itself; answers the step's name and what was seen then. */
  const killedAtEach = async (whose: 'own' | 'custodian', after: (keys: string) => Promise<void>): Promise<string[]> => {
    const steps: string[] = [];
    for (let step = 0; ; step++) {
      const keys = at(`${whose}-${step}`);
      fs.cpSync(at('whole'), keys, { recursive: true });
      const child = spawnSync(process.execPath, [path.join(__dirname, 'store/rotating.child.cjs'), keys, path.join(keys, 'kek'), at('new'), whose, String(step)], { encoding: 'utf8' });
      if (child.signal !== 'SIGKILL') expect({ step, status: child.status, err: child.stderr }).toEqual({ step, status: 0, err: '' });
      await after(keys);
      fs.rmSync(keys, { recursive: true });
      if (child.signal !== 'SIGKILL') return steps;
      steps.push(child.stdout);
    }
  };

  it('starts with the file that stands there, and every key is wrapped under one of the two and opens', async () => {
    const seen = new Set<string>();
    const steps = await killedAtEach('own', async (keys) => {
      const { old, new: renewed } = openUnder(keys);
      seen.add(old === 0 ? 'new' : renewed === 0 ? 'old' : 'both');
      const kekFile = path.join(keys, 'kek');
      const again = await started(keys, kekFile);
      await whole(again);
      expect(await rotateKek({ keys } as Settings, again, at('new'))).toBe('in place');
      await whole(again);
      await again.close();
      expect(fs.readFileSync(kekFile)).toEqual(fs.readFileSync(at('new')));
      expect(openUnder(keys)).toEqual({ old: 0, new: KEYS.length - GONE.length });
      expect(() => openFileKeyStore({ folder: keys, kekFile: at('old'), owner: 'ledger' })).toThrow('not the one');
    });
    expect([...seen].sort()).toEqual(['both', 'new', 'old']);
    expect(steps).toEqual(expect.arrayContaining(['in the middle of a batch', 'fs.renameSync', 'PRAGMA wal_checkpoint(TRUNCATE)']));
    expect(steps.length).toBeGreaterThan(25);
  }, 10 * 60_000);

  it("starts with the old file and with the new one while the key's custodian has not put the new one in place", async () => {
    const seen = { before: 0, waiting: 0 };
    const steps = await killedAtEach('custodian', async (keys) => {
      const begun = rotationNoted(keys);
      seen[begun ? 'waiting' : 'before']++;
      for (const name of begun ? ['old', 'new'] : ['old']) {
        const copy = at(`copy-${name}`);
        fs.cpSync(keys, copy, { recursive: true });
        const again = await started(copy, at(name));
        await whole(again);
        expect(again.rotating).toBe(begun && name === 'old');
        await again.close();
        fs.rmSync(copy, { recursive: true });
      }
    });
    expect(steps.length).toBeGreaterThan(12);
    expect(seen.before).toBeGreaterThan(2);
    expect(seen.waiting).toBeGreaterThan(10);
  }, 10 * 60_000);

  const rotationNoted = (keys: string): boolean => {
    const db = new Database(path.join(keys, 'keys.db'));
    const noted = db.prepare("SELECT 1 FROM about WHERE name = 'kek-next'").get() !== undefined;
    db.close();
    return noted;
  };
});
