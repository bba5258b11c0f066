import { JobsUnavailableError } from '../../jobs';
import type { JobsTrouble } from '../../jobs';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Codes of Node.js for a certificate that is not accepted; their words quote its names. */
const CERTIFICATE = /CERT|ALTNAME|ISSUER|LEAF_SIGNATURE/;

/** In this order, because older servers quote one error in another. */
const KINDS: readonly (readonly [JobsTrouble | undefined, RegExp])[] = [
  // A job that was finished, flushed or given back meanwhile: as if it had never been.
  [undefined, /^(Missing (lock|key)|Job .* (is not in|could not be removed)|Lock mismatch)/],
  ['READ_ONLY', /READONLY/],
  ['REFUSED', /\b(OOM|NOAUTH|NOPERM|WRONGPASS|MISCONF)\b/],
  ['WRONG_DATA', /WRONGTYPE|user_script|not an integer|JSON/],
  ['UNREACHABLE', /timed out|timeout|closed|Stream|retries per request|E[A-Z]*(CONN|TIMEDOUT|PIPE|HOST|NOTFOUND)|LOADING|MASTERDOWN|CLUSTERDOWN/i],
];

/** What an error of the queue says about the place; undefined when it says only that a job is gone. */
export const troubleOf = (error: unknown): JobsTrouble | undefined => {
  if (error instanceof SyntaxError) return 'WRONG_DATA';
  if (error instanceof JobsUnavailableError) return error.trouble;
  if (CERTIFICATE.test(String((error as { code?: unknown } | undefined)?.code))) return 'UNTRUSTED';
  const kind = KINDS.find(([, pattern]) => pattern.test(messageOf(error)));
  return kind ? kind[0] : 'REFUSED';
};

/** Settles as the work does, or fails when that takes longer than so many milliseconds. @throws JobsUnavailableError */
export const inTime = async <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new JobsUnavailableError('UNREACHABLE')), ms); });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof JobsUnavailableError ? error : new JobsUnavailableError(troubleOf(error) ?? 'REFUSED', { cause: error });
  } finally {
    clearTimeout(timer);
  }
};
