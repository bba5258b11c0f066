import Database from 'better-sqlite3';
import fc from 'fast-check';
import { EventCodec, memoryEventStore, START } from '#platform/event-store';
import type { EventStore, EventToAppend, StoredEvent } from '#platform/event-store';
import { garbled, lost, moved, parcelEvent, sent } from '#test/parcel-events';
import { learned, lengths, parcels, toys } from '../../../test/support/parcels.cjs';
import { buildInBulk } from './bulk-build';
import { digestOf } from './digest';
import { EVERY_CATEGORY } from './projection';
import type { Projection } from './projection';
import { Projector } from './projector';
import type { ProjectorOptions } from './projector';
import { ReadFile } from './read-file';
import type { Parked } from './read-file';
import { ownTables } from './schema';

const codec = new EventCodec();

const emptyFile = (): Database.Database => {
  const db = new Database(':memory:');
  db.exec(ownTables());
  return db;
};

const follow = (db: Database.Database, log: EventStore, projections: readonly Projection[] = toys, options: Partial<ProjectorOptions> = {}): Projector => {
  const projector = new Projector({ db, log, projections, codec, ...options });
  for (const projection of projector.unbuilt()) projector.file.lay(projection, { indexed: true });
  projector.follow();
  return projector;
};

const everything = async (log: EventStore): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of log.readAll(START)) events.push(...page);
  return events;
};

const write = async (log: EventStore, stream: string, ...events: EventToAppend[]): Promise<void> => {
  for (const event of events) await log.append(stream, [event], 'any');
};

const rowOf = (db: Database.Database, parcel: string): unknown => db.prepare('SELECT * FROM parcel WHERE parcel = ?').get(parcel);

const built = async (log: EventStore, projection: Projection): Promise<string> => {
  const db = emptyFile();
  await buildInBulk({ db, log, codec, targets: [{ projection, until: await log.head() }] });
  return digestOf(db, projection);
};

describe('the projector', () => {
  it('puts the rows of a batch into the tables together with the checkpoint', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'), moved('York'));
    const projector = follow(db, log);
    await projector.apply(await everything(log));
    expect(rowOf(db, 'a')).toEqual({ parcel: 'a', status: 'sent', place: 'YORK', moves: 2, last: 1 });
    expect(new ReadFile(db).checkpoint(parcels)).toEqual({ position: '2', number: 1 });
  });

  it('follows every category with a read model that asks for it, never a look, and reads no stream again for one that remembers nothing', async () => {
    const everyOne: Projection = {
      name: 'kinds', version: 1, category: EVERY_CATEGORY, stateless: true, tables: [{ name: 'kind', columns: { number: 'INTEGER NOT NULL', type: 'TEXT NOT NULL' }, key: ['number'] }],
      open: () => undefined, apply: (_, { number, type }) => [{ table: 'kind', set: { number, type } }],
    };
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'));
    await write(log, 'consultation-x-1', parcelEvent('Looked'));
    await write(log, 'letter-a', parcelEvent('LetterSent'));
    await write(log, 'parcel-a', moved('York'));
    const read = jest.spyOn(log, 'readStream');
    for (const event of await everything(log)) await follow(db, log, [everyOne]).apply([event]);
    expect(db.prepare('SELECT type FROM kind ORDER BY number').pluck().all()).toEqual(['ParcelSent', 'LetterSent', 'ParcelMoved']);
    expect(read).not.toHaveBeenCalled();
    expect(digestOf(db, everyOne)).toBe(await built(log, everyOne));
  });

  it('leaves neither rows nor checkpoint when the transaction cannot be made', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'));
    const projector = follow(db, log);
    db.exec("CREATE TRIGGER full BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    await expect(projector.apply(await everything(log))).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_TRIGGER' });
    expect(rowOf(db, 'a')).toBeUndefined();
    expect(new ReadFile(db).checkpoint(parcels)).toEqual({ position: '', number: -1 });
  });

  it('comes to the same rows however the log is cut into batches, whatever it forgets, and as a bulk build does', async () => {
    const step = fc.record({ parcel: fc.integer({ min: 0, max: 4 }), kind: fc.integer({ min: 0, max: 4 }), cut: fc.boolean() });
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.constantFrom(0, 2000, 1e9), async (steps, stateBudget) => {
      const log = memoryEventStore();
      const news = [sent('Leeds'), moved('York'), lost(), garbled(), parcelEvent('ParcelPraised')];
      for (const { parcel, kind } of steps) await log.append(`parcel-${parcel}`, [{ ...news[kind]!, id: sent('').id }], 'any');
      const events = await everything(log);
      const db = emptyFile();
      const projector = follow(db, log, toys, { stateBudget });
      for (let from = 0, to = 1; to <= events.length; to++) {
        if (to < events.length && !steps[to - 1]!.cut) continue;
        await projector.apply(events.slice(from, to));
        from = to;
      }
      for (const projection of toys) expect(digestOf(db, projection)).toBe(await built(log, projection));
    }), { numRuns: 60 });
  });

  it('changes nothing when events are delivered again', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'), moved('York'), lost());
    const events = await everything(log);
    const projector = follow(db, log);
    await projector.apply(events);
    const digest = digestOf(db, parcels);
    await follow(db, log).apply(events);
    await projector.apply(events.slice(1));
    expect(digestOf(db, parcels)).toBe(digest);
  });

  it('passes over events of other logs without losing its place', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'));
    await write(log, 'consultation-x-1', parcelEvent('Looked'));
    const projector = follow(db, log);
    expect(await projector.apply(await everything(log))).toEqual({ position: '2', number: 0 });
    expect(new ReadFile(db).checkpoint(lengths)).toEqual({ position: '2', number: 0 });
  });

  it('takes away the tables of projections that the program no longer has', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    follow(db, log);
    follow(db, log, [lengths]).clearOthers();
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'parcel'").get()).toBeUndefined();
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'parcel_length'").get()).toBeDefined();
  });

  it('builds again when the version or the tables of a projection have changed', () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    follow(db, log);
    const raised = { ...parcels, version: 2 };
    const reshaped = { ...lengths, tables: [{ ...lengths.tables[0]!, columns: { ...lengths.tables[0]!.columns, weight: 'INTEGER' as const } }] };
    expect(new Projector({ db, log, codec, projections: [raised, reshaped] }).unbuilt()).toEqual([raised, reshaped]);
    expect(new Projector({ db, log, codec, projections: toys }).unbuilt()).toEqual([]);
  });

  it('never shows older rows than before while tables built earlier take the place of live ones', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'));
    const early = await log.head();
    await write(log, 'parcel-a', moved('York'));
    await write(log, 'parcel-b', sent('Ripon'));
    const projector = follow(db, log);
    await projector.apply(await everything(log));
    const digest = digestOf(db, parcels);
    await projector.exchange(parcels, early, () => {
      projector.file.lay(parcels, { indexed: true });
      db.exec("INSERT INTO parcel VALUES ('a', 'sent', 'LEEDS', 1, 0); INSERT INTO visit VALUES ('a', 0, 'LEEDS', NULL)");
    });
    expect(digestOf(db, parcels)).toBe(digest);
    expect(new ReadFile(db).checkpoint(parcels)).toEqual({ position: '3', number: 2 });
    await write(log, 'parcel-a', lost());
    await projector.apply((await everything(log)).slice(3));
    expect(digestOf(db, parcels)).toBe(await built(log, parcels));
  });
});

describe('an event that cannot be applied', () => {
  const poisoned = async (): Promise<EventStore> => {
    const log = memoryEventStore();
    await write(log, 'parcel-a', sent('Leeds'), parcelEvent('ParcelPraised'), moved('York'));
    await write(log, 'parcel-b', sent('Ripon'));
    return log;
  };

  it('parks its stream for the projection concerned; rows stay as they were before it, everything else goes on', async () => {
    const [db, log, told] = [emptyFile(), await poisoned(), [] as [string, Parked][]];
    await follow(db, log, toys, { onParked: (name, parked) => told.push([name, parked]) }).apply(await everything(log));
    expect(rowOf(db, 'a')).toMatchObject({ place: 'LEEDS', last: 0 });
    expect(rowOf(db, 'b')).toMatchObject({ place: 'RIPON', last: 3 });
    expect(db.prepare("SELECT events FROM parcel_length WHERE parcel = 'parcel-a'").pluck().get()).toBe(3);
    expect(told).toEqual([['parcels', { stream: 'parcel-a', revision: 1, error: 'EVENT_TYPE_UNKNOWN' }]]);
    expect(new ReadFile(db).parked('parcels')).toEqual([told[0]![1]]);
    expect(new ReadFile(db).parked('lengths')).toEqual([]);
  });

  it('is tried again on demand, and once it can be read the rows are as if nothing had been wrong', async () => {
    const [db, log] = [emptyFile(), await poisoned()];
    await follow(db, log).apply(await everything(log));
    const fixed = follow(db, log, learned);
    await write(log, 'parcel-a', moved('Hull'));
    expect(await fixed.unpark()).toBe(0);
    await fixed.apply((await everything(log)).slice(4));
    expect(digestOf(db, learned[0]!)).toBe(await built(log, learned[0]!));
    expect(rowOf(db, 'a')).toMatchObject({ place: 'HULL', moves: 3 });
  });

  it('stays parked when it still cannot be read, and is no news then', async () => {
    const [db, log, told] = [emptyFile(), await poisoned(), [] as string[]];
    const projector = follow(db, log, toys, { onParked: (name) => told.push(name) });
    await projector.apply(await everything(log));
    const before = digestOf(db, parcels);
    expect(await projector.unpark('parcels')).toBe(1);
    expect(await projector.unpark('lengths')).toBe(0);
    expect(told).toEqual(['parcels']);
    expect(digestOf(db, parcels)).toBe(before);
  });

  it('is found too when it stands among the events that a forgotten state is made from', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'), parcelEvent('ParcelPraised'));
    await follow(db, log, learned).apply(await everything(log));
    await write(log, 'parcel-a', moved('York'));
    await follow(db, log, toys).apply((await everything(log)).slice(2));
    expect(new ReadFile(db).parked('parcels')).toEqual([{ stream: 'parcel-a', revision: 1, error: 'EVENT_TYPE_UNKNOWN' }]);
  });

  it.each<[string, EventToAppend, string]>([
    ['not JSON', garbled(), 'EVENT_UNREADABLE'],
    ['without an envelope', { ...sent('x'), metadata: Buffer.from('{}') }, 'EVENT_UNREADABLE'],
    ['with null for data', { ...sent('x'), data: Buffer.from('null') }, 'TypeError at parcels.cjs:'],
    ['of an older shape', parcelEvent('ParcelSent', { town: 'Leeds' }), 'TypeError at parcels.cjs:'],
    ['too large', sent('x'.repeat(2000)), 'EVENT_TOO_LARGE'],
  ])('is parked when it is %s', async (_, event, error) => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', event);
    await follow(db, log, [parcels], { largestEvent: 1000 }).apply(await everything(log));
    expect(new ReadFile(db).parked('parcels')[0]!.error).toContain(error);
  });

  it('is parked when the projection answers rows that its table cannot hold', async () => {
    const [db, log] = [emptyFile(), memoryEventStore()];
    await write(log, 'parcel-a', sent('Leeds'));
    const wrong = (set: object): Projection => ({ ...lengths, apply: () => [{ table: 'parcel_length', set: { parcel: 'a', events: 1, ...set } }] });
    for (const set of [{ events: null }, { events: 1.5 }, { parcel: 7 }, { weight: 1 }]) {
      const projector = follow(db, log, [wrong(set)]);
      await projector.apply(await everything(log));
      expect(projector.file.parked('lengths')[0]!.error).toContain('ROW_UNFIT parcel_length.');
      projector.file.lay(lengths, { indexed: true });
    }
  });
});
