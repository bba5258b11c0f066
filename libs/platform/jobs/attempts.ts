/** How often a job is tried, and how long it waits in between. */
export interface Attempts {
  readonly most: number;
  /** Milliseconds to wait after so many failures (from 1). */
  wait(failures: number): number;
}

const FIRST = 1_000;
const LONGEST = 5 * 60_000;

/** Ten attempts over about eight and a half minutes: 1, 2, 4 ... seconds apart, never more than five minutes. */
export const attempts: Attempts = { most: 10, wait: (failures) => Math.min(FIRST * 2 ** (failures - 1), LONGEST) };

/** Whoever has these waits until the other side is back; that says nothing against the job, and is not counted against it. */
const PASSING = new Set(['STORE_UNAVAILABLE', 'JOBS_UNAVAILABLE']);
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** What may be kept of a failure: its code. What an error says may quote what was given, and stays out of the queue. */
export const codeOf = (error: unknown): string => {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' && CODE.test(code) ? code : 'FAULT';
};

export const isPassing = (code: string): boolean => PASSING.has(code);
