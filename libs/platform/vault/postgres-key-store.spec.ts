import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { RecordKeyId } from '#kernel';
import { Postgres } from '#platform/postgres';
import { readSettings } from '#platform/settings';
import { PostgresServer, whenPostgres } from '#test/postgres';
import { makeDurably } from './key-encryption';
import { keyStoreContract } from './key-store.contract';
import { copyKeysBack, openFileKeyStore } from './open-file-key-store';
import { openPostgresKeyStore, putKeysIntoPostgres } from './open-postgres-key-store';
import type { PostgresKeyStore } from './postgres-key-store';

const id = (text: string): RecordKeyId => text as RecordKeyId;
const ids = (count: number, word = 'k'): RecordKeyId[] => Array.from({ length: count }, (_, i) => id(`${word}${i}`));

whenPostgres('keys in PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  const opened: { close(): Promise<void> }[] = [];
  const keks = { atHand: [] as Buffer[] };
  const databaseOf = (at: string): string => new URL(at).pathname.slice(1);

  /** Another process, as far as PostgreSQL can tell. */
  const open = async (other: { readonly at?: string; readonly owner?: string; readonly create?: boolean; readonly atHand?: () => readonly Buffer[] } = {}): Promise<PostgresKeyStore> => {
    const postgres = new Postgres(readSettings({ DAYBOOK_STATE_URL: other.at ?? url }).state!);
    opened.push(postgres);
    const keys = await openPostgresKeyStore({ postgres, owner: 'ledger-1', create: true, ...other, atHand: async () => (other.atHand?.() ?? keks.atHand).map((kek) => Buffer.from(kek)) });
    opened.push(keys);
    return keys;
  };
  const sql = <R>(text: string, values?: unknown[]): Promise<R[]> => server.run<R>(databaseOf(url), text, values);
  const until = async (seen: () => Promise<boolean> | boolean): Promise<void> => { while (!(await seen())) await delay(20); };
  /** Those of some bytes that stand in any file of the server. */
  const found = (sought: readonly Buffer[], under = server.data): readonly Buffer[] => {
    const files = fs.readdirSync(under, { recursive: true, encoding: 'utf8' }).map((name) => path.join(under, name)).filter((file) => fs.statSync(file).isFile()).map((file) => fs.readFileSync(file));
    return sought.filter((bytes) => files.some((file) => file.includes(bytes)));
  };

  beforeAll(async () => { server = await new PostgresServer().start(); });
  beforeEach(async () => {
    keks.atHand = [randomBytes(32)];
    url = await server.newDatabase();
  });
  afterEach(async () => { for (const one of opened.splice(0).reverse()) await one.close(); });
  afterAll(() => server.remove());

  keyStoreContract('the key store in PostgreSQL', () => open());

  it('gives two processes that ask at the same time the same keys, and both those of the other', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    for (let round = 0; round < 20; round++) {
      const names = ids(30, `r${round}-`);
      const [a, b] = await Promise.all([one.ensure(names), two.ensure([...names].reverse())]);
      for (const name of names) expect(a.get(name)).toEqual(b.get(name));
    }
    expect(await sql('SELECT count(*)::int AS n FROM daybook.record_keys')).toEqual([{ n: 600 }]);
  });

  it('is laid out once by many who start at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
    const made = await Promise.all(stores.map((keys) => keys.ensure([id('a')])));
    expect(new Set(made.map((keys) => Buffer.from(keys.get(id('a'))!).toString('hex'))).size).toBe(1);
  });

  it('commits to the disk before it answers, also where the server would not', async () => {
    await server.run('postgres', `ALTER DATABASE ${databaseOf(url)} SET synchronous_commit = off`);
    const keys = await open();
    const { postgres } = (keys as unknown as { parts: { postgres: Postgres } }).parts;
    expect(await postgres.query('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  });

  it('has every answered key after the server was killed, and goes on by itself', async () => {
    const keys = await open();
    const before = await keys.ensure(ids(200));
    await server.kill();
    await expect(keys.ensure([id('new')])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await server.start();
    await until(() => keys.ensure([id('new')]).then(() => true, () => false));
    const after = await open();
    expect(await after.get(ids(200))).toEqual(before);
    expect((await after.get([id('new')])).size).toBe(1);
  });

  it('refuses another key-encryption key, the keys of another folder, and keys that are not there', async () => {
    await expect(open({ create: false })).rejects.toThrow('there are no keys in this PostgreSQL');
    await open();
    await expect(open({ atHand: () => [randomBytes(32)] })).rejects.toThrow('not the one that these keys were wrapped with');
    await expect(open({ owner: 'ledger-2' })).rejects.toThrow('belong to another data folder');
    await sql("UPDATE daybook.parts SET version = 99 WHERE name = 'keys'");
    await expect(open()).rejects.toThrow('newer program');
  });

  it('stores no key in clear, and opens no row that was put in the place of another', async () => {
    const keys = await open();
    const made = await keys.ensure([id('a'), id('b')]);
    await sql('CHECKPOINT');
    expect(found([Buffer.from(made.get(id('a'))!)])).toEqual([]);
    await sql("UPDATE daybook.record_keys SET wrapped = (SELECT wrapped FROM daybook.record_keys WHERE id = 'b') WHERE id = 'a'");
    const again = await open();
    const [a, b] = await Promise.allSettled([again.ensure([id('a')]), again.ensure([id('b'), id('c')])]);
    expect(a).toMatchObject({ status: 'rejected', reason: { code: 'KEY_ENCRYPTION' } });
    expect(b).toMatchObject({ status: 'fulfilled' });
  });

  describe('a destroyed key', () => {
    const cached = (keys: PostgresKeyStore) => (keys as unknown as { cache: { has(id: string): boolean; get(id: string): Buffer | undefined } }).cache;

    it('is of no use to another process, which hears of it', async () => {
      const [one, two] = [await open(), await open()];
      await two.ensure([id('a')]);
      const held = cached(two).get('a')!;
      await one.destroy(id('a'));
      await until(() => !cached(two).has('a'));
      expect(held).toEqual(Buffer.alloc(32));
      expect((await two.get([id('a')])).size).toBe(0);
      expect((await two.ensure([id('a')])).size).toBe(0);
    });

    it('is of no use to a process to which no notice comes', async () => {
      const keys = await open();
      await keys.ensure([id('a')]);
      await sql("UPDATE daybook.record_keys SET wrapped = NULL WHERE id = 'a'");
      await sql('UPDATE daybook.key_owner SET destructions = destructions + 1');
      await until(async () => (await keys.get([id('a')])).size === 0);
    });

    it('is of no use to a process that can hear nothing, because it believes its memory no longer', async () => {
      const keys = await open();
      await keys.ensure([id('a')]);
      await server.stop();
      await until(() => keys.get([id('a')]).then(() => false, () => true));
      expect(cached(keys).has('a')).toBe(false);
      await server.start();
    });

    it('leaves nothing in the files of its table', async () => {
      const keys = await open();
      await keys.ensure(ids(300));
      const doomed = ids(300).filter((_, i) => i % 7 === 0 || i > 290);
      const wrapped = (await sql<{ wrapped: Buffer }>('SELECT wrapped FROM daybook.record_keys WHERE id = ANY($1)', [doomed])).map((row) => row.wrapped.subarray(12, 44));
      await sql('CHECKPOINT');
      const [{ oid }] = (await sql<{ oid: number }>('SELECT oid FROM pg_database WHERE datname = current_database()')) as [{ oid: number }];
      const tables = path.join(server.data, 'base', String(oid));
      expect(found(wrapped, tables)).toHaveLength(doomed.length); // the search is not blind
      await keys.destroy(...doomed);
      await sql('CHECKPOINT');
      expect(found(wrapped, tables)).toEqual([]);
      expect((await keys.get(ids(300))).size).toBe(300 - doomed.length);
    });

    it('is not said to be gone while somebody reads the past, and is when asked again', async () => {
      const keys = await open();
      await keys.ensure([id('a'), id('b')]);
      const reader = new Client({ host: server.folder, user: 'daybook', database: databaseOf(url) });
      await reader.connect();
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await reader.query('SELECT 1 FROM pg_class');
      await expect(keys.destroy(id('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'unknown' });
      expect((await keys.get([id('a')])).size).toBe(0);
      await reader.end();
      await keys.destroy(id('a'));
    });
  });

  describe('a new key-encryption key', () => {
    it('is taken up while another process makes and reads keys', async () => {
      const [old, next] = [keks.atHand[0]!, randomBytes(32)];
      const [one, two] = [await open(), await open()];
      const before = await one.ensure(ids(1_200));
      keks.atHand = [old, next];
      let made = 0;
      const busy = { until: false };
      const making = (async () => { while (!busy.until) await two.ensure([id(`busy${made++}`), id(`k${made % 1_200}`)]); })();
      await one.rotate(next);
      await one.destroy(id('k7'));
      busy.until = true;
      await making;
      expect([one.rotating, await sql('SELECT DISTINCT generation FROM daybook.record_keys WHERE wrapped IS NOT NULL')]).toEqual([true, [{ generation: 2 }]]);
      await one.settleRotation();
      keks.atHand = [next];
      const after = await open();
      const found = await after.get(ids(1_200));
      for (const name of ids(1_200)) expect(found.get(name)).toEqual(name === 'k7' ? undefined : before.get(name));
      expect((await after.get(ids(made, 'busy'))).size).toBe(made);
      await expect(open({ atHand: () => [old] })).rejects.toThrow('not the one that these keys were wrapped with');
      await two.ensure([id('last')]);
    });

    it('may be taken up again after it was cut short, with both keys at hand and with neither alone', async () => {
      const [old, next] = [keks.atHand[0]!, randomBytes(32)];
      const one = await open();
      const before = await one.ensure(ids(700));
      keks.atHand = [old, next];
      const { rotation } = one as unknown as { rotation: { begin(generations: unknown, next: Buffer): Promise<unknown> } };
      await rotation.begin((one as unknown as { generations: unknown }).generations, next);
      await expect(open({ atHand: () => [old] })).rejects.toThrow('.next at its end');
      const early = await open({ atHand: () => [next] });
      await expect(early.resumeRotation(Buffer.from(next))).rejects.toThrow('is under another key-encryption key');
      const again = await open();
      await again.resumeRotation(Buffer.from(old));
      expect(again.rotating).toBe(true);
      const last = await open({ atHand: () => [next] });
      await last.resumeRotation(Buffer.from(next));
      expect(await last.get(ids(700))).toEqual(before);
      expect(await sql('SELECT generation FROM daybook.keks')).toEqual([{ generation: 2 }]);
    });

    it('leaves nothing in the whole server from which the old one leads to it, or back', async () => {
      const [old, next] = [keks.atHand[0]!, randomBytes(32)];
      const keys = await open();
      await keys.ensure(ids(50));
      keks.atHand = [old, next];
      await keys.rotate(next);
      await keys.settleRotation();
      expect(await sql('SELECT count(*)::int AS n FROM daybook.keks')).toEqual([{ n: 1 }]);
      // What it keeps of either are values that it cannot open: the server was never sent a key, wrapped or not.
      await sql('CHECKPOINT');
      expect(found([old, next])).toEqual([]);
    });
  });

  describe('a backup', () => {
    const folder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-keys-'));
    const kekIn = (place: string): string => {
      const file = path.join(place, 'kek');
      makeDurably(file, keks.atHand[0]!.toString('base64url'));
      return file;
    };

    it('can be restored into another PostgreSQL and into a folder, with what was destroyed', async () => {
      const keys = await open();
      const before = await keys.ensure(ids(2_100));
      await keys.destroy(id('k5'), id('never'));
      const place = folder();
      const file = path.join(place, 'backup');
      await keys.copyTo(file);
      const elsewhere = await server.newDatabase();
      const postgres = new Postgres(readSettings({ DAYBOOK_STATE_URL: elsewhere }).state!);
      opened.push(postgres);
      expect(await putKeysIntoPostgres(postgres, file, Buffer.from(keks.atHand[0]!))).toBe(true);
      expect(await putKeysIntoPostgres(postgres, file, Buffer.from(keks.atHand[0]!))).toBe(false);
      expect(copyKeysBack({ from: file, folder: place, kek: Buffer.from(keks.atHand[0]!) })).toBe(true);
      const restored = [await open({ at: elsewhere, create: false }), openFileKeyStore({ folder: place, kekFile: kekIn(place), owner: 'ledger-1' })];
      for (const other of restored) {
        const after = await other.get(ids(2_100));
        for (const name of ids(2_100)) expect(after.get(name)).toEqual(name === 'k5' ? undefined : before.get(name));
        expect(await other.destroyed([id('k5'), id('never'), id('k6')])).toEqual([id('k5'), id('never')]);
      }
      await restored[1]!.close();
      fs.rmSync(place, { recursive: true });
    });

    it('of a folder can be restored into PostgreSQL; what is none, or under another key-encryption key, changes nothing', async () => {
      const place = folder();
      const file = openFileKeyStore({ folder: place, kekFile: kekIn(place), owner: 'ledger-1', create: true });
      const before = await file.ensure(ids(10));
      await file.copyTo(path.join(place, 'backup'));
      await file.close();
      const postgres = new Postgres(readSettings({ DAYBOOK_STATE_URL: url }).state!);
      opened.push(postgres);
      await expect(putKeysIntoPostgres(postgres, path.join(place, 'kek'), Buffer.from(keks.atHand[0]!))).rejects.toThrow('not a whole backup');
      await expect(putKeysIntoPostgres(postgres, path.join(place, 'backup'), randomBytes(32))).rejects.toThrow('not the one');
      new Database(path.join(place, 'backup')).exec("UPDATE record_keys SET wrapped = zeroblob(60) WHERE id = 'k9'").close();
      await expect(putKeysIntoPostgres(postgres, path.join(place, 'backup'), Buffer.from(keks.atHand[0]!))).rejects.toThrow('does not open');
      await expect(open({ create: false })).rejects.toThrow('there are no keys');
      expect(await putKeysIntoPostgres(postgres, path.join(place, 'keys.db'), Buffer.from(keks.atHand[0]!))).toBe(true);
      expect(await (await open({ create: false })).get(ids(10))).toEqual(before);
      fs.rmSync(place, { recursive: true });
    });
  });
});
