import fs from 'node:fs';
import path from 'node:path';
import type { EventPlace } from '#platform/event-store';
import { FolderError } from '#platform/folder';
import type { FolderMark } from '#platform/folder';
import type { CopiedModel } from '#platform/read-store';

/** One file of a snapshot. */
export interface SnapshotFile {
  /** Its name in a data folder. */
  readonly place: 'log.db' | 'read.db' | 'looks.db';
  /** Its name in the folder of snapshots. */
  readonly file: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** What it holds, where it is a file of read models. */
  readonly models?: readonly CopiedModel[];
}

/** What a snapshot is, as `snapshot.json` says. */
export interface Snapshot {
  readonly format: 1;
  readonly ledger: Pick<FolderMark, 'id' | 'kind' | 'sample'>;
  /** Name and version of the program that made it. */
  readonly program: string;
  /** A UTC instant of the machine. */
  readonly madeAt: string;
  /** Number of the newest event in its copy of the log; -1 when there is none. */
  readonly number: number;
  /** The last event of its copy of the log; null when that is empty. */
  readonly newest: EventPlace | null;
  /** The event up to which every read model of the ledger holds everything; null when one of them holds nothing. */
  readonly reached: EventPlace | null;
  /** Number of the last erasure in its copy of the log; -1 when there is none. */
  readonly lastErasure: number;
  readonly files: readonly SnapshotFile[];
}

/** The one name under which a snapshot is found: whoever reads it sees the last one that is whole. */
export const MANIFEST = 'snapshot.json';

const broken = (file: string): FolderError => new FolderError('SNAPSHOT_BROKEN', `${file} cannot be read as a snapshot by this version of Daybook: make a new one (daybook snapshot)`);

const parse = (file: string): Snapshot => {
  try {
    const snapshot = JSON.parse(fs.readFileSync(file, 'utf8')) as Snapshot;
    // A name that leads elsewhere is no file of a snapshot.
    if (snapshot.format === 1 && typeof snapshot.ledger.id === 'string' && snapshot.files.every((each) => path.basename(each.file) === each.file && path.basename(each.place) === each.place)) return snapshot;
  } catch {
    // falls through to the sentence below
  }
  throw broken(file);
};

/** Whoever could write there could show anybody every record, by rows that say so. */
const refuseOpen = (folder: string): void => {
  if ((fs.statSync(folder).mode & 0o002) !== 0)
    throw new FolderError('SNAPSHOT_OPEN_TO_OTHERS', `${folder} may be written by anybody: let its owner alone write it (chmod o-w)`);
};

/** The snapshot in a folder; undefined when there is none in it yet. @throws FolderError when there is no such folder, or what is in it cannot be used */
export const readSnapshot = (folder: string): Snapshot | undefined => {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new FolderError('NO_SUCH_PLACE', `there is no folder of snapshots ${folder}`);
  const file = path.join(folder, MANIFEST);
  if (!fs.existsSync(file)) return undefined;
  refuseOpen(folder);
  return parse(file);
};
