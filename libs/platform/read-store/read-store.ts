import type { Cell } from './projection';

/** A read-only connection to the read models. Statements are prepared once and kept. */
export interface ReadDatabase {
  all<R>(sql: string, ...values: readonly Cell[]): R[];
  get<R>(sql: string, ...values: readonly Cell[]): R | undefined;
  iterate<R>(sql: string, ...values: readonly Cell[]): IterableIterator<R>;
  /** Runs queries against one unmoving state of the tables. */
  snapshot<R>(query: () => R): R;
}

export interface Checkpoint {
  /** Of the last event whose rows are in the tables; `''` before the first. */
  readonly position: string;
  /** Its event number; -1 before the first. */
  readonly number: number;
}

/** What it took to apply a batch to the tables of all read models. */
export interface BatchWork {
  readonly events: number;
  readonly ms: number;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly checkpoint: Checkpoint;
  readonly lagEvents: number;
  /** Age of the oldest event not yet in the tables, seconds; 0 when none. */
  readonly lagSeconds: number;
  /** Streams left out because an event of theirs could not be applied; figures that use this projection are incomplete by so many records. */
  readonly parked: readonly { readonly stream: string; readonly revision: number; readonly error: string }[];
  /** Why the projector stands still at the moment (it is started again by itself); absent while it runs. */
  readonly stopped?: string;
}

export interface RebuildReport {
  readonly name: string;
  readonly version: number;
  readonly events: number;
  readonly seconds: number;
  readonly digest: string;
  readonly liveDigest: string;
  /** `swapped` when equal or when the version is new; otherwise the live tables stay and `differences` names the first rows. */
  readonly result: 'swapped' | 'different';
  readonly differences: readonly { readonly table: string; readonly key: string; readonly live: string | null; readonly rebuilt: string | null }[];
}

/** The read models of one process: rows and checkpoint move together, in one transaction a batch. */
export interface ReadStore {
  readonly db: ReadDatabase;
  /** True from the first catch-up on: readiness of the process. */
  readonly ready: boolean;
  /** Settles at the first catch-up: when the tables hold everything that was in the log at the start. Rejects when closed before. */
  caughtUp(): Promise<void>;
  checkpoint(): Checkpoint;
  /** The number of the last event of the longest prefix of the log whose running maximum of `recordedAt` is at most `ms`; -1 when there is none. */
  numberRecordedBy(ms: number): number;
  /** True as soon as the tables hold the event at this position; false when that takes longer. */
  waitFor(position: string, timeoutMs: number): Promise<boolean>;
  status(): Promise<readonly ProjectionStatus[]>;
  /** Calls back after each batch; returns how to stop that. */
  onBatch(listener: (checkpoint: Checkpoint, work?: BatchWork) => void): () => void;
  /** Tries parked streams again, all or those of one projection, and returns how many stay parked. Also done at every start and before a rebuild. */
  unpark(name?: string): Promise<number>;
  /** Rebuilds one or all beside the live tables, compares digests, swaps. `recorded_prefix`, what was recorded by which moment, is one of them. */
  rebuild(name?: string): Promise<readonly RebuildReport[]>;
  close(): Promise<void>;
}
