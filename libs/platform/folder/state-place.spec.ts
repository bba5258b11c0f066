import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { RecordKeyId } from '#kernel';
import { readSettings } from '#platform/settings';
import type { Settings } from '#platform/settings';
import { PostgresServer, whenPostgres } from '#test/postgres';
import { backUpKeys, restoreKeys } from './backup';
import { makeFolder, readFolder } from './folder';
import { newPlace, removePlaces } from './folder.fixtures';
import { holdFolder } from './hold';
import { openKeys, openState } from './key-place';
import { rotateKek } from './rotate-kek';

const key = 'nominal-1' as RecordKeyId;
const stateAt = (url: string): Pick<Settings, 'state'> => ({ state: readSettings({ DAYBOOK_STATE_URL: url }).state! });

const made = async (settings: Settings): Promise<string> => {
  const hold = holdFolder(settings.data);
  try {
    return (await makeFolder(settings, { kind: 'trial' })).id;
  } finally {
    hold.release();
  }
};

/** Does something with the keys of a folder, as a program that has it open. */
const withKeys = async <T>(settings: Settings, work: (keys: Awaited<ReturnType<typeof openKeys>>) => Promise<T>): Promise<T> => {
  const state = openState(settings);
  try {
    const keys = await openKeys(settings, state, readFolder(settings)!.id);
    return await work(keys).finally(() => keys.close());
  } finally {
    await state?.close();
  }
};

const ensured = (settings: Settings): Promise<Uint8Array> => withKeys(settings, async (keys) => (await keys.ensure([key])).get(key)!);
const found = (settings: Settings): Promise<Uint8Array | undefined> => withKeys(settings, async (keys) => (await keys.get([key])).get(key));

whenPostgres('a data folder whose keys are in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => { server = await new PostgresServer().start(); });
  afterAll(async () => {
    await server.remove();
    removePlaces();
  });

  it('has no keys in its folder, and remembers where they are', async () => {
    const settings = newPlace(stateAt(await server.newDatabase()));
    await made(settings);
    const secret = await ensured(settings);
    expect(fs.readdirSync(settings.keys)).toEqual(['kek']);
    expect(await found(settings)).toEqual(secret);
    const { state: _, ...without } = settings;
    expect(() => readFolder(without)).toThrow('are in PostgreSQL: set DAYBOOK_STATE_URL');
    await expect(found({ ...settings, ...stateAt(await server.newDatabase()) })).rejects.toThrow('there are no keys in this PostgreSQL');
  });

  it('is not made over the keys of another', async () => {
    const state = stateAt(await server.newDatabase());
    await made(newPlace(state));
    await expect(made(newPlace(state))).rejects.toThrow(/not the one|belong to another/);
  });

  it('shares them with the folders that hold a copy of the same log', async () => {
    const state = stateAt(await server.newDatabase());
    const log = { eventStore: 'esdb://log.example:2113' };
    const first = newPlace({ ...state, ...log });
    const kekFile = path.join(first.keys, 'kek');
    await made(first);
    const second = newPlace({ ...state, ...log, kekFile });
    expect(await made(second)).toBe(readFolder(first)!.id);
    expect(await found({ ...second })).toBeUndefined();
    expect(await ensured(first)).toEqual(await found(second));
  });

  it('is not taken for one whose keys are in a folder', async () => {
    const settings = newPlace();
    await made(settings);
    const state = stateAt(await server.newDatabase());
    expect(() => readFolder({ ...settings, ...state })).toThrow('are in a folder: unset DAYBOOK_STATE_URL');
  });

  it('may have them moved there from a folder and back, by way of a backup', async () => {
    const settings = newPlace();
    await made(settings);
    const secret = await ensured(settings);
    const backup = (name: string): string => path.join(settings.place, name);
    await withKeys(settings, (keys) => backUpKeys(keys, backup('first')));
    const moved = { ...settings, ...stateAt(await server.newDatabase()) };
    await restoreKeys(moved, backup('first'));
    expect(await found(moved)).toEqual(secret);
    expect(() => readFolder(settings)).toThrow('are in PostgreSQL');
    await expect(restoreKeys(moved, backup('first'))).rejects.toMatchObject({ code: 'KEYS_EXIST' });
    expect(await found(moved)).toEqual(secret);
    await withKeys(moved, async (keys) => {
      await keys.destroy('nominal-2' as RecordKeyId);
      await backUpKeys(keys, backup('second'));
    });
    await expect(restoreKeys(settings, backup('second'))).rejects.toMatchObject({ code: 'KEYS_EXIST' }); // the old file is in the way
    expect(await found(moved)).toEqual(secret);
    fs.rmSync(path.join(settings.keys, 'keys.db'));
    await restoreKeys(settings, backup('second'));
    expect(await found(settings)).toEqual(secret);
    expect(await withKeys(settings, (keys) => keys.destroyed(['nominal-2' as RecordKeyId]))).toHaveLength(1);
  });

  it('stays where it is when a backup of the keys of another is restored', async () => {
    const [settings, other] = [newPlace(), newPlace()];
    await made(settings);
    await made(other);
    const file = path.join(other.place, 'backup');
    await withKeys(other, (keys) => backUpKeys(keys, file));
    await restoreKeys({ ...settings, ...stateAt(await server.newDatabase()), kekFile: path.join(other.keys, 'kek') }, file);
    expect(readFolder(settings)!.state).toBeUndefined();
  });

  it('takes up a new key-encryption key from the file beside the old one, where every process looks for it', async () => {
    const settings = newPlace(stateAt(await server.newDatabase()));
    await made(settings);
    const secret = await ensured(settings);
    const [kek, next] = [path.join(settings.keys, 'kek'), path.join(settings.keys, 'kek.next')];
    const newKek = (file: string): string => {
      fs.writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
      return file;
    };
    await expect(withKeys(settings, (keys) => rotateKek(settings, keys, newKek(path.join(settings.place, 'elsewhere'))))).rejects.toMatchObject({ code: 'KEK_NEXT_ELSEWHERE' });
    newKek(next);
    const [old, its] = [fs.readFileSync(kek), fs.readFileSync(next)];
    expect(await withKeys(settings, (keys) => rotateKek(settings, keys, next))).toBe('in place');
    expect([fs.readFileSync(kek), fs.existsSync(next)]).toEqual([its, false]);
    expect(await found(settings)).toEqual(secret);
    fs.writeFileSync(kek, old);
    await expect(found(settings)).rejects.toThrow('not the one that these keys were wrapped with');
  });

  it('waits for its custodian with a key that the settings name, and opens with both files until then', async () => {
    const place = newPlace(stateAt(await server.newDatabase()));
    const settings = { ...place, kekFile: path.join(place.place, 'custody') };
    fs.writeFileSync(settings.kekFile, randomBytes(32).toString('base64url'), { mode: 0o600 });
    await made(settings);
    const secret = await ensured(settings);
    const next = `${settings.kekFile}.next`;
    fs.writeFileSync(next, randomBytes(32).toString('base64url'), { mode: 0o600 });
    expect(await withKeys(settings, (keys) => rotateKek(settings, keys, next))).toBe('waiting');
    expect(await withKeys(settings, async (keys) => [keys.rotating, (await keys.get([key])).get(key)])).toEqual([true, secret]);
    fs.renameSync(next, settings.kekFile);
    await withKeys(settings, async (keys) => keys.resumeRotation(Buffer.from(fs.readFileSync(settings.kekFile, 'utf8'), 'base64url')));
    expect(await withKeys(settings, async (keys) => [keys.rotating, (await keys.get([key])).get(key)])).toEqual([false, secret]);
  });
});
