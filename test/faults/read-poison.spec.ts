import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedEventStore } from '#platform/event-store';
import type { EmbeddedEventStore, EventToAppend } from '#platform/event-store';
import { openReadStore } from '#platform/read-store';
import type { ReadAlarm, ReadStore, RebuildReport } from '#platform/read-store';
import { fromRoot } from '#platform/settings';
import { envelope, garbled, moved, parcelEvent, sent } from '#test/parcel-events';
import { toys } from '../support/parcels.cjs';

const POISON = process.env.DAYBOOK_FAULTS === 'soak' ? 50_000 : 1000;
const SOUND = 200;
const HUGE = 80_000;

interface Kind {
  readonly name: string;
  readonly make: () => EventToAppend;
  readonly error: string;
  /** Read models of the two that it stops. */
  readonly stops: readonly string[];
}

const kinds: readonly Kind[] = [
  { name: 'of an unknown type', make: () => parcelEvent('ParcelPraised'), error: 'EVENT_TYPE_UNKNOWN', stops: ['parcels'] },
  { name: 'of an old shape', make: () => ({ ...parcelEvent('ParcelSent', { town: 'Hull' }), metadata: envelope(0, 0) }), error: 'EVENT_UNREADABLE', stops: ['parcels', 'lengths'] },
  { name: 'with a malformed body', make: garbled, error: 'EVENT_UNREADABLE', stops: ['parcels', 'lengths'] },
  { name: 'with a huge body', make: () => moved('x'.repeat(HUGE)), error: 'EVENT_TOO_LARGE', stops: ['parcels', 'lengths'] },
];
const kindOf = (i: number): Kind => kinds[i % kinds.length]!;

let folder: string;
let store: EmbeddedEventStore;
let alarms: ReadAlarm[];

const open = (program: 'parcels' | 'parcels-fixed'): Promise<ReadStore> => openReadStore({
  file: path.join(folder, 'read.db'), logFile: path.join(folder, 'log.db'), log: store, heads: () => store.headPort(), projections: toys,
  threadFile: fromRoot('test', 'support', `${program}.thread.cjs`), rebuildFile: fromRoot('test', 'support', `${program}.child.cjs`),
  clock: () => 0, onAlarm: (alarm) => alarms.push(alarm),
});

const appendAll = async (stream: (i: number) => string, count: number, event: (i: number) => EventToAppend): Promise<void> => {
  await Promise.all(Array.from({ length: count }, (_, i) => store.append(stream(i), [event(i)], 'any')));
};

const poisoned = (i: number): string => `parcel-p${i}`;
const sound = (i: number): string => `parcel-s${i}`;

const parkedIn = async (reads: ReadStore, name: string) => (await reads.status()).find((status) => status.name === name)!.parked;
const digests = (reports: readonly RebuildReport[]): string[] => reports.map(({ digest }) => digest);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'read-poison-'));
  store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  alarms = [];
});

afterAll(async () => {
  await store.close();
  fs.rmSync(folder, { recursive: true });
});

describe(`${POISON} events that cannot be read`, () => {
  let reads: ReadStore;

  beforeAll(async () => {
    reads = await open('parcels');
    await appendAll(poisoned, POISON, () => sent('Leeds'));
    await appendAll(sound, SOUND, () => sent('Leeds'));
    await appendAll(poisoned, POISON, (i) => kindOf(i).make());
    await appendAll(poisoned, POISON, () => moved('York'));
    await appendAll(sound, SOUND, () => moved('York'));
    expect(await reads.waitFor((await store.head()).position, 60_000)).toBe(true);
  }, 120_000);

  afterAll(() => reads.close());

  it.each(kinds)('park their stream and raise an alarm when they are $name', async ({ error, stops, name }) => {
    const streams = Array.from({ length: POISON }, (_, i) => i).filter((i) => kindOf(i).name === name).map(poisoned);
    for (const readModel of ['parcels', 'lengths']) {
      const parked = new Map((await parkedIn(reads, readModel)).map((one) => [one.stream, one]));
      const alarmed = new Set(alarms.filter(({ kind, facts }) => kind === 'STREAM_PARKED' && facts.projection === readModel).map(({ facts }) => facts.stream));
      for (const stream of streams) {
        expect(parked.get(stream)).toEqual(stops.includes(readModel) ? { stream, revision: 1, error } : undefined);
        expect(alarmed.has(stream)).toBe(stops.includes(readModel));
      }
    }
  });

  it('leave the rows of their stream as they were before', () => {
    expect(reads.db.get("SELECT count(*) AS n FROM parcel WHERE parcel LIKE 'p%' AND place = 'LEEDS' AND moves = 1")).toEqual({ n: POISON });
    expect(reads.db.get("SELECT count(*) AS n FROM visit WHERE parcel LIKE 'p%'")).toEqual({ n: POISON });
  });

  it('do not hold up other streams, nor read models that can read them', async () => {
    expect(reads.db.get("SELECT count(*) AS n FROM parcel WHERE parcel LIKE 's%' AND place = 'YORK'")).toEqual({ n: SOUND });
    expect(await parkedIn(reads, 'lengths')).toHaveLength(POISON * 3 / 4);
    expect(reads.db.get("SELECT count(*) AS n FROM parcel_length WHERE events = 3")).toEqual({ n: POISON / 4 });
    const { position } = await store.append('parcel-later', [sent('Hull')], 'any');
    expect(await reads.waitFor(position, 1000)).toBe(true);
  });

  it('are judged by a rebuild as they were live', async () => {
    expect(await reads.rebuild()).toMatchObject(Array(3).fill({ result: 'swapped', differences: [] }));
    expect(await parkedIn(reads, 'parcels')).toHaveLength(POISON);
  });

  it('are in the rows like all others once the program can read them, and as if they always had been', async () => {
    await reads.close();
    alarms = [];
    const fixed = await open('parcels-fixed');
    expect(alarms).toEqual([]);
    for (const name of ['parcels', 'lengths']) expect(await parkedIn(fixed, name)).toEqual([]);
    expect(fixed.db.get("SELECT count(*) AS n FROM parcel WHERE parcel LIKE 'p%' AND place = 'YORK'")).toEqual({ n: POISON });
    const reports = await fixed.rebuild();
    expect(reports).toMatchObject(Array(3).fill({ result: 'swapped', differences: [] }));
    await fixed.close();
    for (const name of fs.readdirSync(folder)) if (name.startsWith('read.db')) fs.rmSync(path.join(folder, name));
    const fresh = await open('parcels-fixed');
    expect(digests(await fresh.rebuild())).toEqual(digests(reports));
    await fresh.close();
  }, 120_000);
});
