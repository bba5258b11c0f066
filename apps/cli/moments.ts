import { MalformedError, parseMoment, StoreUnavailableError } from '#kernel';
import type { Clock } from '#kernel';
import type { RecordedMoments } from '#platform/read-store';
import type { AsAt } from '#contexts/investigations';
import { ExitError, exits } from './context';

/** The two options that move a question to the past. */
export interface MomentOptions {
  readonly effectiveAt?: string;
  readonly recordedAt?: string;
}

const moment = (text: string, now: number, option: string): number => {
  try {
    return parseMoment(text, now, option);
  } catch (error) {
    if (error instanceof MalformedError) throw new ExitError(exits.usage, `${option} ${error.rule}`);
    throw error;
  }
};

/** The pair of moments asked for; undefined: now on both clocks. A moment not given is now. */
export const asAtOf = ({ effectiveAt, recordedAt }: MomentOptions, clock: Clock): AsAt | undefined => {
  if (effectiveAt === undefined && recordedAt === undefined) return undefined;
  const now = clock();
  return {
    effective: effectiveAt === undefined ? now : moment(effectiveAt, now, '--effective-at'),
    recorded: recordedAt === undefined ? 'now' : moment(recordedAt, now, '--recorded-at'),
  };
};

const PATIENCE = 10_000;

/** The same moments, once nothing more can be recorded by the one asked for. @throws StoreUnavailableError when that takes too long */
export const settled = async (asAt: AsAt | undefined, moments: Pick<RecordedMoments, 'whenSettled'>): Promise<AsAt | undefined> => {
  if (asAt && asAt.recorded !== 'now' && !(await moments.whenSettled(asAt.recorded, PATIENCE)))
    throw new StoreUnavailableError('not all that was recorded by then can be shown yet', 'no');
  return asAt;
};
