import type { Checkpoint, ReadDatabase, ReadStore } from '#platform/read-store';
import { CatchingUpError } from '../api';

/** The read models for those who answer from them: shut until the first catch-up, because a figure of half a log is a wrong figure. */
export class CaughtUpReads implements Pick<ReadStore, 'db' | 'numberRecordedBy' | 'onBatch' | 'ready' | 'checkpoint'> {
  /** @param head the number of the newest event in the log */
  constructor(private readonly reads: Pick<ReadStore, 'db' | 'numberRecordedBy' | 'onBatch' | 'ready' | 'checkpoint'>, private readonly head: () => number) {}

  get ready(): boolean {
    return this.reads.ready;
  }

  /** @throws CatchingUpError */
  get db(): ReadDatabase {
    return this.open().db;
  }

  /** @throws CatchingUpError */
  numberRecordedBy(ms: number): number {
    return this.open().numberRecordedBy(ms);
  }

  checkpoint(): Checkpoint {
    return this.reads.checkpoint();
  }

  onBatch(listener: (checkpoint: Checkpoint) => void): () => void {
    return this.reads.onBatch(listener);
  }

  private open(): Pick<ReadStore, 'db' | 'numberRecordedBy'> {
    if (!this.reads.ready) throw new CatchingUpError(this.reads.checkpoint().number + 1, this.head() + 1);
    return this.reads;
  }
}
