import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openEmbeddedEventStore, openEmbeddedReader, restoreEmbedded, START } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { batchOf } from './store/batches.cjs';
import { LogAudit } from './store/log-audit';
import type { Ack } from './store/log-audit';
import { mountMissing, mountReadOnly, mountSmallDisk } from './store/mounts';
import type { Mounted } from './store/mounts';

const SOAK = process.env.DAYBOOK_FAULTS === 'soak';
const ROUNDS = SOAK ? 500 : 50;
const LONG_READS = SOAK ? 50 : 4;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const MIB = 1024 * 1024;

/** How an attempt ended: `OK`, or the code of what was thrown. */
const ending = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'OK';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

const append = async (store: EmbeddedEventStore, run: number, batch: number, { count = 1, bytes = 120 } = {}): Promise<Ack> => {
  const stream = `case-${batch % 3}`;
  const { revision } = await store.append(stream, batchOf(run, batch, count, bytes), 'any');
  return { run, batch, count, stream, revision };
};

/** What is wrong with a log against what its writer was told. */
const violationsOf = async (file: string, acks: readonly Ack[]): Promise<readonly string[]> => {
  const audit = new LogAudit();
  const store = await openEmbeddedEventStore({ file });
  for await (const page of store.readAll(START)) audit.add(page);
  await store.close();
  audit.expectWhole();
  audit.expectAcks(acks);
  return audit.violations;
};

describe(`a starved store (DAYBOOK_SEED=${SEED})`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-starved-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const place = (): string => fs.mkdtempSync(path.join(folder, 'case-'));

  const unlimited = process.platform !== 'linux';
  const whenLimited = unlimited ? it.skip : it;
  whenLimited(`that may open few files refuses what it cannot open, goes on with what is open, and leaks none${unlimited ? ': needs Linux, to see which files are open' : ''}`, async () => {
    const home = place();
    const said = execFileSync('sh', ['-c', 'ulimit -n 64 && exec "$0" "$@"', process.execPath, path.join(__dirname, 'store/few-descriptors.child.cjs'), home, String(ROUNDS)], { encoding: 'utf8' });
    interface Told { readonly isStarved: boolean; readonly open?: number; readonly acks: readonly Ack[]; readonly codes: Readonly<Record<string, string>> }
    const told = said.trim().split('\n').map((line) => JSON.parse(line) as Told);
    const starved = told.filter(({ isStarved }) => isStarved);
    const fed = told.filter(({ isStarved }) => !isStarved);
    const untyped = starved.flatMap(({ codes }) => Object.entries(codes)).filter(([, code]) => !['OK', 'STORE_UNAVAILABLE', 'COPY_FAILED'].includes(code));
    expect(untyped).toEqual([]);
    expect(starved).toHaveLength(ROUNDS);
    expect(starved.filter(({ codes: { append: appended, read } }) => appended !== 'OK' || read !== 'OK')).toEqual([]);
    for (const what of ['open', 'backup']) expect(starved.filter(({ codes }) => codes[what] !== 'OK').length).toBeGreaterThan(ROUNDS / 10);
    expect(fed.filter(({ codes }) => codes.backup === 'OK').length).toBeGreaterThanOrEqual(ROUNDS / 5);
    expect(fed.filter(({ codes }) => Object.values(codes).some((code) => code !== 'OK'))).toEqual([]);
    expect(new Set(fed.slice(1).map(({ open }) => open)).size).toBe(1);
    expect(await violationsOf(path.join(home, 'log.db'), told.flatMap(({ acks }) => acks))).toEqual([]);
  }, 10 * 60_000);

  it('gives its disk back after a reader that stood still, and shows that reader one moment all the while', async () => {
    const random = new Seeded(SEED);
    const file = path.join(place(), 'log.db');
    const store = await openEmbeddedEventStore({ file });
    const wal = (): number => fs.statSync(`${file}-wal`).size / MIB;
    const acks: Ack[] = [];
    const write = async (mebibytes: number) => {
      for (let i = 0; i < mebibytes; i++) acks.push(await append(store, 1, acks.length, { bytes: MIB }));
    };
    await write(1);
    for (let read = 0; read < LONG_READS; read++) {
      const reader = new Database(file, { readonly: true });
      const count = reader.prepare<[], number>('SELECT count(*) FROM events').pluck();
      reader.exec('BEGIN');
      const seen = count.get()!;
      expect(seen).toBe(acks.length);
      const held = 80 + random.below(40);
      await write(held);
      expect(wal()).toBeGreaterThan(held);
      expect(count.get()).toBe(seen);
      reader.close();
      await write(20);
      expect(wal()).toBeLessThan(65);
    }
    await store.close();
    expect(fs.readdirSync(path.dirname(file))).toEqual(['log.db']);
    expect(await violationsOf(file, acks)).toEqual([]);
  }, 60 * 60_000);

  it('passes a log larger than the memory it may have through a subscription', async () => {
    const file = path.join(place(), 'log.db');
    const store = await openEmbeddedEventStore({ file });
    for (let batch = 0; batch < 320; batch++) await append(store, 1, batch, { count: 64, bytes: 16 * 1024 });
    await store.close();
    const read = (how: 'reading' | 'keeping'): Promise<{ events: number; bytes: number; mostBytes: number }> =>
      new Promise((resolve, reject) => {
        execFile(process.execPath, ['--max-old-space-size=32', path.join(__dirname, 'store/small-memory.child.cjs'), file, how], (error, said) => {
          if (error) reject(error);
          else resolve(JSON.parse(said) as Awaited<ReturnType<typeof read>>);
        });
      });
    const reading = await read('reading');
    expect(reading).toMatchObject({ events: 320 * 64, bytes: 320 * MIB });
    expect(reading.mostBytes / MIB).toBeLessThan(256);
    // Else it would not see that something is kept.
    expect((await read('keeping')).mostBytes / MIB).toBeGreaterThan(320);
  }, 10 * 60_000);
});

const missing = mountMissing();
const when = missing ? describe.skip : describe;

when(`a store on a disk that takes no more files${missing ? `: ${missing}` : ''}`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-starved-'));
  const mounted: Mounted[] = [];
  afterAll(async () => {
    await Promise.all(mounted.map((one) => one.unmount()));
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const keep = (one: Mounted): string => {
    mounted.push(one);
    return one.place;
  };

  /** Neither a backup nor a restore can be put where nothing can be written. */
  const copies = async (file: string, view: string): Promise<void> => {
    const store = await openEmbeddedEventStore({ file });
    expect(await ending(() => store.backup(path.join(view, 'backup.db')))).toBe('COPY_FAILED');
    await store.backup(`${file}.backup`);
    await store.close();
    expect(await ending(() => restoreEmbedded(`${file}.backup`, path.join(view, 'restored.db')))).toBe('COPY_BROKEN');
    expect(fs.readdirSync(view).sort()).toEqual(['log.db', 'log.db.backup']);
  };

  it('refuses to open what it could not write, and opens it with all that it held when it can', async () => {
    const view = keep(mountReadOnly(folder));
    const endings: string[] = [];
    const violations: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const file = path.join(folder, String(round), 'log.db');
      const seen = path.join(view, String(round), 'log.db');
      fs.mkdirSync(path.dirname(file));
      const store = await openEmbeddedEventStore({ file });
      const acks = [await append(store, round, 0), await append(store, round, 1, { count: 3 })];
      // By turns a log that was closed, and one whose program died.
      const left = round % 2 ? ['', '-wal', '-shm'].map((end) => ({ name: `${file}${end}`, bytes: fs.readFileSync(`${file}${end}`) })) : [];
      await store.close();
      for (const { name, bytes } of left) fs.writeFileSync(name, bytes);
      expect(await ending(async () => (await openEmbeddedEventStore({ file: seen })).close())).toBe('STORE_UNAVAILABLE');
      endings.push(await ending(() => openEmbeddedReader(seen).close()));
      expect(await ending(async () => (await openEmbeddedEventStore({ file: path.join(view, String(round), 'new.db') })).close())).toBe('STORE_UNAVAILABLE');
      expect(fs.readdirSync(path.dirname(file)).filter((name) => name.startsWith('new'))).toEqual([]);
      violations.push(...(await violationsOf(file, acks)));
      if (round % 10 === 0) await copies(file, path.dirname(seen));
    }
    expect(violations).toEqual([]);
    expect(endings.filter((code) => code !== 'OK' && code !== 'STORE_UNAVAILABLE')).toEqual([]);
  }, 30 * 60_000);

  it('that has no inode left refuses new files, goes on with what is open, and opens the same place when there is room', async () => {
    const disk = keep(mountSmallDisk('size=64m,nr_inodes=40'));
    const store = await openEmbeddedEventStore({ file: path.join(disk, 'log.db') });
    const acks: Ack[] = [await append(store, 1, 0)];
    const endings = { open: [] as string[], backup: [] as string[] };
    for (let round = 0; round < ROUNDS; round++) {
      const other = path.join(disk, 'other.db');
      const [fillers, free] = [fill(disk), round % 5];
      for (const name of fillers.splice(0, free)) fs.rmSync(name);
      acks.push(await append(store, 1, acks.length));
      expect((await store.readStream('case-0')).events.length).toBeGreaterThan(0);
      endings.open.push(await ending(async () => (await openEmbeddedEventStore({ file: other })).close()));
      endings.backup.push(await ending(() => store.backup(path.join(disk, 'backup.db'))));
      for (const name of fillers) fs.rmSync(name);
      const opened = await openEmbeddedEventStore({ file: other });
      const ack = await append(opened, 2, round);
      await opened.close();
      if (round % 5 === 0) expect(await violationsOf(other, [ack])).toEqual([]);
      for (const name of fs.readdirSync(disk).filter((one) => !one.startsWith('log.db'))) fs.rmSync(path.join(disk, name));
    }
    await store.close();
    expect(await violationsOf(path.join(disk, 'log.db'), acks)).toEqual([]);
    expect(endings.open.filter((code) => !['OK', 'STORE_UNAVAILABLE'].includes(code))).toEqual([]);
    expect(endings.backup.filter((code) => !['OK', 'COPY_FAILED'].includes(code))).toEqual([]);
    for (const codes of Object.values(endings)) for (const isRefused of [true, false]) expect(codes.filter((code) => (code !== 'OK') === isRefused).length).toBeGreaterThan(0);
  }, 30 * 60_000);
});

/** Empty files until not one more can be made. */
const fill = (disk: string): string[] => {
  const names: string[] = [];
  for (;;) {
    const name = path.join(disk, `filler-${names.length}`);
    try {
      fs.writeFileSync(name, '');
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOSPC') throw error;
      return names;
    }
    names.push(name);
  }
};
