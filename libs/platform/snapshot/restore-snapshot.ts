import path from 'node:path';
import { fillFolder, FolderError } from '#platform/folder';
import type { FolderKind } from '#platform/folder';
import type { Settings } from '#platform/settings';
import { bringFiles } from './bring-snapshot';
import { MANIFEST, readSnapshot } from './manifest';

/**
 * Restores log and read models from a folder of snapshots into an empty data folder that holds its log itself; gives its kind. Call it while holding
 * the folder.
 * @throws FolderError
 */
export const restoreSnapshot = async (settings: Settings, from: string): Promise<FolderKind> => {
  // What was recorded since is in the event store; a process over it starts from the snapshot, which is compared with it then.
  if (settings.eventStore !== undefined) throw new FolderError('OTHER_LOG', `the log is in KurrentDB: set DAYBOOK_SNAPSHOT to ${from} and start with an empty folder`);
  const snapshot = readSnapshot(from);
  if (!snapshot) throw new FolderError('NOT_A_BACKUP', `there is no ${path.join(from, MANIFEST)}`);
  await fillFolder(settings, snapshot.ledger, (into) => bringFiles(from, snapshot.files, into));
  return snapshot.ledger.kind;
};
