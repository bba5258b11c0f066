import { londonDate } from '#kernel';
import { formatDay } from '../../words/format';
import type { Looking } from './looking';

/** When there is something to look at for the first time, on the clock looked at, ms; undefined while the ledger is empty. */
export type Beginning = number | undefined;

const ledgerBegins = ({ clock }: Looking, begins: number): string =>
  clock === 'recorded' ? `The ledger begins on ${formatDay(londonDate(begins))}` : `The first investigation in the ledger was opened on ${formatDay(londonDate(begins))}`;

/** What to say of a moment before the beginning, where noughts would be taken for counts; undefined for every other moment. */
export const beforeBeginning = (looking: Looking, begins: Beginning): string | undefined => {
  if (begins === undefined || !looking.past || looking.at >= begins) return undefined;
  return `${ledgerBegins(looking, begins)}. There is nothing to count at the moment you chose: choose a later one.`;
};

/** The same for a page that shows notices. */
export const earlyNotices = (looking: Looking, begins: Beginning): readonly string[] => {
  const words = beforeBeginning(looking, begins);
  return words === undefined ? [] : [words];
};

/** Why there is nothing to compare with at an earlier moment: on its first day a ledger is still taking on what was there already. */
export const nothingBefore = (looking: Looking, begins: Beginning, earlier: number): string | undefined =>
  begins !== undefined && londonDate(earlier) <= londonDate(begins) ? `${ledgerBegins(looking, begins)}: nothing to compare with` : undefined;
