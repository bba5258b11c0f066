import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RecordKeyId } from '#kernel';
import { openEmbeddedEventStore } from '#platform/event-store';
import type { EventToAppend } from '#platform/event-store';
import { openFileKeyStore } from '#platform/vault';
import { backUpKeys, backUpLog, restoreKeys, restoreLog } from './backup';
import { makeFolder, readFolder } from './folder';
import { newPlace, removePlaces } from './folder.fixtures';
import { holdFolder } from './hold';

afterAll(removePlaces);

const event = (n: number): EventToAppend => ({
  id: `00000000-0000-5000-8000-00000000000${n}`, type: 'Noted', data: Buffer.from(`{"n":${n}}`), metadata: Buffer.from('{}'),
});

const logged = async (file: string): Promise<string[]> => {
  const db = new Database(file, { readonly: true });
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'folder_mark'").all()).toEqual([]);
  db.close();
  const store = await openEmbeddedEventStore({ file });
  const { events } = await store.readStream('note-1');
  await store.close();
  return events.map(({ data }) => Buffer.from(data).toString('utf8'));
};

const filledFolder = async () => {
  const settings = newPlace();
  const hold = holdFolder(settings.data);
  const folder = await makeFolder(settings, { kind: 'sample', sample: { name: 's', until: '2019-12-31T17:00:00.000Z', homeArea: 'Rotherham' } });
  const store = await openEmbeddedEventStore({ file: folder.log });
  await store.append('note-1', [event(1), event(2)], 'no_stream');
  const copyLog = async (file: string): Promise<void> => void (await store.backup(file));
  const close = async (): Promise<void> => {
    await store.close();
    hold.release();
  };
  return { settings, folder, copyLog, close, backup: path.join(settings.place, 'log.backup') };
};

describe('a backup of the log', () => {
  it('is one file, which brings back the log and what its folder is', async () => {
    const { folder, copyLog, close, backup, settings } = await filledFolder();
    await backUpLog(folder, copyLog, backup);
    await close();
    expect(fs.readdirSync(settings.place).sort()).toEqual(['data', 'keys', 'log.backup']);
    expect(fs.statSync(backup).mode & 0o777).toBe(0o600);
    const elsewhere = newPlace();
    const hold = holdFolder(elsewhere.data);
    restoreLog(elsewhere, backup);
    hold.release();
    expect(readFolder(elsewhere)).toMatchObject({ id: folder.id, kind: 'sample', sample: folder.sample });
    expect(await logged(readFolder(elsewhere)!.log)).toEqual(['{"n":1}', '{"n":2}']);
  });

  it('is for its owner alone while it is written', async () => {
    const { folder, copyLog, close, backup } = await filledFolder();
    const modes: number[] = [];
    await backUpLog(folder, async (file) => {
      await copyLog(file);
      modes.push(fs.statSync(file).mode & 0o777);
    }, backup);
    await close();
    expect(modes).toEqual([0o600]);
  });

  it('overwrites nothing', async () => {
    const { folder, copyLog, close, backup } = await filledFolder();
    fs.writeFileSync(backup, 'other');
    await expect(backUpLog(folder, copyLog, backup)).rejects.toMatchObject({ code: 'FILE_EXISTS' });
    expect(fs.readFileSync(backup, 'utf8')).toBe('other');
    await close();
  });

  it('leaves no half file when it cannot be made', async () => {
    const { folder, close, backup, settings } = await filledFolder();
    const failing = (file: string): never => {
      fs.writeFileSync(file, 'half');
      throw new Error('disk full');
    };
    await expect(backUpLog(folder, failing, backup)).rejects.toThrow('disk full');
    expect(fs.readdirSync(settings.place).sort()).toEqual(['data', 'keys']);
    await close();
  });

  it('is restored into an empty folder only', async () => {
    const { folder, copyLog, close, backup, settings } = await filledFolder();
    await backUpLog(folder, copyLog, backup);
    expect(() => restoreLog(settings, backup)).toThrow('into an empty folder only');
    await close();
    expect(await logged(folder.log)).toEqual(['{"n":1}', '{"n":2}']);
  });

  it('is refused when it is damaged, cut short, something else or not there, and leaves the folder empty', async () => {
    const { folder, copyLog, close, backup } = await filledFolder();
    await backUpLog(folder, copyLog, backup);
    await close();
    const whole = fs.readFileSync(backup);
    const broken = path.join(path.dirname(backup), 'broken');
    const elsewhere = newPlace();
    holdFolder(elsewhere.data).release();
    for (const content of [whole.subarray(0, whole.length - 4096), Buffer.from('not a database'), Buffer.alloc(0)]) {
      fs.writeFileSync(broken, content);
      expect(() => restoreLog(elsewhere, broken)).toThrow('is not a whole backup');
    }
    expect(() => restoreLog(elsewhere, path.join(elsewhere.place, 'none'))).toThrow('there is no file');
    expect(fs.readdirSync(elsewhere.data)).toEqual(['owner.lock']);
  });
});

describe('a backup of the keys', () => {
  const key = 'nominal-1' as RecordKeyId;

  it('brings wrapped keys back to a folder that has the key-encryption key, which is apart', async () => {
    const { folder, settings, close } = await filledFolder();
    await close();
    const keys = openFileKeyStore({ folder: folder.keys, kekFile: folder.kekFile, owner: folder.id });
    const made = (await keys.ensure([key])).get(key)!;
    const backup = path.join(settings.place, 'keys.backup');
    await backUpKeys(keys, backup);
    await keys.close();
    expect(fs.readFileSync(backup).includes(Buffer.from(made))).toBe(false);
    fs.rmSync(path.join(folder.keys, 'keys.db'));
    await restoreKeys(settings, backup);
    const again = openFileKeyStore({ folder: folder.keys, kekFile: folder.kekFile, owner: folder.id });
    expect((await again.get([key])).get(key)).toEqual(made);
    await again.close();
  });

  it('does not bring a destroyed key back over the keys that are there', async () => {
    const { folder, settings, close } = await filledFolder();
    await close();
    const keys = openFileKeyStore({ folder: folder.keys, kekFile: folder.kekFile, owner: folder.id });
    const backup = path.join(settings.place, 'keys.backup');
    await backUpKeys(keys, backup);
    await keys.close();
    await expect(restoreKeys(settings, backup)).rejects.toThrow('holds keys already');
  });

  it('is refused under another key-encryption key, without one, and when it is no such backup', async () => {
    const [{ folder, settings, close }, other] = [await filledFolder(), await filledFolder()];
    await close();
    await other.close();
    const keys = openFileKeyStore({ folder: folder.keys, kekFile: folder.kekFile, owner: folder.id });
    const backup = path.join(settings.place, 'keys.backup');
    await backUpKeys(keys, backup);
    await keys.close();
    const empty = { ...settings, keys: path.join(settings.place, 'new-keys') };
    await expect(restoreKeys({ ...empty, kekFile: other.folder.kekFile }, backup)).rejects.toThrow('not the one');
    await expect(restoreKeys(empty, backup)).rejects.toThrow('put it back from where it is kept safe');
    fs.writeFileSync(path.join(settings.place, 'words'), 'words');
    await expect(restoreKeys({ ...empty, kekFile: folder.kekFile }, path.join(settings.place, 'words'))).rejects.toThrow('not a whole backup of keys');
    expect(fs.readdirSync(empty.keys)).toEqual([]);
  });
});
