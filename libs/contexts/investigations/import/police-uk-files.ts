import fs from 'node:fs/promises';
import path from 'node:path';
import { SourceFileError } from './source-file-error';

export type PoliceUkKind = 'street' | 'outcomes';

/** A monthly file as data.police.uk names it: `2021-08-bedfordshire-street.csv`, plain or gzipped. */
export interface PoliceUkFile {
  readonly path: string;
  readonly kind: PoliceUkKind;
  readonly gzipped: boolean;
  readonly bytes: number;
}

const NAME = /(?:^|-)(street|outcomes)\.csv(\.gz)?$/i;

/**
 * The files that these files and folders hold, sorted by path; stop-and-search and everything else is left out and counted as ignored.
 * @throws SourceFileError when a path does not exist or no file of ours is there
 */
export const findPoliceUkFiles = async (paths: readonly string[]): Promise<{ readonly files: readonly PoliceUkFile[]; readonly ignored: number }> => {
  const found = (await Promise.all(paths.map(filesUnder))).flat().sort();
  const files: PoliceUkFile[] = [];
  for (const file of found) {
    const match = NAME.exec(path.basename(file));
    if (!match) continue;
    const { size } = await fs.stat(file);
    files.push({ path: file, kind: match[1]!.toLowerCase() as PoliceUkKind, gzipped: match[2] !== undefined, bytes: size });
  }
  if (files.length === 0) throw new SourceFileError('NO_FILES', paths.join(', '), 'holds no file named like 2021-08-bedfordshire-street.csv or -outcomes.csv (plain or .gz)');
  return { files, ignored: found.length - files.length };
};

const filesUnder = async (given: string): Promise<string[]> => {
  const stat = await fs.stat(given).catch((cause: unknown) => {
    throw new SourceFileError('NO_SUCH_FILE', given, 'cannot be found or opened', { cause });
  });
  if (!stat.isDirectory()) return [given];
  const entries = await fs.readdir(given, { withFileTypes: true });
  // Links inside a folder are not followed, so that no folder is walked twice or for ever.
  const inside = entries.map(async (entry) => {
    const inner = path.join(given, entry.name);
    if (entry.isDirectory()) return filesUnder(inner);
    return entry.isFile() ? [inner] : [];
  });
  return (await Promise.all(inside)).flat();
};
