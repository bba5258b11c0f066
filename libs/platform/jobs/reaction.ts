import type { Due, Job } from './job';

/** How far a long job has come. */
export interface Progress {
  /** A code, never a name. */
  readonly stage: string;
  readonly done: number;
  /** Absent where it is not known how much there is. */
  readonly total?: number;
}

/** What a job that is being done is given. */
export interface Doing extends Job {
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the time for a graceful stop is over: what is not done by then is given back. */
  readonly signal: AbortSignal;
  /** Tells how far it has come; may be called often. */
  report(progress: Progress): void;
}

/** A page of due work is asked for: what stands behind `after` in the query's own order, at most `limit`. */
export interface DueQuestion {
  /** Milliseconds since 1970, from the injected clock. */
  readonly now: number;
  /** The last of the page before; absent for the first page. */
  readonly after?: Due;
  readonly limit: number;
}

/**
 * Work that follows from what was recorded. It keeps no checkpoint: `due` finds the subjects whose work is due and has no event (or file) that
 * says it was done, and `perform` does it for one of them.
 */
export interface Reaction {
  /** Lower-case words joined by `-`, for example `escalate-overdue-actions`. */
  readonly name: string;
  /** In an order that does not change from page to page, bounded by `limit`. Also what only has waited, failed or died before is asked for again. */
  due(question: DueQuestion): readonly Due[] | Promise<readonly Due[]>;
  /**
   * Its only effect is a command whose decider returns `[]` when the work is done already, or a file named by the id of the job. So a job that is
   * lost, kept, doubled or flushed changes nothing: it may be done twice, at the same time too, and by two processes.
   */
  perform(doing: Doing): Promise<void>;
}
