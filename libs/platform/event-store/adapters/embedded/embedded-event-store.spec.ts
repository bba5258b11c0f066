import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { eventStoreContract, noted } from '../../../../../test/contracts/event-store.contract';
import { START } from '../../event-store';
import type { StoredEvent } from '../../event-store';
import { restoreEmbedded } from './backup';
import { openEmbeddedEventStore } from './embedded-event-store';
import type { EmbeddedEventStore } from './embedded-event-store';
import { openEmbeddedReader } from './embedded-reader';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-store-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let files = 0;
const newFile = (): string => path.join(folder, `log-${files++}.db`);

eventStoreContract('the embedded store', () => openEmbeddedEventStore({ file: newFile() }));

describe('the embedded store', () => {
  let file: string;
  let store: EmbeddedEventStore;
  beforeEach(async () => {
    file = newFile();
    store = await openEmbeddedEventStore({ file });
  });
  afterEach(() => store.close());

  const fill = (count: number, stream = 'case-1') =>
    Promise.all(Array.from({ length: count }, (_, i) => store.append(`${stream}${i % 10}`, [noted(`n${i}`)], 'any')));

  it('shares one fsync between all that wait', async () => {
    await fill(1000);
    expect(store.commits).toBeLessThan(20);
  });

  it('holds after it was opened again what it held before', async () => {
    await fill(100);
    const receipt = await store.append('case-x', [noted('a')], 'no_stream');
    const before = await store.head();
    await store.close();
    store = await openEmbeddedEventStore({ file });
    expect(await store.head()).toEqual(before);
    expect(await store.append('case-x', [noted('b')], 0)).toMatchObject({ revision: 1 });
    expect((await store.readStream('case-x')).events[0]!.position).toBe(receipt.position);
  });

  it.each(['no_stream', 'any'] as const)('recognises a resend at %s after it was opened again', async (expected) => {
    const events = [noted('a'), noted('b')];
    const receipt = await store.append('case-1', events, 'no_stream');
    await store.close();
    store = await openEmbeddedEventStore({ file });
    expect(await store.append('case-1', events, expected)).toEqual({ ...receipt, resent: true });
  });

  it('leaves one file behind when it is closed', async () => {
    await fill(100);
    await store.close();
    expect(fs.readdirSync(folder).filter((name) => name.startsWith(path.basename(file)))).toEqual([path.basename(file)]);
  });

  it('does not open a database that is not a log, or a log of another format', async () => {
    const other = newFile();
    new Database(other).exec('CREATE TABLE t (a)').close();
    await expect(openEmbeddedEventStore({ file: other })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'no' });
    await store.close();
    const later = new Database(file);
    later.pragma('user_version = 99');
    later.close();
    await expect(openEmbeddedEventStore({ file })).rejects.toMatchObject({ message: 'the log has format 99, this program reads 1' });
  });

  it('is refused by a reader where there is no log', () => {
    expect(() => openEmbeddedReader(newFile())).toThrow('the log cannot be opened');
  });

  describe('numbers', () => {
    it('finds the place of each number between looks, and none beyond the newest', async () => {
      const streams = Array.from({ length: 300 }, (_, i) => ((i * 7919) % 5 < 2 ? 'consultation-u-1' : `case-${i % 3}`));
      await store.append('consultation-u-1', [noted('first')], 'any');
      for (const stream of streams) void store.append(stream, [noted(stream)], 'any');
      await store.append('consultation-u-1', [noted('last')], 'any');
      const numbered: StoredEvent[] = [];
      for await (const page of store.readAll(START)) numbered.push(...page.filter(({ number }) => number >= 0));
      expect(numbered.length).toBeGreaterThan(100);
      for (const event of numbered) {
        expect(store.positionOfNumber(event.number)).toBe(event.position);
        expect(store.eventByNumber(event.number)?.id).toBe(event.id);
      }
      for (const number of [-1, numbered.length, 1e9]) expect(store.positionOfNumber(number)).toBeUndefined();
    });

    it('go on from where they were after it was opened again', async () => {
      await store.append('case-1', [noted('a')], 'any');
      await store.append('consultation-u-1', [noted('look')], 'any');
      await store.close();
      store = await openEmbeddedEventStore({ file });
      await store.append('case-1', [noted('b')], 'any');
      expect((await store.readStream('case-1')).events.map(({ number }) => number)).toEqual([0, 1]);
    });
  });

  describe('a reader of one part of the log', () => {
    const mixed = Array.from({ length: 300 }, (_, i) => ((i * 7919) % 5 < 2 ? `consultation-u${i % 2}-1` : `case-${i % 3}`));
    const all = async (pages: AsyncIterable<readonly StoredEvent[]>): Promise<StoredEvent[]> => {
      const events: StoredEvent[] = [];
      for await (const page of pages) events.push(...page);
      return events;
    };
    const view = async (of: 'ledger' | 'looks') => {
      await Promise.all(mixed.map((stream) => store.append(stream, [noted(stream)], 'any')));
      return openEmbeddedReader(file, { view: of });
    };

    it.each([['ledger', (stream: string) => !stream.startsWith('consultation-')], ['looks', (stream: string) => stream.startsWith('consultation-')]] as const)(
      'sees the %s alone, numbered from 0 in log order, however it asks', async (of, isIn) => {
        const reader = await view(of);
        const { position, number } = await reader.head();
        const events = await all(reader.readAll(START));
        const [expected] = [(await all(store.readAll(START))).filter(({ stream }) => isIn(stream))];
        expect(events.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        expect(events.map((event) => event.number)).toEqual(events.map((_, i) => i));
        expect(number).toBe(events.length - 1);
        for (const event of events) expect(reader.eventByNumber(event.number)?.id).toBe(event.id);
        expect(reader.positionOfNumber(events.length)).toBeUndefined();
        const categories = of === 'looks' ? ['consultation'] : ['case'];
        const byStream = await all(reader.readByStream(position, { filter: { categories } }));
        expect(byStream.map((event) => event.number).sort((a, b) => a - b)).toEqual(events.map((_, i) => i));
        await reader.close();
      });
  });

  describe('a reader beside it', () => {
    it('is told of new events by the writer and follows them', async () => {
      const reader = openEmbeddedReader(file, { heads: store.headPort() });
      const seen: string[] = [];
      const done = new Promise<void>((resolve) => {
        reader.subscribe(START, { onBatch: async (events) => { if (seen.push(...events.map(({ id }) => id)) >= 500) resolve(); }, onError: () => {} });
      });
      await fill(500);
      await done;
      expect(new Set(seen).size).toBe(500);
      await reader.close();
    });

    it('gets the head through its port after each commit', async () => {
      const port = store.headPort();
      const heads: unknown[] = [];
      port.on('message', (head) => heads.push(head));
      await store.append('case-1', [noted('a'), noted('b')], 'any');
      while (heads.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      expect(heads).toEqual([{ position: 0, number: -1 }, { position: 2, number: 1 }]);
      port.close();
    });

    it('cannot be subscribed to when nobody tells it', async () => {
      const reader = openEmbeddedReader(file);
      expect(() => reader.subscribe(START, { onBatch: async () => {}, onError: () => {} })).toThrow('is not told of new events');
      await reader.close();
    });

    it('does not keep the write-ahead log from being cut short', async () => {
      const reader = openEmbeddedReader(file);
      const large = { ...noted('a'), data: Buffer.alloc(256 * 1024) };
      for (let i = 0; i < 400; i++) {
        await store.append('case-1', [{ ...large, id: randomUUID() }], 'any');
        reader.page(START, 1);
      }
      expect(fs.statSync(`${file}-wal`).size).toBeLessThan(80 * 1024 * 1024);
      expect(fs.statSync(file).size).toBeGreaterThan(80 * 1024 * 1024);
      await reader.close();
    });
  });

  describe('a backup', () => {
    it('is a checked prefix of the log, made while appends go on', async () => {
      await fill(2000);
      const writing = fill(3000, 'more-');
      const copy = newFile();
      const { head, bytes } = await store.backup(copy);
      await writing;
      expect(fs.statSync(copy).size).toBe(bytes);
      const reader = openEmbeddedReader(copy);
      expect(reader.currentHead()).toEqual(head);
      expect(Number(head.position)).toBeGreaterThanOrEqual(2000);
      let after = START;
      for await (const page of reader.readAll(START)) {
        expect(page).toEqual(store.page(after, page.length).events);
        after = page.at(-1)!.position;
      }
      expect(after).toBe(head.position);
      await reader.close();
    });

    it('is not made over a file that is there', async () => {
      const taken = newFile();
      fs.writeFileSync(taken, 'precious');
      await expect(store.backup(taken)).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
      expect(fs.readFileSync(taken, 'utf8')).toBe('precious');
    });

    it('that cannot be finished leaves nothing under its name', async () => {
      const nowhere = path.join(folder, 'missing', 'copy.db');
      await expect(store.backup(nowhere)).rejects.toMatchObject({ code: 'COPY_FAILED' });
      expect(fs.existsSync(nowhere)).toBe(false);
    });

    it('is restored to an empty place only, and then goes on as the log', async () => {
      await fill(50);
      const [copy, fresh] = [newFile(), newFile()];
      const { head } = await store.backup(copy);
      expect(() => restoreEmbedded(copy, file)).toThrow('there is already a file');
      expect(restoreEmbedded(copy, fresh).head).toEqual(head);
      const restored = await openEmbeddedEventStore({ file: fresh });
      expect(await restored.append('case-10', [noted('next')], 4)).toMatchObject({ revision: 5 });
      await restored.close();
    });

    it('that is torn is refused and nothing is restored', async () => {
      await fill(3000);
      const [copy, fresh] = [newFile(), newFile()];
      const { bytes } = await store.backup(copy);
      for (const size of [0, 100, 5000, Math.floor(bytes / 2), bytes - 4096]) {
        fs.truncateSync(copy, size);
        expect(() => restoreEmbedded(copy, fresh)).toThrow('the backup cannot be restored');
        expect(fs.existsSync(fresh)).toBe(false);
        await store.backup(`${copy}.${size}`);
        fs.renameSync(`${copy}.${size}`, copy);
      }
    });
  });

  it('closes its ports with it', async () => {
    const port = store.headPort();
    const closed = new Promise<string>((resolve) => port.once('close', () => resolve('closed')));
    port.on('message', () => {});
    await store.close();
    expect(await closed).toBe('closed');
  });
});
