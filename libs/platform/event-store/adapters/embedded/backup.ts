import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { compiled } from '#platform/settings';
import type { Head } from '../../event-store';
import { copyLog } from './copy-log';
import { syncFolder } from './schema';

export interface BackupReport {
  /** The newest event of the copy. */
  readonly head: Head;
  readonly bytes: number;
}

/** A backup or restore was not made; nothing was left behind under the name asked for. */
export class BackupRefusedError extends Error {
  override readonly name = 'BackupRefusedError';
  constructor(readonly code: 'TARGET_EXISTS' | 'COPY_FAILED' | 'COPY_BROKEN', message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** Copies a log that may be in use, in a thread of its own. @throws BackupRefusedError */
export const backupLog = (from: string, to: string): Promise<BackupReport> => {
  refuseExisting(to);
  const worker = new Worker(compiled(require.resolve('./backup.thread')), { workerData: { from, to: partOf(to) } });
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      fs.rmSync(partOf(to), { force: true });
      reject(error instanceof BackupRefusedError ? error : new BackupRefusedError('COPY_FAILED', 'the log could not be copied', { cause: error }));
    };
    worker.once('error', fail);
    worker.once('message', (head: Head) => {
      try {
        resolve(finish(to, head));
      } catch (error) {
        fail(error as Error);
      }
    });
  });
};

/**
 * Puts a backup where there is no log yet, after checking it.
 * @throws BackupRefusedError when there is one, or when the backup is broken
 */
export const restoreEmbedded = (from: string, into: string): BackupReport => {
  for (const file of [into, `${into}-wal`, `${into}-shm`]) refuseExisting(file);
  try {
    return finish(into, copyLog(from, partOf(into)));
  } catch (error) {
    fs.rmSync(partOf(into), { force: true });
    if (error instanceof BackupRefusedError) throw error;
    throw new BackupRefusedError('COPY_BROKEN', 'the backup cannot be restored', { cause: error });
  }
};

const partOf = (file: string): string => `${file}.part`;

const refuseExisting = (file: string): void => {
  if (fs.existsSync(file)) throw new BackupRefusedError('TARGET_EXISTS', `there is already a file ${path.basename(file)}`);
};

// If it dies before the rename, a `.part` file is left, which the next attempt replaces.
const finish = (file: string, head: Head): BackupReport => {
  const fd = fs.openSync(partOf(file), 'r+');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  refuseExisting(file);
  fs.renameSync(partOf(file), file);
  syncFolder(path.dirname(file));
  return { head, bytes: fs.statSync(file).size };
};
