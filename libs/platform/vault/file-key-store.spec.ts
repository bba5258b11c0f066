import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RecordKeyId } from '#kernel';
import { Seeded } from '#test/seeded';
import { KeyEncryptionError, makeKekFile, readKekFile, unwrap } from './key-encryption';
import { keyStoreContract } from './key-store.contract';
import { memoryKeyStore } from './memory-key-store';
import { keysFile, openFileKeyStore } from './open-file-key-store';
import { openThreadedKeyStore } from './threaded-key-store';

const id = (text: string): RecordKeyId => text as RecordKeyId;
const folders: string[] = [];
const newFolder = (): string => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-keys-'));
  folders.push(folder);
  makeKekFile(path.join(folder, 'kek'));
  return folder;
};
const open = (folder: string, other: Partial<Parameters<typeof openFileKeyStore>[0]> = {}) =>
  openFileKeyStore({ folder, kekFile: path.join(folder, 'kek'), owner: 'ledger-1', create: true, ...other });
const inThread = (folder: string, other: Partial<Parameters<typeof openFileKeyStore>[0]> = {}) =>
  openThreadedKeyStore({ folder, kekFile: path.join(folder, 'kek'), owner: 'ledger-1', create: true, ...other });

afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

keyStoreContract('the memory key store', async () => memoryKeyStore());
keyStoreContract('the file key store', async () => open(newFolder()));
keyStoreContract('the file key store in a thread of its own', () => inThread(newFolder()));

describe('the file key store', () => {
  it('has its keys on disk before it answers', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const made = (await keys.ensure([id('a')])).get(id('a'));
    const reader = new Database(keysFile(folder), { readonly: true });
    expect(reader.prepare('SELECT count(*) AS n FROM record_keys').get()).toEqual({ n: 1 });
    reader.close();
    const db = (keys as unknown as { db: Database.Database }).db;
    expect(db.pragma('synchronous', { simple: true })).toBe(1); // the answer waits for the disk, not the transaction: see below
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('secure_delete', { simple: true })).toBe(1);
    await keys.close();
    const again = open(folder, { create: false });
    expect((await again.get([id('a')])).get(id('a'))).toEqual(made);
    await again.close();
  });

  it('answers nobody before the disk says that it has the write-ahead log, and nobody when it says that it has not', async () => {
    const keys = open(newFolder());
    await keys.ensure([id('earlier')]);
    const disk: ((error: NodeJS.ErrnoException | null) => void)[] = [];
    const spied = jest.spyOn(fs, 'fdatasync').mockImplementation((_, done) => void disk.push(done));
    const answered: string[] = [];
    const ask = (name: string) => keys.ensure([id(name)]).then(() => answered.push(name), () => answered.push(`not ${name}`));
    const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
    const [a, again, known] = [ask('a'), ask('a'), ask('earlier')];
    await known;
    await turn();
    const b = ask('b');
    await turn();
    expect({ answered, asked: disk.length }).toEqual({ answered: ['earlier'], asked: 1 });
    disk[0]!(null);
    await Promise.all([a, again]);
    await turn();
    expect({ answered, asked: disk.length }).toEqual({ answered: ['earlier', 'a', 'a'], asked: 2 });
    disk[1]!(Object.assign(new Error('EIO'), { code: 'EIO' }));
    await Promise.all([b, ask('c')]);
    expect(answered.slice(3)).toEqual(['not b', 'not c']);
    expect(disk).toHaveLength(2); // a disk that failed once is not asked to say that all is well
    spied.mockRestore();
    await keys.close();
  });

  it('shares one transaction between callers who arrive together', async () => {
    const keys = open(newFolder());
    const inner = keys as unknown as { commit: { immediate: (waiting: readonly unknown[]) => unknown } };
    const sizes: number[] = [];
    const commit = inner.commit;
    inner.commit = {
      immediate: (waiting) => {
        sizes.push(waiting.length);
        return commit.immediate(waiting);
      },
    };
    await Promise.all(Array.from({ length: 64 }, (_, i) => keys.ensure([id(`k${i}`)])));
    expect(sizes).toEqual([64]);
    await keys.close();
  });

  it('stores no key in clear', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const key = Buffer.from((await keys.ensure([id('a')])).get(id('a'))!);
    for (const name of fs.readdirSync(folder)) expect(fs.readFileSync(path.join(folder, name)).includes(key)).toBe(false);
    await keys.close();
  });

  it('leaves nothing of a destroyed key in its files', async () => {
    const folder = newFolder();
    const keys = open(folder);
    await keys.ensure([id('a'), id('b')]);
    const reader = new Database(keysFile(folder), { readonly: true });
    const { wrapped } = reader.prepare("SELECT wrapped FROM record_keys WHERE id = 'a'").get() as { wrapped: Buffer };
    reader.close();
    await keys.destroy(id('a'));
    const names = fs.readdirSync(folder);
    expect(names.filter((name) => fs.readFileSync(path.join(folder, name)).includes(wrapped.subarray(12, 44)))).toEqual([]);
    await keys.close();
  });

  it('leaves nothing of any of many destroyed keys, whatever the order in which they were made', async () => {
    const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
    const random = new Seeded(seed);
    const folder = newFolder();
    const keys = open(folder);
    const gone: Buffer[] = [];
    const reader = new Database(keysFile(folder), { readonly: true });
    const find = reader.prepare<[string], { wrapped: Buffer }>('SELECT wrapped FROM record_keys WHERE id = ?');
    for (let round = 0; round < 12; round++) {
      const ids = Array.from({ length: 300 }, () => id(`${random.below(1_000_000)}-${'x'.repeat(random.below(30))}`));
      await keys.ensure(ids);
      const doomed = [...new Set(ids)].filter(() => random.below(4) === 0);
      gone.push(...doomed.map((one) => find.get(one)!.wrapped).filter((wrapped) => wrapped !== null));
      await keys.destroy(...doomed);
    }
    reader.close();
    const files = fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name)));
    expect({ seed, left: gone.filter((wrapped) => files.some((bytes) => bytes.includes(wrapped.subarray(12, 44)))).length }).toEqual({ seed, left: 0 });
    expect(gone.length).toBeGreaterThan(600);
    await keys.close();
  });

  it('takes over the keys of the first shape of its file, without what that left in its slack', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const ids = Array.from({ length: 500 }, (_, i) => id(`k${(i * 7919) % 500}`));
    const made = await keys.ensure(ids);
    await keys.destroy(id('k3'));
    await keys.close();
    const db = new Database(keysFile(folder));
    db.exec(`CREATE TABLE old (id TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID; INSERT INTO old SELECT id, wrapped FROM record_keys ORDER BY n;
      DROP TABLE record_keys; ALTER TABLE old RENAME TO record_keys; PRAGMA secure_delete = OFF`);
    const { wrapped } = db.prepare("SELECT wrapped FROM record_keys WHERE id = 'k7'").get() as { wrapped: Buffer };
    db.exec("UPDATE record_keys SET wrapped = NULL WHERE id = 'k7'");
    db.close();
    expect(fs.readFileSync(keysFile(folder)).includes(wrapped.subarray(12, 44))).toBe(true);
    const again = open(folder, { create: false });
    expect(fs.readFileSync(keysFile(folder)).includes(wrapped.subarray(12, 44))).toBe(false);
    expect(await again.get(ids)).toEqual(new Map([...made].filter(([one]) => !['k3', 'k7'].includes(one))));
    expect(await again.destroyed(ids)).toHaveLength(2);
    await again.close();
  });

  it('does not say that a key is destroyed while another program keeps its files from being cleared, and does it when asked again', async () => {
    const folder = newFolder();
    const keys = open(folder);
    (keys as unknown as { db: Database.Database }).db.pragma('busy_timeout = 10');
    await keys.ensure([id('a'), id('b')]);
    const reader = new Database(keysFile(folder), { readonly: true });
    reader.exec('BEGIN');
    const { wrapped } = reader.prepare("SELECT wrapped FROM record_keys WHERE id = 'a'").get() as { wrapped: Buffer };
    const stillHolding = () => fs.readdirSync(folder).filter((name) => fs.readFileSync(path.join(folder, name)).includes(wrapped));
    await expect(keys.destroy(id('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'unknown' });
    expect(stillHolding()).not.toEqual([]);
    reader.close();
    await keys.destroy(id('a'));
    expect(stillHolding()).toEqual([]);
    expect(await keys.get([id('a')])).toEqual(new Map());
    await keys.close();
  });

  it('does not open a key whose row was put in the place of another, and still answers the others', async () => {
    const folder = newFolder();
    const keys = open(folder);
    await keys.ensure([id('a'), id('b')]);
    await keys.close();
    const db = new Database(keysFile(folder));
    db.exec("UPDATE record_keys SET wrapped = (SELECT wrapped FROM record_keys WHERE id = 'b') WHERE id = 'a'");
    db.close();
    const again = open(folder);
    const [a, b] = await Promise.allSettled([again.ensure([id('a')]), again.ensure([id('b'), id('c')])]);
    expect(a).toMatchObject({ status: 'rejected', reason: expect.any(KeyEncryptionError) });
    expect(b).toMatchObject({ status: 'fulfilled' });
    await again.close();
  });

  it('refuses another key-encryption key, the keys of another folder, and keys that are not there', async () => {
    const [folder, other] = [newFolder(), newFolder()];
    await open(folder).close();
    expect(() => open(folder, { kekFile: path.join(other, 'kek') })).toThrow('not the one that these keys were wrapped with');
    expect(() => open(folder, { owner: 'ledger-2' })).toThrow('belong to another data folder');
    expect(() => open(other, { create: false })).toThrow('there are no keys');
  });

  it('refuses a key-encryption key that other accounts may read, that is missing, or that is no key', () => {
    const folder = newFolder();
    const kek = path.join(folder, 'kek');
    fs.chmodSync(kek, 0o644);
    expect(() => open(folder)).toThrow('chmod 600');
    fs.writeFileSync(kek, 'too short');
    fs.chmodSync(kek, 0o600);
    expect(() => open(folder)).toThrow('does not hold a key of 32 bytes');
    fs.rmSync(kek);
    expect(() => open(folder)).toThrow('cannot be read');
  });

  it('copies its keys, still wrapped, to one file', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const made = (await keys.ensure([id('a')])).get(id('a'));
    const elsewhere = newFolder();
    await keys.copyTo(keysFile(elsewhere));
    expect(fs.statSync(keysFile(elsewhere)).mode & 0o777).toBe(0o600);
    await keys.close();
    const copy = open(elsewhere, { kekFile: path.join(folder, 'kek'), create: false });
    expect((await copy.get([id('a')])).get(id('a'))).toEqual(made);
    await copy.close();
  });

  it('wipes a destroyed key, and one that it keeps no longer, in memory', async () => {
    const keys = open(newFolder());
    const { cache } = keys as unknown as { cache: Map<string, Buffer> };
    await keys.ensure([id('a'), id('old')]);
    const [a, old] = [cache.get('a')!, cache.get('old')!];
    await keys.destroy(id('a'));
    expect(cache.has('a')).toBe(false);
    expect(a).toEqual(Buffer.alloc(32));
    await keys.ensure(Array.from({ length: 20_000 }, (_, i) => id(`k${i}`)));
    expect([cache.size, cache.has('old')]).toEqual([20_000, false]);
    expect(old).toEqual(Buffer.alloc(32));
    await keys.close();
  });
});

describe('a new key-encryption key', () => {
  const newKek = (folder: string): Buffer => {
    makeKekFile(path.join(folder, 'new'));
    return readKekFile(path.join(folder, 'new'));
  };
  const wrappedIn = (folder: string): { id: string; wrapped: Buffer | null }[] => {
    const db = new Database(keysFile(folder), { readonly: true });
    const rows = db.prepare('SELECT id, wrapped FROM record_keys ORDER BY id').all() as { id: string; wrapped: Buffer | null }[];
    db.close();
    return rows;
  };
  const many = Array.from({ length: 1_200 }, (_, i) => id(`k${i}`));

  it('opens every key afterwards, with those made and destroyed meanwhile, and the old one opens none', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const before = await keys.ensure(many);
    const rotated = keys.rotate(newKek(folder));
    const fresh = (await keys.ensure([id('a'), id('zz')])).get(id('zz'))!;
    await keys.destroy(id('k7'), id('k999'));
    await rotated;
    expect(keys.rotating).toBe(true);
    await keys.settleRotation();
    await keys.close();
    expect(() => open(folder)).toThrow('not the one that these keys were wrapped with');
    const again = open(folder, { kekFile: path.join(folder, 'new'), create: false });
    const after = await again.get([...many, id('zz')]);
    expect(again.rotating).toBe(false);
    expect(after.get(id('zz'))).toEqual(fresh);
    for (const one of many) expect(after.get(one)).toEqual(['k7', 'k999'].includes(one) ? undefined : before.get(one));
    expect(await again.destroyed(many)).toEqual([id('k7'), id('k999')]);
    await again.close();
  });

  it('opens them beside the old one until the rotation is ended', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const before = await keys.ensure(many);
    const next = newKek(folder);
    await keys.rotate(next);
    await keys.close();
    for (const kekFile of ['kek', 'new'].map((name) => path.join(folder, name))) {
      const again = open(folder, { kekFile, create: false });
      expect([again.rotating, await again.get(many)]).toEqual([true, before]);
      await again.close();
    }
    const last = open(folder, { kekFile: path.join(folder, 'new') });
    await last.resumeRotation(next);
    expect([last.rotating, await last.get(many)]).toEqual([false, before]);
    await last.close();
    expect(() => open(folder)).toThrow('not the one');
  });

  it('leaves nothing that the old one opens in any file', async () => {
    const folder = newFolder();
    const keys = open(folder);
    await keys.ensure(many);
    await keys.destroy(...many.filter((_, i) => i % 3 === 0));
    const old = wrappedIn(folder);
    const next = newKek(folder);
    await keys.rotate(next);
    await keys.settleRotation();
    const files = fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name)));
    expect(old.filter(({ wrapped }) => wrapped && files.some((bytes) => bytes.includes(wrapped.subarray(12, 44))))).toEqual([]);
    const now = wrappedIn(folder);
    expect(files.some((bytes) => bytes.includes(now[5]!.wrapped!.subarray(12, 44)))).toBe(true); // the search is not blind
    for (const { id: name, wrapped } of now) if (wrapped) expect(() => unwrap(readKekFile(path.join(folder, 'kek')), name, wrapped)).toThrow(KeyEncryptionError);
    await keys.close();
  });

  it('may be given up for another one before it is in place', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const before = await keys.ensure(many);
    await keys.rotate(newKek(folder));
    const other = newFolder();
    await keys.rotate(readKekFile(path.join(other, 'kek')));
    await keys.settleRotation();
    await keys.close();
    for (const name of ['kek', 'new']) expect(() => open(folder, { kekFile: path.join(folder, name) })).toThrow('not the one');
    const again = open(folder, { kekFile: path.join(other, 'kek') });
    expect(await again.get(many)).toEqual(before);
    await again.close();
  });

  it('is not said to be in use while another program keeps the old files from being cleared', async () => {
    const folder = newFolder();
    const keys = open(folder);
    (keys as unknown as { db: Database.Database }).db.pragma('busy_timeout = 10');
    await keys.ensure(many);
    const reader = new Database(keysFile(folder), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM record_keys').get();
    const next = newKek(folder);
    await expect(keys.rotate(next)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    reader.close();
    await keys.rotate(next);
    await keys.settleRotation();
    await keys.close();
    await open(folder, { kekFile: path.join(folder, 'new') }).close();
  });

  it('changes nothing when it is the old one', async () => {
    const folder = newFolder();
    const keys = open(folder);
    const before = await keys.ensure(many);
    await keys.rotate(readKekFile(path.join(folder, 'kek')));
    expect([keys.rotating, await keys.get(many)]).toEqual([false, before]);
    await keys.close();
  });
});
