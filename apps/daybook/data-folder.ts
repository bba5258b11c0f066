import { holdFolder, makeFolder, placeBrought, readFolder } from '#platform/folder';
import type { Folder, FolderMark } from '#platform/folder';
import type { Settings } from '#platform/settings';
import { joinLedger } from './join-ledger';
import { bringSnapshot } from './snapshots';
import type { SnapshotUsed } from './snapshots';

export interface FolderOptions {
  /** What to make when there is no folder yet; default: what the ledger in KurrentDB is, else a trial folder. */
  readonly make?: Pick<FolderMark, 'kind' | 'sample'>;
  /** Whether only the folder of one more process of a ledger in KurrentDB may be made, and no ledger. */
  readonly joinOnly?: boolean;
  /** Called with a folder that was made. */
  readonly onMade?: (folder: Folder) => void;
  /** Called when a folder was made and a snapshot was to fill it. */
  readonly onSnapshot?: (used: SnapshotUsed) => void;
}

/** The data folder that the settings name, made where there is none. Call it while holding the folder. @throws FolderError, StoreUnavailableError */
export const dataFolder = async (settings: Settings, { make, joinOnly, onMade, onSnapshot }: FolderOptions): Promise<Folder> => {
  const existing = readFolder(settings);
  if (existing) placeBrought(settings);
  const { eventStore } = settings;
  if (eventStore === undefined && existing) return existing;
  const folder = await (eventStore === undefined ? makeFolder(settings, make ?? { kind: 'trial' }) : joinLedger(settings, { eventStore, existing, make, joinOnly, bring: (ledger) => bringSnapshot(settings, ledger, onSnapshot) }));
  if (!existing) onMade?.(folder);
  return folder;
};

/**
 * Makes a data folder and the keys of its ledger, or the folder of one more process where the log is shared and its ledger is there.
 * @throws FolderBusyError, FolderError, KeyEncryptionError, StoreUnavailableError
 */
export const makeDataFolder = async (settings: Settings, make: Pick<FolderMark, 'kind' | 'sample'>): Promise<Folder> => {
  const hold = holdFolder(settings.data);
  try {
    const { eventStore } = settings;
    if (eventStore === undefined || readFolder(settings)) return await makeFolder(settings, make); // refuses what is there already
    return await joinLedger(settings, { eventStore, make });
  } finally {
    hold.release();
  }
};
