import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { restoreEmbedded } from '#platform/event-store';
import type { Settings } from '#platform/settings';
import { checkWhole } from '#platform/vault';
import type { KeptKeyStore } from '#platform/vault';
import { FolderError } from './errors';
import { checkKeysApart, isEmptyFolder, logOf, markOf, stateOf, writeMark } from './folder';
import type { Folder, FolderMark } from './folder';
import { holdFolder } from './hold';
import { kekFileOf, kekSourceOf } from './kek-place';
import { putKeysBack } from './key-place';

/** Writes a copy of the log, consistent to one event, to a new file. */
export type CopyLog = (file: string) => Promise<void> | void;

const synced = (file: string): void => {
  for (const place of [file, path.dirname(file)]) {
    const handle = fs.openSync(place, 'r');
    fs.fsyncSync(handle);
    fs.closeSync(handle);
  }
};

const refuseExisting = (file: string): void => {
  if (fs.existsSync(file)) throw new FolderError('FILE_EXISTS', `${file} exists already; a backup overwrites nothing`);
};

/** A copy that fails after an hour for want of a folder is an hour lost. */
const refuseNowhere = (file: string): void => {
  const folder = path.dirname(file);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new FolderError('NO_SUCH_PLACE', `there is no folder ${folder}; make it first`);
  try {
    fs.accessSync(folder, fs.constants.W_OK);
  } catch {
    throw new FolderError('NO_SUCH_PLACE', `${folder} may not be written to by this account`);
  }
};

const refuseMissing = (file: string): void => {
  if (!fs.existsSync(file)) throw new FolderError('NOT_A_BACKUP', `there is no file ${file}`);
};

/** Makes `file` by way of a neighbour, so that a file of this name is always whole. */
const madeWhole = async (file: string, make: (partial: string) => Promise<void> | void): Promise<void> => {
  refuseExisting(file);
  refuseNowhere(file);
  const partial = `${file}.partial`;
  fs.rmSync(partial, { force: true });
  try {
    await make(partial);
    synced(partial);
    fs.chmodSync(partial, 0o600);
    refuseExisting(file);
    fs.renameSync(partial, file);
    synced(file);
  } finally {
    fs.rmSync(partial, { force: true });
  }
};

const markIntoBackup = ({ format, id, kind, sample }: Folder): FolderMark => ({ format, id, kind, ...(sample ? { sample } : {}) });

/**
 * Backs the log up to one new file, with what its folder is. The keys are not in it.
 * @throws FolderError when the file exists
 */
export const backUpLog = (folder: Folder, copyLog: CopyLog, file: string): Promise<void> =>
  madeWhole(file, async (partial) => {
    await copyLog(partial);
    const db = new Database(partial);
    try {
      db.pragma('journal_mode = DELETE');
      db.exec('CREATE TABLE folder_mark (mark TEXT NOT NULL)');
      db.prepare('INSERT INTO folder_mark (mark) VALUES (?)').run(JSON.stringify(markIntoBackup(folder)));
    } finally {
      db.close();
    }
  });

const markIn = (file: string): FolderMark => {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return JSON.parse((db.prepare('SELECT mark FROM folder_mark').get() as { mark: string }).mark) as FolderMark;
  } catch {
    throw notWhole(file);
  } finally {
    db?.close();
  }
};

const notWhole = (file: string): FolderError => new FolderError('NOT_A_BACKUP', `${file} is not a whole backup of a Daybook log`);

const placeLog = (file: string, log: string): void => {
  try {
    restoreEmbedded(file, log);
  } catch {
    throw notWhole(file);
  }
  const db = new Database(log);
  db.exec('DROP TABLE folder_mark');
  db.close();
  fs.chmodSync(log, 0o600);
};

/**
 * Restores a log into an empty data folder. Call it while holding the folder; the keys must be there, or be restored, before it is opened.
 * @throws FolderError when the folder is not empty or the file is no whole backup
 */
export const restoreLog = (settings: Settings, file: string): FolderMark => {
  if (!isEmptyFolder(settings.data)) throw new FolderError('FOLDER_NOT_EMPTY', `${settings.data} is not empty; a backup is restored into an empty folder only`);
  refuseMissing(file);
  // Where its keys were then, and who held its log, says nothing of where they will be.
  const { logIn: _, ...kept } = markIn(file);
  const mark: FolderMark = { ...kept, ...stateOf(settings), ...logOf(settings) };
  checkKeysApart(settings, mark.kind);
  placeLog(file, path.join(settings.data, 'log.db'));
  // If it dies here, the folder holds a log and is no data folder yet: empty it and restore again.
  writeMark(settings.data, mark);
  return mark;
};

/** Backs the wrapped keys up to one new file. Without the key-encryption key, which is not in it, they open nothing. @throws FolderError when the file exists */
export const backUpKeys = (keys: KeptKeyStore, file: string): Promise<void> => madeWhole(file, (partial) => keys.copyTo(partial));

/**
 * Restores wrapped keys where there are none: into the keys folder, or the PostgreSQL that the settings name. The key-encryption key must be in its
 * place. A data folder whose keys they are looks for them there from now on.
 * @throws FolderError when there are keys; @throws KeyEncryptionError when they do not open under the key-encryption key; @throws FolderBusyError
 */
export const restoreKeys = async (settings: Settings, file: string): Promise<void> => {
  refuseMissing(file);
  fs.mkdirSync(settings.keys, { recursive: true, mode: 0o700 });
  const hold = markOf(settings) && holdFolder(settings.data);
  try {
    const kek = await kekSourceOf(settings).read(kekFileOf(settings));
    const owner = checkWhole(file, kek);
    const mark = markOf(settings);
    // If it dies before the keys are there, the folder has none where it looks for them: restore them again.
    if (mark?.id === owner) writeMark(settings.data, moved(mark, settings));
    const isPut = await putKeysBack(settings, file, kek).catch((error: unknown) => error as Error);
    if (isPut === true) return;
    if (mark?.id === owner) writeMark(settings.data, mark);
    throw isPut === false ? new FolderError('KEYS_EXIST', `${settings.state ? 'this PostgreSQL' : settings.keys} holds keys already; keys are restored where there are none`) : isPut;
  } finally {
    hold?.release();
  }
};

const moved = ({ state: _, ...mark }: FolderMark, settings: Settings): FolderMark => ({ ...mark, ...stateOf(settings) });
