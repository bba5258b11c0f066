import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AsyncSync } from './async-sync';
import { FileKeyStore } from './file-key-store';
import { CHECK, checkFor, ringOf } from './kek-ring';
import { layOutKeys } from './keys-table';
import { KeyEncryptionError, makeDurably, readKekFile, syncName } from './key-encryption';

export interface FileKeyStoreOptions {
  readonly folder: string;
  readonly kekFile: string;
  /** The key-encryption key itself, where a service opened what the file holds; it is wiped when the store is closed. */
  readonly kek?: Buffer;
  /** Whose keys these are: the id of the data folder. Keys of another folder are refused. */
  readonly owner: string;
  /** Makes an empty key store; without it a missing one is an error, because new keys could open nothing. */
  readonly create?: boolean;
}

/** Where the keys of a folder stand. */
export const keysFile = (folder: string): string => path.join(folder, 'keys.db');

const claimed = (db: Database.Database): boolean => db.prepare('SELECT 1 FROM about').get() !== undefined;

const claim = (db: Database.Database, kek: Buffer, owner: string): void => {
  const put = db.prepare<[string, Buffer]>('INSERT INTO about (name, value) VALUES (?, ?)');
  db.transaction(() => {
    put.run('owner', Buffer.from(owner, 'utf8'));
    put.run(CHECK, checkFor(kek, CHECK));
  })();
};

const ownerIn = (db: Database.Database): string | undefined => db.prepare<[], { value: Buffer }>("SELECT value FROM about WHERE name = 'owner'").get()?.value.toString('utf8');

const checkOwner = (db: Database.Database, owner: string): void => {
  if (ownerIn(db) !== owner) throw new KeyEncryptionError('these keys belong to another data folder');
};

/**
 * The key store of a data folder: an SQLite file of keys wrapped by the key-encryption key. One process has it open.
 * @throws KeyEncryptionError when it is missing, another folder's, or the key-encryption key does not fit
 */
export const openFileKeyStore = ({ folder, kekFile, kek: given, owner, create = false }: FileKeyStoreOptions): FileKeyStore => {
  const file = keysFile(folder);
  const existing = fs.existsSync(file);
  if (!existing && !create) throw new KeyEncryptionError(`there are no keys in ${folder}; restore them with: daybook keys restore FILE`);
  const kek = given ?? readKekFile(kekFile);
  if (!existing) makeDurably(file);
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    // A commit only writes; a key is answered when the write-ahead log is on the disk, which `AsyncSync` sees to.
    db.pragma('synchronous = NORMAL');
    db.pragma('secure_delete = ON');
    layOutKeys(db);
    if (create && !claimed(db)) claim(db, kek, owner);
    checkOwner(db, owner);
    const ring = ringOf(db, kek);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return new FileKeyStore(db, ring, new AsyncSync(`${file}-wal`));
  } catch (error) {
    db.close();
    throw error;
  }
};

/**
 * Puts backed-up keys into a folder that holds none; false when it holds some. The copy is checked before it gets its name.
 * @throws KeyEncryptionError when the file holds no whole keys or they do not open under this key-encryption key
 */
export const copyKeysBack = ({ from, folder, kek }: { readonly from: string; readonly folder: string; readonly kek: Buffer }): boolean => {
  const file = keysFile(folder);
  if (fs.existsSync(file)) return false;
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

/** Answers whose keys a file holds. @throws KeyEncryptionError when it holds no whole keys, or they do not open under this key-encryption key */
export const checkWhole = (file: string, kek: Buffer, from = file): string => {
  const db = new Database(file, { readonly: true });
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error('damaged');
    ringOf(db, kek);
    return ownerIn(db) ?? '';
  } catch (error) {
    if (error instanceof KeyEncryptionError) throw error;
    throw new KeyEncryptionError(`${from} is not a whole backup of keys`);
  } finally {
    db.close();
  }
};
