import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';
import { FolderBusyError } from './errors';

/** The right to a data folder. It ends with the process, however that ends. */
export interface Hold {
  release(): void;
}

// A connection that nobody refers to is collected and closed, and with it the lock would go.
const held = new Set<Database.Database>();

const lockFile = (folder: string): string => path.join(folder, 'owner.lock');
const pidFile = (folder: string): string => path.join(folder, 'owner.pid');

const ownerPid = (folder: string): number | undefined => {
  try {
    return Number(fs.readFileSync(pidFile(folder), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
};

/**
 * Takes hold of a data folder, making it when it does not exist. The hold is a lock of the operating system on `owner.lock`,
 * so a dead owner holds nothing; `owner.pid` only tells people who it is.
 * @throws FolderBusyError when another process (or another part of this one) has it
 * @throws StoreUnavailableError when the folder cannot be written
 */
export const holdFolder = (folder: string): Hold => {
  let db: Database.Database | undefined;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    db = new Database(lockFile(folder), { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    fs.writeFileSync(pidFile(folder), `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    db?.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') throw new FolderBusyError(folder, ownerPid(folder));
    throw new StoreUnavailableError(`${folder} cannot be used for writing`, 'no', { cause: error });
  }
  const lock = db;
  held.add(lock);
  return {
    release: () => {
      if (!held.delete(lock)) return;
      fs.rmSync(pidFile(folder), { force: true });
      lock.close();
    },
  };
};
