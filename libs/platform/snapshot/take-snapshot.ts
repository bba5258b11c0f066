import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { comparePositions, openEmbeddedReader } from '#platform/event-store';
import type { EventPlace, StoredEvent } from '#platform/event-store';
import { FolderError, holdFolder } from '#platform/folder';
import type { CopyLog, Folder } from '#platform/folder';
import { copyReadModels } from '#platform/read-store';
import type { CopiedModel } from '#platform/read-store';
import { digestOf, sync } from './files';
import { MANIFEST, readSnapshot } from './manifest';
import type { Snapshot, SnapshotFile } from './manifest';

/** What a snapshot is made of. */
export interface SnapshotSources {
  readonly folder: Folder;
  readonly program: string;
  readonly copyLog: CopyLog;
  /** The events that make older snapshots unusable: their category and their type. */
  readonly erasures: { readonly category: string; readonly type: string };
}

type CopyOfLog = Pick<Snapshot, 'number' | 'newest' | 'reached' | 'lastErasure'>;

const FILES = /^(log|read|looks)-[0-9a-f-]{36}\.db/;

/** Beside files, what may lie in a folder in which no snapshot was ever finished. */
const OTHERS = /^(owner\.(lock|lock-journal|pid)|lost\+found|snapshot\.json\.new)$/;

/** The snapshot that stands in a folder. One that this version cannot read is none: the next one takes its place. */
const standingIn = (folder: string): Snapshot | undefined => {
  try {
    return readSnapshot(folder);
  } catch (error) {
    if (error instanceof FolderError && error.code === 'SNAPSHOT_BROKEN') return undefined;
    throw error;
  }
};

/** Takes away what the snapshot that stands there does not need: files of the one before, and of any that did not come to its end. */
const sweep = (folder: string): void => {
  const kept = (standingIn(folder)?.files ?? []).map(({ file }) => file);
  for (const name of fs.readdirSync(folder)) if (FILES.test(name) && !kept.includes(name)) fs.rmSync(path.join(folder, name));
};

/** Leaves alone what is nobody's snapshot, or another ledger's. @throws FolderError */
const refuseStrange = (to: string, { id }: Folder): void => {
  if (!fs.existsSync(to)) return;
  const ledger = standingIn(to)?.ledger.id ?? id;
  if (ledger !== id) throw new FolderError('OTHER_LEDGER', `${to} holds a snapshot of another ledger (${ledger}); name another folder`);
  if (!fs.existsSync(path.join(to, MANIFEST)) && fs.readdirSync(to).some((name) => !FILES.test(name) && !OTHERS.test(name)))
    throw new FolderError('FOLDER_NOT_EMPTY', `${to} holds something else than snapshots; name a folder for them alone`);
};

const placeOf = ({ stream, revision, id }: StoredEvent): EventPlace => ({ stream, revision, id });

const earliest = (models: readonly CopiedModel[]): string =>
  models.map(({ position }) => position).reduce((first, position) => (comparePositions(position, first) < 0 ? position : first), models[0]?.position ?? '');

const lookThrough = async (file: string, models: readonly CopiedModel[], { category, type }: SnapshotSources['erasures']): Promise<CopyOfLog> => {
  const log = openEmbeddedReader(file);
  try {
    const { position, number } = log.currentHead();
    const at = (where: string): EventPlace | null => (where === '' ? null : placeOf(log.page(String(Number(where) - 1), 1).events[0]!));
    let lastErasure = -1;
    for await (const events of log.readByStream(position, { filter: { categories: [category] } }))
      for (const event of events) if (event.type === type) lastErasure = Math.max(lastErasure, event.number);
    return { number, newest: at(position), reached: at(earliest(models)), lastErasure };
  } finally {
    await log.close();
  }
};

const described = async (to: string, place: SnapshotFile['place'], file: string, models?: readonly CopiedModel[]): Promise<SnapshotFile> => {
  const whole = path.join(to, file);
  fs.chmodSync(whole, 0o600);
  sync(whole);
  return { place, file, bytes: fs.statSync(whole).size, sha256: await digestOf(whole), ...(models && { models }) };
};

const publish = (to: string, snapshot: Snapshot): void => {
  const manifest = path.join(to, MANIFEST);
  fs.writeFileSync(`${manifest}.new`, `${JSON.stringify(snapshot, null, 2)}\n`, { mode: 0o600 });
  sync(`${manifest}.new`);
  // If it dies here, the snapshot of before is still the one that is found; the next one takes the files of this away.
  fs.renameSync(`${manifest}.new`, manifest);
  sync(to);
};

const make = async (sources: SnapshotSources, to: string): Promise<Snapshot> => {
  const { folder: { id, kind, sample, reads, lookReads }, program, copyLog, erasures } = sources;
  const name = (of: string): string => `${of}-${made}.db`;
  const made = randomUUID();
  // The log last: it holds every event that a read model has taken in.
  const models = await copyReadModels(reads, path.join(to, name('read')));
  const looks = await copyReadModels(lookReads, path.join(to, name('looks')));
  await copyLog(path.join(to, name('log')));
  const looked = await lookThrough(path.join(to, name('log')), models, erasures);
  if (models.some(({ number }) => number < looked.lastErasure)) throw new FolderError('SNAPSHOT_BEFORE_ERASURE', 'somebody was erased while the snapshot was made: make it again');
  return {
    format: 1, ledger: { id, kind, ...(sample && { sample }) }, program, madeAt: new Date().toISOString(), ...looked,
    files: [await described(to, 'log.db', name('log')), await described(to, 'read.db', name('read'), models), await described(to, 'looks.db', name('looks'), looks)],
  };
};

/**
 * Makes a snapshot of a data folder that may be in use, and puts it in the place of the one that stands in the folder `to`. Whoever reads there finds the
 * one or the other, whole. It holds no keys.
 * @throws FolderError when `to` holds something else; @throws FolderBusyError when another process makes one there
 */
export const takeSnapshot = async (sources: SnapshotSources, to: string): Promise<Snapshot> => {
  refuseStrange(to, sources.folder);
  const hold = holdFolder(to);
  try {
    sweep(to);
    const snapshot = await make(sources, to);
    publish(to, snapshot);
    return snapshot;
  } finally {
    sweep(to);
    hold.release();
  }
};
