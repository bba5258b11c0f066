import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';
import type { RecordKeyId } from '#kernel';
import { AsyncSync } from './async-sync';
import { KeyEncryptionError, makeDurably, readKekFile, syncName, unwrap, wrap } from './key-encryption';
import type { KeyStore } from './key-store';

export interface FileKeyStoreOptions {
  readonly folder: string;
  readonly kekFile: string;
  /** Whose keys these are: the id of the data folder. Keys of another folder are refused. */
  readonly owner: string;
  /** Makes an empty key store; without it a missing one is an error, because new keys could open nothing. */
  readonly create?: boolean;
}

type Keys = ReadonlyMap<RecordKeyId, Uint8Array>;

interface Waiting {
  readonly ids: readonly RecordKeyId[];
  readonly resolve: (keys: Keys) => void;
  readonly reject: (error: unknown) => void;
}

/** Unwrapped keys kept in memory at most; the one unused for longest goes first. */
const CACHED = 20_000;

const schema = `
  CREATE TABLE IF NOT EXISTS record_keys (id TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;`;

/** Where the keys of a folder stand. */
export const keysFile = (folder: string): string => path.join(folder, 'keys.db');

/** Key store in a folder. See `openFileKeyStore`. */
export class FileKeyStore implements KeyStore {
  private waiting: Waiting[] = [];
  private readonly cache = new Map<RecordKeyId, Buffer>();
  /** Made, but perhaps not on the disk yet. */
  private readonly fresh = new Set<RecordKeyId>();
  private readonly find: Database.Statement<[string], { wrapped: Buffer | null }>;
  private readonly insert: Database.Statement<[string, Buffer]>;
  private readonly commit: Database.Transaction<(waiting: readonly Waiting[]) => Keys[]>;

  /** `log` puts the write-ahead log on the disk: transactions leave that to it, so that nobody's thread waits for the disk. */
  constructor(private readonly db: Database.Database, private readonly kek: Buffer, private readonly log: AsyncSync) {
    this.find = db.prepare('SELECT wrapped FROM record_keys WHERE id = ?');
    this.insert = db.prepare('INSERT INTO record_keys (id, wrapped) VALUES (?, ?)');
    this.commit = db.transaction((waiting) => waiting.map(({ ids }) => this.answer(ids, (id) => this.stored(id, true))));
  }

  ensure(ids: readonly RecordKeyId[]): Promise<Keys> {
    if (ids.every((id) => this.cache.has(id) && !this.fresh.has(id))) return this.get(ids);
    return new Promise((resolve, reject) => {
      // Everything asked for in this turn of the event loop shares one transaction.
      if (this.waiting.push({ ids, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  async get(ids: readonly RecordKeyId[]): Promise<Keys> {
    return this.answer(ids, (id) => this.stored(id, false));
  }

  async missing(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    return ids.filter((id) => !this.find.get(id));
  }

  async destroy(id: RecordKeyId): Promise<void> {
    this.flush();
    this.cache.get(id)?.fill(0);
    this.cache.delete(id);
    this.write(() => this.db.prepare('INSERT INTO record_keys (id, wrapped) VALUES (?, NULL) ON CONFLICT (id) DO UPDATE SET wrapped = NULL').run(id));
    // If it dies here, the wrapped key is gone from the table but still stands in the write-ahead log; opening the store truncates that.
    const [state] = this.write(() => this.db.pragma('wal_checkpoint(TRUNCATE)')) as { busy: number }[];
    if (state?.busy !== 0) throw new StoreUnavailableError('the key is not destroyed for good while another program reads the keys: ask again when it has ended', 'unknown');
  }

  async close(): Promise<void> {
    this.flush();
    await this.log.close();
    for (const key of this.cache.values()) key.fill(0);
    this.cache.clear();
    this.kek.fill(0);
    this.db.close();
  }

  /** Writes a copy of the wrapped keys, without what was deleted, to a new file. */
  copyTo(file: string): void {
    this.flush();
    this.write(() => this.db.prepare('VACUUM INTO ?').run(file));
  }

  private flush(): void {
    const waiting = this.waiting;
    if (waiting.length === 0) return;
    this.waiting = [];
    try {
      const answers = this.write(() => this.commit.immediate(waiting));
      void this.answerDurably(waiting, answers);
    } catch (error) {
      this.cache.clear(); // keys made in the transaction that failed exist nowhere
      if (waiting.length === 1) waiting[0]!.reject(error);
      else waiting.forEach((one) => this.alone(one)); // one unreadable key is no reason to fail the others
    }
  }

  private async answerDurably(waiting: readonly Waiting[], answers: readonly Keys[]): Promise<void> {
    try {
      if (this.fresh.size > 0) await this.log.sync();
      for (const { ids } of waiting) for (const id of ids) this.fresh.delete(id);
      waiting.forEach(({ resolve }, i) => resolve(answers[i]!));
    } catch (error) {
      const failure = new StoreUnavailableError('the key store cannot reach its disk', 'no', { cause: error });
      for (const { reject } of waiting) reject(failure);
    }
  }

  private alone(one: Waiting): void {
    this.waiting = [one];
    this.flush();
  }

  private answer(ids: readonly RecordKeyId[], keyOf: (id: RecordKeyId) => Buffer | undefined): Keys {
    const keys = new Map<RecordKeyId, Uint8Array>();
    for (const id of ids) {
      const key = this.cache.get(id) ?? keyOf(id);
      if (!key) continue;
      this.remember(id, key);
      keys.set(id, Uint8Array.from(key)); // a copy: the cached one is wiped when it is destroyed
    }
    return keys;
  }

  private stored(id: RecordKeyId, make: boolean): Buffer | undefined {
    const row = this.find.get(id);
    if (row) return row.wrapped ? unwrap(this.kek, id, row.wrapped) : undefined;
    if (!make) return undefined;
    const key = randomBytes(32);
    this.insert.run(id, wrap(this.kek, id, key));
    this.fresh.add(id);
    return key;
  }

  private remember(id: RecordKeyId, key: Buffer): void {
    this.cache.delete(id);
    this.cache.set(id, key);
    if (this.cache.size <= CACHED) return;
    const [oldest] = this.cache.keys();
    this.cache.delete(oldest!);
  }

  private write<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof KeyEncryptionError) throw error;
      throw new StoreUnavailableError('the key store cannot write', 'no', { cause: error });
    }
  }
}

const KEK_CHECK = 'kek-check';

const checkKek = (db: Database.Database, kek: Buffer): void => {
  const row = db.prepare<[string], { value: Buffer }>('SELECT value FROM about WHERE name = ?').get(KEK_CHECK);
  try {
    unwrap(kek, KEK_CHECK, row?.value ?? Buffer.alloc(0));
  } catch {
    throw new KeyEncryptionError('the key-encryption key is not the one that these keys were wrapped with');
  }
};

const claimed = (db: Database.Database): boolean => db.prepare('SELECT 1 FROM about').get() !== undefined;

const claim = (db: Database.Database, kek: Buffer, owner: string): void => {
  const put = db.prepare<[string, Buffer]>('INSERT INTO about (name, value) VALUES (?, ?)');
  db.transaction(() => {
    put.run('owner', Buffer.from(owner, 'utf8'));
    put.run(KEK_CHECK, wrap(kek, KEK_CHECK, randomBytes(32)));
  })();
};

const checkOwner = (db: Database.Database, owner: string): void => {
  const row = db.prepare<[], { value: Buffer }>("SELECT value FROM about WHERE name = 'owner'").get();
  if (row?.value.toString('utf8') !== owner) throw new KeyEncryptionError('these keys belong to another data folder');
};

/**
 * The key store of a data folder: an SQLite file of keys wrapped by the key-encryption key. One process has it open.
 * @throws KeyEncryptionError when it is missing, another folder's, or the key-encryption key does not fit
 */
export const openFileKeyStore = ({ folder, kekFile, owner, create = false }: FileKeyStoreOptions): FileKeyStore => {
  const file = keysFile(folder);
  const existing = fs.existsSync(file);
  if (!existing && !create) throw new KeyEncryptionError(`there are no keys in ${folder}; restore them with: daybook keys restore FILE`);
  const kek = readKekFile(kekFile);
  if (!existing) makeDurably(file);
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    // A commit only writes; a key is answered when the write-ahead log is on the disk, which `AsyncSync` sees to.
    db.pragma('synchronous = NORMAL');
    db.pragma('secure_delete = ON');
    db.exec(schema);
    if (create && !claimed(db)) claim(db, kek, owner);
    checkOwner(db, owner);
    checkKek(db, kek);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return new FileKeyStore(db, kek, new AsyncSync(`${file}-wal`));
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * Puts backed-up keys into a folder that holds none; false when it holds some. The copy is checked before it gets its name.
 * @throws KeyEncryptionError when the file holds no whole keys or they do not open under this key-encryption key
 */
export const copyKeysBack = ({ from, folder, kekFile }: { readonly from: string; readonly folder: string; readonly kekFile: string }): boolean => {
  const file = keysFile(folder);
  if (fs.existsSync(file)) return false;
  const kek = readKekFile(kekFile);
  const arriving = `${file}.restoring`;
  try {
    fs.rmSync(arriving, { force: true });
    makeDurably(arriving, fs.readFileSync(from));
    checkWhole(arriving, kek, from);
    fs.renameSync(arriving, file);
    syncName(file);
    return true;
  } finally {
    fs.rmSync(arriving, { force: true });
  }
};

const checkWhole = (file: string, kek: Buffer, from: string): void => {
  const db = new Database(file, { readonly: true });
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error('damaged');
    checkKek(db, kek);
  } catch (error) {
    if (error instanceof KeyEncryptionError) throw error;
    throw new KeyEncryptionError(`${from} is not a whole backup of keys`);
  } finally {
    db.close();
  }
};
