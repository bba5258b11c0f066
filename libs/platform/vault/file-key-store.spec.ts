import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RecordKeyId } from '#kernel';
import { keysFile, openFileKeyStore } from './file-key-store';
import { KeyEncryptionError, makeKekFile } from './key-encryption';
import { keyStoreContract } from './key-store.contract';
import { memoryKeyStore } from './memory-key-store';

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

afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true })));

keyStoreContract('the memory key store', async () => memoryKeyStore());
keyStoreContract('the file key store', async () => open(newFolder()));

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
    keys.copyTo(keysFile(elsewhere));
    await keys.close();
    const copy = open(elsewhere, { kekFile: path.join(folder, 'kek'), create: false });
    expect((await copy.get([id('a')])).get(id('a'))).toEqual(made);
    await copy.close();
  });
});
