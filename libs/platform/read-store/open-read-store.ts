import type { Clock } from '#kernel';
import type { LogReader } from './log-reader';
import type { Projection } from './projection';
import type { ReadStore } from './read-store';

/** Something that a person must be told. `facts` never hold personal data. */
export interface ReadAlarm {
  readonly kind: 'STREAM_PARKED' | 'REBUILD_DIFFERS' | 'PROJECTOR_STOPPED';
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface ReadStoreOptions {
  /** `read.db`: made when absent, may be deleted at any time while nobody has it open. */
  readonly file: string;
  /** Where the thread finds the log: the text its `openLog` is given. For the embedded store, the path of `log.db`. */
  readonly logFile: string;
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

/** Opens the read models and starts their projector thread. Settles at the first catch-up unless asked for early. */
export const openReadStore = async (options: ReadStoreOptions): Promise<ReadStore> => {
  throw new Error(`not yet ${options.file}`);
};
