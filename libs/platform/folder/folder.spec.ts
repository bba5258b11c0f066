import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { openFileKeyStore } from '#platform/vault';
import { makeFolder, readFolder } from './folder';
import { newPlace, removePlaces } from './folder.fixtures';
import { holdFolder } from './hold';
import { folderClock } from './sample-clock';

afterAll(removePlaces);

const kekIn = (file: string): string => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return file;
};

const made = async (settings: ReturnType<typeof newPlace>, what: Parameters<typeof makeFolder>[1] = { kind: 'trial' }) => {
  const hold = holdFolder(settings.data);
  try {
    return await makeFolder(settings, what);
  } finally {
    hold.release();
  }
};

describe('a data folder', () => {
  it('is not there until it is made', () => expect(readFolder(newPlace())).toBeUndefined());

  it('is what it was made as, for good', async () => {
    const settings = newPlace();
    const folder = await made(settings);
    expect(readFolder(settings)).toEqual(folder);
    expect(folder).toMatchObject({ kind: 'trial', log: path.join(settings.data, 'log.db'), keys: settings.keys });
    await expect(made(settings, { kind: 'sample' })).rejects.toMatchObject({ code: 'FOLDER_EXISTS' });
  });

  it('has keys of its own beside it, which only its owner can read', async () => {
    const settings = newPlace();
    const folder = await made(settings);
    expect(fs.statSync(folder.kekFile).mode & 0o777).toBe(0o600);
    expect(fs.statSync(settings.keys).mode & 0o777).toBe(0o700);
    await openFileKeyStore({ folder: folder.keys, kekFile: folder.kekFile, owner: folder.id }).close();
  });

  it('is not made over somebody else\'s files', async () => {
    const settings = newPlace();
    fs.mkdirSync(settings.data);
    fs.writeFileSync(path.join(settings.data, 'thesis.txt'), 'mine');
    await expect(made(settings)).rejects.toMatchObject({ code: 'FOLDER_NOT_EMPTY' });
  });

  it('is not made with the keys of another', async () => {
    const first = newPlace();
    await made(first);
    const second = newPlace({ keys: first.keys });
    await expect(made(second)).rejects.toThrow('belong to another data folder');
  });

  it('is finished under the same id when making it was cut short', async () => {
    const settings = newPlace();
    const folder = await made(settings);
    fs.renameSync(path.join(settings.data, 'daybook.json'), path.join(settings.data, 'daybook.json.making'));
    expect((await made(settings)).id).toBe(folder.id);
  });

  it('is refused when its mark cannot be read', async () => {
    const settings = newPlace();
    await made(settings);
    fs.writeFileSync(path.join(settings.data, 'daybook.json'), '{ "format": 2 }');
    expect(() => readFolder(settings)).toThrow('cannot be read by this version');
  });
});

describe('a live folder', () => {
  it('needs a key-encryption key that its owner provides', async () => {
    await expect(made(newPlace(), { kind: 'live' })).rejects.toMatchObject({ code: 'KEK_REQUIRED' });
  });

  it.each([
    ['keys', (place: string) => ({ keys: path.join(place, 'data', 'keys'), kekFile: path.join(place, 'kek') })],
    ['the key-encryption key', (place: string) => ({ kekFile: path.join(place, 'data', 'kek') })],
  ])('refuses %s inside the data folder', async (_, put) => {
    const settings = newPlace();
    const other = put(settings.place);
    kekIn(other.kekFile);
    const hold = holdFolder(settings.data);
    fs.rmSync(path.join(settings.data, 'kek'), { force: true });
    await expect(makeFolder({ ...settings, ...other }, { kind: 'live' })).rejects.toMatchObject({ code: 'KEYS_INSIDE_DATA' });
    hold.release();
  });

  it('sees through a link that leads the keys into the data folder', async () => {
    const settings = newPlace();
    const kekFile = kekIn(path.join(settings.place, 'kek'));
    const hold = holdFolder(settings.data);
    fs.symlinkSync(settings.data, path.join(settings.place, 'elsewhere'));
    await expect(makeFolder({ ...settings, keys: path.join(settings.place, 'elsewhere', 'keys'), kekFile }, { kind: 'live' }))
      .rejects.toMatchObject({ code: 'KEYS_INSIDE_DATA' });
    hold.release();
  });

  it('is made with keys apart, and checked each time it is read', async () => {
    const settings = newPlace();
    const live = { ...settings, kekFile: kekIn(path.join(settings.place, 'safe', 'kek')) };
    expect(await made(live, { kind: 'live' })).toMatchObject({ kind: 'live' });
    expect(() => readFolder(settings)).toThrow('DAYBOOK_KEK_FILE');
  });
});

describe('the clock of a folder', () => {
  const sample = { name: 'one', until: '2019-12-31T17:00:00.000Z', homeArea: 'Rotherham' };
  const close = (ms: number, expected: number): void => expect(Math.abs(ms - expected)).toBeLessThan(2000);

  it('is the machine\'s in a trial or live folder', () => close(folderClock({}, () => { throw new Error('only a sample has a clock of its own'); })(), Date.now()));

  it('starts at the sample\'s end', () =>
    close(folderClock({ sample }, () => undefined)(), Date.parse(sample.until) + process.uptime() * 1000));

  it('starts at the last recorded event when that is later', () => {
    const later = Date.parse('2020-01-03T09:00:00Z');
    close(folderClock({ sample }, () => later)(), later + process.uptime() * 1000);
    close(folderClock({ sample }, () => 0)(), Date.parse(sample.until) + process.uptime() * 1000);
  });

  it('goes on', async () => {
    const clock = folderClock({ sample }, () => undefined);
    const before = clock();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(clock()).toBeGreaterThan(before);
  });
});
