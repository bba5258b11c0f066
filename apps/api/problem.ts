import { STATUS_CODES } from 'node:http';
import { StoreUnavailableError } from '#kernel';

/** One thing that is wrong with one field of a request. */
export interface FieldProblem {
  /** Path in the body or name in the query, for example `effectiveAt.from`. */
  readonly field: string;
  /** What it must be, as a sentence that starts with the field. */
  readonly message: string;
}

/** RFC 9457, with a stable `code` that programs may act on. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** What else the rule that refuses names: an entry, a crime, a day. */
  readonly facts?: Readonly<Record<string, string>>;
  /** Where the stream stands, on 412 and 409. */
  readonly revision?: number;
  /** Names the request in our log. */
  readonly instance?: string;
}

/** A problem document with the standard title of its status. */
export const problem = (status: number, code: string, detail: string, more: Pick<Problem, 'errors' | 'facts' | 'revision'> = {}): Problem => ({
  type: 'about:blank', title: STATUS_CODES[status] ?? 'Problem', status, code, detail, ...more,
});

/** Thrown at the rim where an answer is a problem that no rule of the domain knows: 404, 412, 415, 503. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/** The read models do not yet hold what the log held when the program started: no answer of theirs would be true. */
export class CatchingUpError extends StoreUnavailableError {
  readonly problem: Problem;

  constructor(done: number, total: number) {
    super(`Daybook is catching up: ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} events`, 'no');
    this.problem = problem(503, 'READ_MODEL_BEHIND', `${this.message}. Ask again.`);
  }
}

/** There is no such record, or none as at the moments asked for. */
export const unknownRecord = (what: string): ProblemError =>
  new ProblemError(problem(404, 'NOT_FOUND', `There is no such ${what}.`));
