import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RecordKeyId } from '#kernel';
import type { EventToAppend } from '#platform/event-store';
import { FolderError } from '#platform/folder';
import { readSettings } from '#platform/settings';
import type { Snapshot } from '#platform/snapshot';
import { Seeded } from '#test/seeded';
import { openDaybook } from '../../apps/daybook/compose';
import type { Daybook } from '../../apps/daybook/compose';
import { snapshotOf } from '../../apps/daybook/snapshots';
import type { SnapshotUsed } from '../../apps/daybook/snapshots';
import { startPeerProcess } from '../peers/eventstoredb/peer-process';
import type { PeerProcess } from '../peers/eventstoredb/peer-process';

const bytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const event = (type: string, data: object): EventToAppend => {
  const commandId = randomUUID();
  return {
    id: randomUUID(), type, data: bytes(data),
    metadata: bytes({
      $causationId: commandId, $correlationId: commandId, actor: { id: 'unverified', kind: 'unverified' }, assertion: 'FACT', commandId, effectiveAt: { from: '2021-01-01', precision: 'day' },
      marking: 'OFFICIAL-SENSITIVE', program: 'daybook 0.1.0', recordedAt: new Date().toISOString(), regime: 'DPA_PART3', track: 'STANDARD', v: 1,
    }),
  };
};

/** More than a copy takes in before anything else of a start has happened. */
const MANY = 5_000;

describe('a process that joins a ledger in KurrentDB', () => {
  let folder: string;
  let peer: PeerProcess;
  let opened: Daybook[] = [];
  let random: Seeded;
  const at = (...names: readonly string[]): string => path.join(folder, ...names);

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-snapshot-'));
    peer = await startPeerProcess({ data: at('server') });
    random = new Seeded(11);
  });
  afterEach(async () => {
    for (const daybook of opened.splice(0)) await daybook.close();
    await peer.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const told: SnapshotUsed[] = [];
  const open = async (name: string, snapshots?: string, url = peer.connectionString, keys = 'keys'): Promise<Daybook> => {
    told.length = 0;
    const settings = readSettings({ DAYBOOK_DATA: at(name), DAYBOOK_KEYS: at(keys), DAYBOOK_EVENT_STORE: url, ...(snapshots && { DAYBOOK_SNAPSHOT: at(snapshots) }) });
    const daybook = await openDaybook(settings, { onSnapshot: (used) => told.push(used) });
    opened.push(daybook);
    return daybook;
  };
  const close = async (daybook: Daybook): Promise<void> => {
    opened = opened.filter((each) => each !== daybook);
    await daybook.close();
  };
  const record = async ({ store }: Daybook, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const investigationId = randomUUID();
      await store.append(`investigation-${investigationId}`, [event('InvestigationOpened', { area: random.pick(['Rotherham', 'Barnsley']), investigationId, kind: 'CRIME', themes: ['CSE'] })], 'no_stream');
    }
  };
  const erase = async ({ store }: Daybook): Promise<void> => {
    const nominalId = randomUUID();
    await store.append(`dataSubject-${nominalId}`, [event('ErasureBegun', { nominalId, requestId: randomUUID(), keys: [`nominal-${nominalId}`] })], 'no_stream');
  };
  /** A ledger of some cases, closed again, and a snapshot of it in `snapshots`. */
  const withSnapshot = async (count = 30): Promise<Snapshot> => {
    const first = await open('first');
    await record(first, count);
    const snapshot = await snapshotOf(first, at('snapshots'));
    await close(first);
    return snapshot;
  };
  const refusalOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'it was not refused', (error: unknown) => (error instanceof FolderError ? error.code : String(error)));
  const alter = (change: (snapshot: Snapshot) => Snapshot): void => {
    const file = at('snapshots', 'snapshot.json');
    fs.writeFileSync(file, JSON.stringify(change(JSON.parse(fs.readFileSync(file, 'utf8')) as Snapshot)));
  };
  /** Changes rows of a file of the snapshot, and what is said of it, as if it had been made so. */
  const rewrite = (files: Snapshot['files'], place: string, sql: string): void => {
    const file = at('snapshots', files.find((each) => each.place === place)!.file);
    const db = new Database(file);
    db.exec(sql);
    const versions = new Map((db.prepare('SELECT projection, version FROM checkpoints').raw().all() as [string, number][]));
    db.close();
    const sha256 = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
    alter((snapshot) => ({ ...snapshot, files: snapshot.files.map((each) => (each.place === place ? { ...each, sha256, models: each.models!.map((model) => ({ ...model, version: versions.get(model.name)! })) } : each)) }));
  };
  const digestsOf = async ({ reads, lookReads }: Daybook): Promise<Record<string, readonly string[]>> =>
    Object.fromEntries([...(await reads.rebuild()), ...(await lookReads.rebuild())].map(({ name, digest, liveDigest, result }) => [name, [result, liveDigest, digest]]));

  it('has the rows that a rebuild from the whole log makes, and follows the log on from there', async () => {
    const { number } = await withSnapshot();
    const first = await open('first');
    await record(first, 5);
    await close(first);
    const joined = await open('joined', 'snapshots');
    expect(told).toEqual([{ snapshot: expect.objectContaining({ number }) as Snapshot, rebuilt: [] }]);
    expect(number).toBe(29);
    await joined.store.head();
    await record(joined, 1);
    expect(await joined.reads.waitFor(joined.store.positionOfNumber(35)!, 20_000)).toBe(true);
    for (const [result, live, rebuilt] of Object.values(await digestsOf(joined))) expect([result, live]).toEqual(['swapped', rebuilt]);
    expect(joined.queries.figures({ area: 'all' })).toMatchObject({ number: 35, investigations: { active: 36 } });
  });

  it('takes its rows from the snapshot and does not make them anew', async () => {
    const { files } = await withSnapshot();
    // Rows that no log ever made: whoever shows them has them from the snapshot.
    rewrite(files, 'read.db', 'DELETE FROM investigation_rect');
    const joined = await open('joined', 'snapshots');
    expect(joined.queries.figures({ area: 'all' })).toMatchObject({ number: 29, investigations: { active: 0 } });
    expect((await joined.reads.rebuild('investigations')).map(({ result }) => result)).toEqual(['different']);
  });

  it('is for its owner alone, and leaves nothing of the one before', async () => {
    const old = await withSnapshot(3);
    const first = await open('first');
    await record(first, 1);
    const made = await snapshotOf(first, at('snapshots'));
    expect(fs.readdirSync(at('snapshots')).sort()).toEqual(['owner.lock', 'snapshot.json', ...made.files.map(({ file }) => file)].sort());
    expect(made.files.some(({ file }) => old.files.some((each) => each.file === file))).toBe(false);
    expect(fs.statSync(at('snapshots')).mode & 0o777).toBe(0o700);
    for (const { file } of [...made.files, { file: 'snapshot.json' }]) expect([file, fs.statSync(at('snapshots', file)).mode & 0o777]).toEqual([file, 0o600]);
    await close(first);
    await open('joined', 'snapshots');
    for (const name of ['log.db', 'read.db', 'looks.db']) expect(fs.statSync(at('joined', name)).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(at('joined'))).not.toContain('brought');
  });

  it('is not used when an erasure was recorded after it was made, also by another process', async () => {
    await withSnapshot();
    const other = await open('other');
    await erase(other);
    await close(other);
    expect(await refusalOf(open('joined', 'snapshots'))).toBe('SNAPSHOT_BEFORE_ERASURE');
    expect(fs.existsSync(at('joined', 'daybook.json'))).toBe(false);
    const whole = await open('joined');
    expect(whole.store.currentHead().number).toBe(30);
    expect((await snapshotOf(whole, at('snapshots'))).lastErasure).toBe(30);
    await close(whole);
    await open('another', 'snapshots');
    expect(told).toMatchObject([{ snapshot: { number: 30 } }]);
  });

  it.each([
    ['of another ledger', (snapshot: Snapshot) => ({ ...snapshot, ledger: { ...snapshot.ledger, id: randomUUID() } }), 'OTHER_LEDGER'],
    ['whose log the server does not have', (snapshot: Snapshot) => ({ ...snapshot, newest: { ...snapshot.newest!, id: randomUUID() } }), 'OTHER_LOG'],
    ['of a format that is not known', (snapshot: Snapshot) => ({ ...snapshot, format: 2 }) as unknown as Snapshot, 'SNAPSHOT_BROKEN'],
    ['with a file that lies elsewhere', (snapshot: Snapshot) => ({ ...snapshot, files: snapshot.files.map((each) => ({ ...each, file: `../${each.file}` })) }), 'SNAPSHOT_BROKEN'],
    ['without a file', (snapshot: Snapshot) => ({ ...snapshot, files: snapshot.files.map((each) => ({ ...each, file: `x${each.file}` })) }), 'SNAPSHOT_BROKEN'],
  ] as const)('is not one %s', async (_, change, code) => {
    await withSnapshot(3);
    alter(change);
    expect(await refusalOf(open('joined', 'snapshots'))).toBe(code);
    expect(fs.readdirSync(at('joined')).filter((name) => /\.db$|^brought$|^daybook\.json$/.test(name))).toEqual([]);
  });

  it.each(['log.db', 'read.db', 'looks.db'])('is not one in which a byte of %s has changed', async (place) => {
    const { files } = await withSnapshot(3);
    const file = at('snapshots', files.find((each) => each.place === place)!.file);
    const content = fs.readFileSync(file);
    content[content.length - 1]! ^= 1;
    fs.writeFileSync(file, content);
    expect(await refusalOf(open('joined', 'snapshots'))).toBe('SNAPSHOT_BROKEN');
    expect(fs.existsSync(at('joined', 'daybook.json'))).toBe(false);
    await open('joined');
  });

  it('is not one that anybody may write, and says so where there is no folder', async () => {
    await withSnapshot(3);
    expect(await refusalOf(open('joined', 'nowhere'))).toBe('NO_SUCH_PLACE');
    fs.chmodSync(at('snapshots'), 0o707);
    expect(await refusalOf(open('joined', 'snapshots'))).toBe('SNAPSHOT_OPEN_TO_OTHERS');
  });

  it('reads the whole log where there is no snapshot yet, and where its folder is there already', async () => {
    const first = await open('first');
    await record(first, 3);
    await close(first);
    fs.mkdirSync(at('snapshots'));
    const joined = await open('joined', 'snapshots');
    expect([told, (await joined.store.head()).number]).toEqual([[{ rebuilt: [] }], 2]);
    await snapshotOf(joined, at('snapshots'));
    await close(joined);
    alter((snapshot) => ({ ...snapshot, format: 2 }) as unknown as Snapshot);
    await open('joined', 'snapshots');
    expect(told).toEqual([]);
  });

  it('builds anew what this program has in another version, and takes the rest', async () => {
    const { files } = await withSnapshot();
    rewrite(files, 'read.db', "UPDATE checkpoints SET version = version + 1 WHERE projection = 'investigations'; DELETE FROM investigation_rect");
    rewrite(files, 'looks.db', 'UPDATE checkpoints SET version = version + 1');
    const joined = await open('joined', 'snapshots');
    expect(told[0]!.rebuilt).toEqual(['investigations', 'looks']);
    expect(joined.queries.figures({ area: 'all' })).toMatchObject({ number: 29, investigations: { active: 30 } });
    await joined.lookReads.caughtUp();
    for (const [result, live, rebuilt] of Object.values(await digestsOf(joined))) expect([result, live]).toEqual(['swapped', rebuilt]);
  });

  it('is of one ledger in one folder: what lies there otherwise is left alone', async () => {
    await withSnapshot(3);
    const elsewhere = await startPeerProcess({ data: at('elsewhere') });
    try {
      const other = await open('other', undefined, elsewhere.connectionString, 'other-keys');
      expect(await refusalOf(snapshotOf(other, at('snapshots')))).toBe('OTHER_LEDGER');
      expect(await refusalOf(snapshotOf(other, at('first')))).toBe('FOLDER_NOT_EMPTY');
      await close(other);
    } finally {
      await elsewhere.stop();
    }
  });

  it('has the whole log before anything can be asked: erasures are carried out against restored keys, and figures are whole', async () => {
    const first = await open('first');
    const gone = 'nominal-gone' as RecordKeyId;
    await first.keys.ensure([gone]);
    const investigationId = randomUUID();
    await first.store.append(`investigation-${investigationId}`, [event('InvestigationOpened', { area: 'Rotherham', investigationId, kind: 'CRIME', themes: ['CSE'] })], 'no_stream');
    for (let i = 1; i < MANY; i += 500)
      await first.store.append(`investigation-${investigationId}`, Array.from({ length: 500 }, () => event('InvestigationAllocated', { officer: 'DC 2235', team: 'CID' })), i - 1);
    await first.store.append(`dataSubject-${randomUUID()}`, [event('ErasureBegun', { nominalId: randomUUID(), requestId: randomUUID(), keys: [gone] })], 'no_stream');
    await close(first);
    const joined = await open('joined');
    expect(joined.store.currentHead().number).toBe(MANY + 1);
    expect(await joined.keys.destroyed([gone])).toEqual([gone]);
    expect(joined.queries.figures({ area: 'all' })).toMatchObject({ number: MANY + 1, investigations: { active: 1 } });
  });
});
