import type { Job } from './job';
import type { Progress } from './reaction';

/** A job that was given up: each attempt failed. */
export interface DeadLetter extends Job {
  readonly id: string;
  /** Why its last attempt failed: a code, never what an error said. */
  readonly code: string;
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly diedAt: number;
}

/** A job that is being done. */
export interface RunningJob extends Job {
  readonly id: string;
  /** From 1. */
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly progress?: Progress;
}

/** The jobs of one reaction. */
export interface JobCounts {
  readonly reaction: string;
  /** Also those that wait for another attempt. */
  readonly waiting: number;
  readonly running: number;
  readonly dead: number;
  /** Since it was asked for, seconds; null where none waits. */
  readonly oldestWaitSeconds: number | null;
}

/**
 * What is wrong with the place where jobs are kept. UNREACHABLE: no answer in time. UNTRUSTED: its certificate is not
 * accepted. READ_ONLY: a replica. MAY_EVICT: it may throw jobs away when its
 * memory is full. WRONG_DATA: under our keys stands what is not ours. REFUSED: any other error of its own.
 */
export type JobsTrouble = 'UNREACHABLE' | 'UNTRUSTED' | 'READ_ONLY' | 'MAY_EVICT' | 'WRONG_DATA' | 'REFUSED';

export interface JobsHealth {
  readonly reactions: readonly JobCounts[];
  readonly troubles: readonly JobsTrouble[];
}

/** Nothing can be asked of the place where jobs are kept. Nothing is lost by that: due work is found again by query. */
export class JobsUnavailableError extends Error {
  override readonly name = 'JobsUnavailableError';
  readonly code = 'JOBS_UNAVAILABLE';
  constructor(readonly trouble: JobsTrouble, options?: ErrorOptions) {
    super(`jobs: ${trouble}`, options);
  }
}

/**
 * Where due work waits until somebody does it. Nothing here is true: what is due is a query of the reaction, and the only effect of a job is a
 * command whose decider returns `[]` when it is done already, or a file named by the job's id. A job that is lost, kept, doubled or flushed
 * therefore changes nothing but the time at which the work is done. A job is its ids; nothing personal is kept here.
 */
export interface Jobs {
  /**
   * Makes sure that these jobs exist. One that waits, runs or is dead stays as it is; one that was done is gone, and is made again.
   * @throws JobsUnavailableError; @throws MalformedError when a part of a job is no code
   */
  ensure(jobs: readonly Job[]): Promise<void>;
  /** How many jobs of a reaction wait. @throws JobsUnavailableError */
  waiting(reaction: string): Promise<number>;
  /** Begins to do them. Before, they wait. */
  start(): void;
  /** Those given up, the youngest first. @throws JobsUnavailableError */
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  /** Has a dead job done again, from its first attempt; false when there is none of this id. @throws JobsUnavailableError */
  runAgain(id: string): Promise<boolean>;
  /** Forgets the dead jobs of a reaction that are not due any more: somebody else did the work. @throws JobsUnavailableError */
  forgetDead(reaction: string, isDue: (id: string) => boolean): Promise<void>;
  running(): Promise<readonly RunningJob[]>;
  /** Answers in any case, also when the place is away. */
  health(): Promise<JobsHealth>;
  /**
   * Takes no more jobs and lets those under way finish. What is not finished after so many milliseconds is given back, and its effect may still
   * come. May be called more than once.
   */
  close(graceMs: number): Promise<void>;
}
