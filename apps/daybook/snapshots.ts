import { StoreUnavailableError } from '#kernel';
import { compareCopy } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { FolderError } from '#platform/folder';
import type { Bring, Folder, FolderMark } from '#platform/folder';
import { isModelOf } from '#platform/read-store';
import type { Projection, ReadStore } from '#platform/read-store';
import type { Settings } from '#platform/settings';
import { bringFiles, readSnapshot, takeSnapshot } from '#platform/snapshot';
import type { Snapshot, SnapshotFile } from '#platform/snapshot';
import { erasures } from '#contexts/oversight';
import { lookProjections, projections } from './projections';

/** What became of the snapshot from which a folder was to be filled. */
export interface SnapshotUsed {
  /** Undefined when there was none yet in the folder that the settings name. */
  readonly snapshot?: Pick<Snapshot, 'madeAt' | 'number'>;
  /** Read models of another version than this program's, by name: they are built anew. */
  readonly rebuilt: readonly string[];
}

/** Longest wait for the read models to hold what is in the log, ms. */
const CATCH_UP = 12 * 3_600_000;

export interface SnapshotOf {
  readonly folder: Folder;
  readonly store: EmbeddedEventStore;
  readonly reads: Pick<ReadStore, 'caughtUp' | 'waitFor'>;
  readonly lookReads: Pick<ReadStore, 'caughtUp'>;
  readonly program: string;
}

/** Makes a snapshot of an open folder when its read models hold what is in the log at this moment. @throws FolderError, FolderBusyError, StoreUnavailableError */
export const snapshotOf = async ({ folder, store, reads, lookReads, program }: SnapshotOf, to: string): Promise<Snapshot> => {
  await Promise.all([reads.caughtUp(), lookReads.caughtUp()]);
  const last = store.positionOfNumber((await store.head()).number);
  if (last !== undefined && !(await reads.waitFor(last, CATCH_UP))) throw new StoreUnavailableError('the read models are behind the log', 'no');
  return takeSnapshot({ folder, program, erasures, copyLog: async (file) => void (await store.backup(file)) }, to);
};

const here: readonly Projection[] = [...projections, ...lookProjections];

const knows = (file: SnapshotFile): boolean => !file.models || file.models.some((model) => isModelOf(here, model));

const rebuiltOf = ({ files }: Snapshot): string[] => {
  const models = files.flatMap((file) => file.models ?? []);
  return here.filter((projection) => !models.some((model) => isModelOf([projection], model))).map(({ name }) => name);
};

const refuseOther = (folder: string, snapshot: Snapshot, ledger: Pick<FolderMark, 'id'>): void => {
  if (snapshot.ledger.id !== ledger.id)
    throw new FolderError('OTHER_LEDGER', `the snapshot in ${folder} is of another ledger (${snapshot.ledger.id}) than the log in DAYBOOK_EVENT_STORE (${ledger.id})`);
};

/** What was erased since may still be opened with a backup of older keys: such a snapshot has to go, and is told by not being used. @throws FolderError, StoreUnavailableError */
const refuseOld = async (folder: string, eventStore: string, { newest, reached }: Snapshot): Promise<void> => {
  const verdict = await compareCopy(eventStore, { has: [newest, reached].flatMap((place) => place ?? []), after: reached ?? undefined, type: erasures.type });
  if (verdict === 'OTHER_LOG') throw new FolderError('OTHER_LOG', `the snapshot in ${folder} holds events that the log in DAYBOOK_EVENT_STORE does not have: find out which is right before anything else`);
  if (verdict === 'FOLLOWED_BY_IT')
    throw new FolderError('SNAPSHOT_BEFORE_ERASURE', `somebody was erased after the snapshot in ${folder} was made: delete it and every copy of it, and make a new one (daybook snapshot); until then start with an empty folder and without DAYBOOK_SNAPSHOT`);
};

/**
 * How a new folder of this ledger is filled from the snapshot that the settings name; undefined where they name none.
 * @param tell is told what became of it
 */
export const bringSnapshot = ({ snapshot: from, eventStore }: Settings, ledger: Pick<FolderMark, 'id'>, tell: (used: SnapshotUsed) => void = () => undefined): Bring | undefined => {
  if (from === undefined || eventStore === undefined) return undefined;
  return async (into) => {
    const snapshot = readSnapshot(from);
    if (!snapshot) return tell({ rebuilt: [] });
    refuseOther(from, snapshot, ledger);
    await refuseOld(from, eventStore, snapshot);
    await bringFiles(from, snapshot.files.filter(knows), into);
    tell({ snapshot, rebuilt: rebuiltOf(snapshot) });
  };
};
