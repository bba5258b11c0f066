import type { MessagePort } from 'node:worker_threads';
import type { Clock } from '#kernel';
import type { LogReader } from './log-reader';
import type { Projection } from './projection';
import type { ReadStore } from './read-store';
import { ThreadedReadStore } from './threaded-read-store';

/** Something that a person must be told. `facts` never hold personal data. */
export interface ReadAlarm {
  readonly kind: 'STREAM_PARKED' | 'REBUILD_DIFFERS' | 'PROJECTOR_STOPPED';
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface ReadStoreOptions {
  /** `read.db`: made when absent, may be deleted at any time while nobody has it open. */
  readonly file: string;
  /** Where thread and child find the log: for the embedded store, the path of its file. */
  readonly logFile: string;
  /** Tells the thread of new events: for the embedded store `() => store.headPort()`. A new port for each start of the thread. */
  readonly heads: () => MessagePort;
  /** The main thread's own reader of the same log, for lag. It is not closed by the read store. */
  readonly log: Pick<LogReader, 'head' | 'readAll'>;
  readonly projections: readonly Projection[];
  /** Compiled entry files that call `runProjectorThread` and `runRebuildChild` with the same projections. */
  readonly threadFile: string;
  readonly rebuildFile: string;
  readonly clock: Clock;
  readonly onAlarm?: (alarm: ReadAlarm) => void;
  /** Settle as soon as the tables exist, before the first catch-up, so that a server can say that it is not ready yet. */
  readonly early?: boolean;
}

/**
 * Opens the read models and starts their projector thread. Settles at the first catch-up unless asked for early.
 * @throws StoreUnavailableError when the projector cannot be started, or cannot build what is waited for
 */
export const openReadStore = async (options: ReadStoreOptions): Promise<ReadStore> => {
  const store = await ThreadedReadStore.open(options);
  if (options.early) return store;
  try {
    await store.caughtUp();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
};
