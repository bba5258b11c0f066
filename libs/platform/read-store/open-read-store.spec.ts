import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openEmbeddedEventStore } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { fromRoot } from '#platform/settings';
import { lost, moved, parcelEvent, sent } from '#test/parcel-events';
import { parcels, toys } from '../../../test/support/parcels.cjs';
import { openReadStore } from './open-read-store';
import type { ReadAlarm, ReadStoreOptions } from './open-read-store';
import type { ReadStore } from './read-store';

const support = (name: string): string => fromRoot('test', 'support', name);
const SECOND = 1000;

let folder: string;
let store: EmbeddedEventStore;
let alarms: ReadAlarm[];
const opened: ReadStore[] = [];

const open = async (options: Partial<ReadStoreOptions> = {}): Promise<ReadStore> => {
  const reads = await openReadStore({
    file: path.join(folder, 'read.db'), logFile: path.join(folder, 'log.db'), log: store, heads: () => store.headPort(), projections: toys,
    threadFile: support('parcels.thread.cjs'), rebuildFile: support('parcels.child.cjs'), clock: () => 60 * SECOND, onAlarm: (alarm) => alarms.push(alarm), ...options,
  });
  opened.push(reads);
  return reads;
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const placeOf = (reads: ReadStore, parcel: string): unknown => reads.db.get<{ place: unknown }>('SELECT place FROM parcel WHERE parcel = ?', parcel)?.place;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-store-'));
  store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  alarms = [];
});

afterEach(async () => {
  for (const reads of opened.splice(0)) await reads.close();
  await store.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the read store', () => {
  it('holds what was in the log when it has opened, and says so', async () => {
    await store.append('parcel-a', [sent('Leeds'), moved('York')], 'no_stream');
    const reads = await open();
    expect(reads.ready).toBe(true);
    expect(placeOf(reads, 'a')).toBe('YORK');
    expect(reads.checkpoint()).toEqual({ position: '2', number: 1 });
  });

  it('lets a writer read its own write', async () => {
    const reads = await open();
    for (let i = 0; i < 50; i++) {
      const { position } = await store.append(`parcel-${i}`, [sent('Leeds')], 'no_stream');
      expect(await reads.waitFor(position, SECOND)).toBe(true);
      expect(placeOf(reads, String(i))).toBe('LEEDS');
    }
  });

  it('says when a position has not been reached in time', async () => {
    const reads = await open();
    expect(await reads.waitFor('1', 20)).toBe(false);
    expect(await reads.waitFor('', 20)).toBe(true);
  });

  it('calls back after each batch until told to stop', async () => {
    const reads = await open();
    const seen: number[] = [];
    const stop = reads.onBatch(({ number }) => seen.push(number));
    await reads.waitFor((await store.append('parcel-a', [sent('Leeds')], 'any')).position, SECOND);
    expect(seen).toEqual([0]);
    stop();
    await reads.waitFor((await store.append('parcel-a', [lost()], 'any')).position, SECOND);
    expect(seen).toEqual([0]);
  });

  it('answers all queries of a snapshot from one state of the tables', async () => {
    const reads = await open();
    await reads.waitFor((await store.append('parcel-a', [sent('Leeds')], 'any')).position, SECOND);
    const count = (): number => reads.db.get<{ n: number }>('SELECT count(*) AS n FROM parcel')!.n;
    const before = reads.db.snapshot(() => {
      const writer = new Database(path.join(folder, 'read.db'));
      const first = count();
      writer.exec("INSERT INTO parcel VALUES ('z', 'sent', 'HULL', 1, 9)");
      writer.close();
      return [first, reads.db.snapshot(count)];
    });
    expect(before).toEqual([1, 1]);
    expect(count()).toBe(2);
  });

  it('iterates over rows while the same query is asked again', async () => {
    const reads = await open();
    await reads.waitFor((await store.append('parcel-a', [sent('Leeds')], 'any')).position, SECOND);
    const sql = 'SELECT parcel FROM parcel';
    for (const row of reads.db.iterate<{ parcel: string }>(sql)) expect(reads.db.all(sql)).toEqual([row]);
  });

  it('finds the last event recorded by a moment, also after the clock has jumped back', async () => {
    await store.append('parcel-a', [sent('a', 1000), moved('b', 3000), moved('c', 2000), moved('d', 3000), moved('e', 4000)], 'any');
    const reads = await open();
    expect([999, 1000, 2000, 2999, 3000, 3999, 4000, 9999].map((ms) => reads.numberRecordedBy(ms))).toEqual([-1, 0, 0, 0, 3, 3, 4, 4]);
  });

  it('builds a long log in bulk at the first start, and goes on from there', async () => {
    for (let i = 0; i < 250; i++) await store.append(`parcel-${i}`, Array.from({ length: 10 }, (_, at) => sent(`p${at}`, i * 10 + at)), 'any');
    const reads = await open();
    expect(reads.db.get('SELECT count(*) AS n FROM parcel')).toEqual({ n: 250 });
    expect(reads.numberRecordedBy(1234)).toBe(1234);
    await reads.waitFor((await store.append('parcel-7', [moved('York')], 'any')).position, SECOND);
    expect(placeOf(reads, '7')).toBe('YORK');
    expect(await reads.rebuild()).toMatchObject(['parcels', 'lengths', 'recorded_prefix'].map((name) => ({ name, result: 'swapped', events: 2501 })));
    expect(fs.readdirSync(folder).filter((name) => /start|rebuild/.test(name))).toEqual([]);
  });

  it('goes on after a restart, and builds again what was deleted', async () => {
    await store.append('parcel-a', [sent('Leeds')], 'any');
    await (await open()).close();
    await store.append('parcel-a', [moved('York')], 'any');
    const second = await open();
    expect(placeOf(second, 'a')).toBe('YORK');
    await second.close();
    for (const name of fs.readdirSync(folder)) if (name.startsWith('read.db')) fs.rmSync(path.join(folder, name));
    expect(placeOf(await open(), 'a')).toBe('YORK');
  });

  it('makes its file anew when that is no database any more', async () => {
    await store.append('parcel-a', [sent('Leeds')], 'any');
    fs.writeFileSync(path.join(folder, 'read.db'), 'x'.repeat(8192));
    expect(placeOf(await open(), 'a')).toBe('LEEDS');
  });

  it('shows how far it is behind, in events and in the age of the oldest', async () => {
    const reads = await open();
    // The projector cannot write while another holds the file.
    const other = new Database(path.join(folder, 'read.db'));
    other.exec('BEGIN IMMEDIATE');
    await store.append('parcel-a', [sent('Leeds', 20 * SECOND), moved('York', 30 * SECOND)], 'any');
    const [status] = await reads.status();
    expect(status).toMatchObject({ name: 'parcels', version: 1, checkpoint: { number: -1 }, lagEvents: 2, lagSeconds: 40, parked: [] });
    other.exec('COMMIT');
    other.close();
    await reads.waitFor('2', SECOND);
    expect((await reads.status())[0]).toMatchObject({ lagEvents: 0, lagSeconds: 0, checkpoint: { number: 1 } });
  });
});

describe('a projector that ends by itself', () => {
  it('is started again and goes on; meanwhile status and an alarm say so', async () => {
    const reads = await open();
    await reads.waitFor((await store.append('parcel-a', [sent('Leeds')], 'any')).position, SECOND);
    const other = new Database(path.join(folder, 'read.db'));
    other.exec("CREATE TRIGGER full BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'no room'); END");
    const { position } = await store.append('parcel-a', [moved('York')], 'any');
    await until(async () => (await reads.status())[0]!.stopped === 'SQLITE_CONSTRAINT_TRIGGER');
    expect(alarms).toContainEqual({ kind: 'PROJECTOR_STOPPED', facts: { error: 'SQLITE_CONSTRAINT_TRIGGER' } });
    expect(placeOf(reads, 'a')).toBe('LEEDS');
    other.exec('DROP TRIGGER full');
    other.close();
    expect(await reads.waitFor(position, 10 * SECOND)).toBe(true);
    expect(placeOf(reads, 'a')).toBe('YORK');
    expect((await reads.status())[0]).not.toHaveProperty('stopped');
  });

  it('is an error at once when it cannot be started at all', async () => {
    await expect(open({ logFile: path.join(folder, 'nothing.db') })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});

describe('parked streams', () => {
  it('are shown and alarmed, and read again by a program that knows how', async () => {
    await store.append('parcel-a', [sent('Leeds'), parcelEvent('ParcelPraised'), moved('York')], 'any');
    await store.append('parcel-b', [sent('Hull')], 'any');
    const reads = await open();
    const parked = { stream: 'parcel-a', revision: 1, error: 'EVENT_TYPE_UNKNOWN' };
    expect(await reads.status()).toMatchObject([{ name: 'parcels', parked: [parked] }, { name: 'lengths', parked: [] }]);
    expect(alarms).toContainEqual({ kind: 'STREAM_PARKED', facts: { projection: 'parcels', ...parked } });
    expect([placeOf(reads, 'a'), placeOf(reads, 'b')]).toEqual(['LEEDS', 'HULL']);
    expect(await reads.unpark()).toBe(1);
    await reads.close();
    const fixed = await open({ threadFile: support('parcels-fixed.thread.cjs'), rebuildFile: support('parcels-fixed.child.cjs') });
    expect(placeOf(fixed, 'a')).toBe('YORK');
    expect((await fixed.status())[0]!.parked).toEqual([]);
    expect((await fixed.rebuild('parcels'))[0]).toMatchObject({ result: 'swapped', differences: [] });
  });
});

describe('a rebuild', () => {
  it('swaps when the rows are equal, while events arrive', async () => {
    const reads = await open();
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i++) await store.append(`parcel-${i % 20}`, [moved(`p${i}`)], 'any');
    })();
    const reports = [...await reads.rebuild(), ...await reads.rebuild('lengths')];
    writing = false;
    await writer;
    for (const { result, digest, liveDigest } of reports) expect([result, digest]).toEqual(['swapped', liveDigest]);
    const { position } = await store.head();
    expect(await reads.waitFor(position, 5 * SECOND)).toBe(true);
    expect(await reads.rebuild()).toMatchObject([{ result: 'swapped' }, { result: 'swapped' }, { result: 'swapped' }]);
  });

  it('leaves live tables that differ as they are, names the first rows and raises an alarm', async () => {
    await store.append('parcel-a', [sent('Leeds')], 'any');
    await store.append('parcel-b', [sent('Hull')], 'any');
    const reads = await open();
    const other = new Database(path.join(folder, 'read.db'));
    other.exec("UPDATE parcel SET place = 'PARIS' WHERE parcel = 'a'; DELETE FROM visit WHERE parcel = 'b'");
    other.close();
    const [report] = await reads.rebuild(parcels.name);
    expect(report).toMatchObject({ name: 'parcels', result: 'different' });
    expect(report!.digest).not.toBe(report!.liveDigest);
    expect(report!.differences).toMatchObject([
      { table: 'parcel', key: '["a"]', live: expect.stringContaining('PARIS'), rebuilt: expect.stringContaining('LEEDS') },
      { table: 'visit', key: '["b",1]', live: null, rebuilt: expect.stringContaining('HULL') },
    ]);
    expect(placeOf(reads, 'a')).toBe('PARIS');
    expect(alarms).toContainEqual({ kind: 'REBUILD_DIFFERS', facts: { projection: 'parcels', version: 1, rows: 2 } });
  });

  it('notices that what was recorded by a moment is not so any more, and names where', async () => {
    await store.append('parcel-a', [sent('a', 1000), moved('b', 3000), moved('c', 2000), moved('d', 3000), moved('e', 4000)], 'any');
    await store.append('consultation-x-1', [parcelEvent('ParcelSeen')], 'any');
    const reads = await open();
    expect(await reads.rebuild('recorded_prefix')).toMatchObject([{ name: 'recorded_prefix', result: 'swapped', events: 5, differences: [] }]);
    const other = new Database(path.join(folder, 'read.db'));
    other.exec('UPDATE recorded_prefix SET number = 1 WHERE number = 3; DELETE FROM recorded_prefix WHERE number = 0');
    other.close();
    const [, , report] = await reads.rebuild();
    expect(report).toMatchObject({ name: 'recorded_prefix', result: 'different', differences: [
      { table: 'recorded_prefix', key: '[1000]', live: null, rebuilt: '{"upto_ms":1000,"number":0}' },
      { table: 'recorded_prefix', key: '[3000]', live: '{"upto_ms":3000,"number":1}', rebuilt: '{"upto_ms":3000,"number":3}' },
    ] });
    expect(alarms).toContainEqual({ kind: 'REBUILD_DIFFERS', facts: { projection: 'recorded_prefix', version: 1, rows: 2 } });
    expect(reads.numberRecordedBy(3000)).toBe(1);
  });

  it('of an unknown read model is refused', async () => {
    const reads = await open();
    await expect(reads.rebuild('nothing')).rejects.toThrow(RangeError);
  });

  it('that fails leaves the live tables as they are', async () => {
    await store.append('parcel-a', [sent('Leeds')], 'any');
    const reads = await open({ rebuildFile: support('nothing.cjs') });
    await expect(reads.rebuild()).rejects.toMatchObject({ code: 'REBUILD_FAILED' });
    expect(placeOf(reads, 'a')).toBe('LEEDS');
  });
});

it('closes while it catches up, and its thread is gone then', async () => {
  for (let i = 0; i < 3000; i += 10) await store.append(`parcel-${i}`, Array.from({ length: 10 }, () => sent('x')), 'any');
  const reads = await open({ early: true });
  const first = reads.caughtUp().then(() => 'caught up', () => 'closed before');
  await reads.close();
  expect(['caught up', 'closed before']).toContain(await first);
  const file = new Database(path.join(folder, 'read.db'));
  file.exec('BEGIN EXCLUSIVE');
  file.close();
});
