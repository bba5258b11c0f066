import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Seeded } from '#test/seeded';
import { openSpool } from './index';
import type { Spool } from './index';

const text = (record: Uint8Array): string => Buffer.from(record).toString('utf8');
const bytes = (record: string): Buffer => Buffer.from(record, 'utf8');

describe('a spool', () => {
  let folder: string;
  let file: string;
  let spool: Spool;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-spool-'));
    file = path.join(folder, 'spool', 'looks');
    spool = open();
  });
  afterEach(async () => {
    await spool.close();
    fs.rmSync(folder, { recursive: true });
  });

  const open = (): Spool => openSpool(file, { reserve: 16_384 });
  const put = (...records: string[]): Promise<void[]> => Promise.all(records.map((record) => spool.put(bytes(record))));
  const all = (): string[] => spool.peek(100).map(text);
  const again = async (): Promise<void> => {
    await spool.close();
    spool = open();
  };

  it('gives what was put in, in that order, also after it was opened again', async () => {
    await put('one', 'two');
    await put('three');
    expect(all()).toEqual(['one', 'two', 'three']);
    await again();
    expect({ length: spool.length, all: all() }).toEqual({ length: 3, all: ['one', 'two', 'three'] });
  });

  it('may be read by its owner alone', () => {
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('has room from the start for when the disk is full', async () => {
    expect(fs.statSync(file).size).toBe(16_384);
    await put('one');
    expect(fs.statSync(file).size).toBe(16_384);
  });

  it('brings again what was taken in part before a crash', async () => {
    await put('one', 'two');
    await spool.take(spool.peek(1));
    expect({ length: spool.length, all: all() }).toEqual({ length: 1, all: ['two'] });
    await again();
    expect(all()).toEqual(['one', 'two']);
  });

  it('is empty for good once the last was taken, and takes new records', async () => {
    await put('one', 'two');
    await spool.take(spool.peek(2));
    expect(spool.isEmpty).toBe(true);
    await again();
    expect(spool.isEmpty).toBe(true);
    await put('six');
    await again();
    expect(all()).toEqual(['six']);
  });

  it('does not take a record that came while the last one was being taken for a taken one', async () => {
    await put('one');
    await Promise.all([spool.take(spool.peek(1)), put('two')]);
    expect(all()).toEqual(['two']);
    await again();
    expect(all().at(-1)).toBe('two');
  });

  it('grows past its room and shrinks back to it', async () => {
    await put(...Array.from({ length: 40 }, (_, i) => `${i} ${'x'.repeat(1000)}`));
    expect(fs.statSync(file).size).toBeGreaterThan(16_384);
    await again();
    expect(spool.length).toBe(40);
    await spool.take(spool.peek(100));
    expect(fs.statSync(file).size).toBe(16_384);
  });

  it('refuses a file that is something else, and leaves it as it is', () => {
    const other = path.join(folder, 'other');
    fs.writeFileSync(other, 'a letter to somebody');
    expect(() => openSpool(other)).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE' }));
    expect(fs.readFileSync(other, 'utf8')).toBe('a letter to somebody');
  });

  const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
  it(`holds a prefix of what was put in wherever its file was torn (DAYBOOK_SEED=${SEED})`, async () => {
    const random = new Seeded(SEED);
    const records = Array.from({ length: 30 }, (_, i) => `${i} ${'y'.repeat(random.below(400))}`);
    await put('earlier', 'fillings');
    await spool.take(spool.peek(2));
    await put(...records);
    await spool.close();
    const whole = fs.readFileSync(file);
    for (let image = 0; image < 200; image++) {
      const torn = Buffer.from(whole);
      const from = 8192 + random.below(whole.length - 8192);
      if (random.below(2) === 0) torn.fill(0, from);
      else torn[from] = torn[from]! ^ (1 << random.below(8));
      fs.writeFileSync(file, torn);
      spool = open();
      const found = all();
      expect(found).toEqual(records.slice(0, found.length));
      await spool.close();
    }
    spool = open();
  });

  it('refuses a record when its disk is gone, and keeps what it has', async () => {
    await put('one');
    fs.closeSync((spool as unknown as { readonly handle: number }).handle);
    await expect(spool.put(bytes('two'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    spool = open();
    expect(all()).toEqual(['one']);
  });
});
