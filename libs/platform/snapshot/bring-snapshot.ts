import fs from 'node:fs';
import path from 'node:path';
import { FolderError } from '#platform/folder';
import { digestOf, sync } from './files';
import type { SnapshotFile } from './manifest';

const differs = (file: string): FolderError =>
  new FolderError('SNAPSHOT_BROKEN', `${file} is not there, or not what its snapshot says of it: make a new one (daybook snapshot), or start again if one was being made`);

/** What is put in place is read once more: it is that which must be whole. */
const bring = async (from: string, { place, file, sha256 }: SnapshotFile, into: string): Promise<void> => {
  const [source, target] = [path.join(from, file), path.join(into, place)];
  if (!fs.existsSync(source)) throw differs(source);
  await fs.promises.copyFile(source, target, fs.constants.COPYFILE_EXCL | fs.constants.COPYFILE_FICLONE);
  fs.chmodSync(target, 0o600);
  if ((await digestOf(target)) !== sha256) throw differs(source);
  sync(target);
};

/** Copies files of a snapshot into a folder, under the names of a data folder. What was brought before one of them differed stays there. @throws FolderError */
export const bringFiles = async (from: string, files: readonly SnapshotFile[], into: string): Promise<void> => {
  for (const file of files) await bring(from, file, into);
};
