import { LAST_DAY } from './calendar';
import type { SuspectPlan, Wait } from './case-plan';
import type { Random } from './random';
import { dealtWith, suspectCounts } from './tables';

/** Days that a new suspect waits: one in twelve is dealt with on the spot, about one in a hundred waits for more than twelve weeks. */
const waitDays = (random: Random): number => {
  if (random.chance(0.08)) return 0;
  if (random.chance(0.008)) return random.int(86, 112);
  const days = Math.floor(random.exponential(43)) + 1;
  return days <= 84 ? days : random.int(40, 84);
};

const wait = (from: number, begunBy: Wait['begunBy'], random: Random): Wait => {
  const to = from + waitDays(random);
  const dealtBy = begunBy === 'NAMED' ? random.weighted(dealtWith) : 'ARREST';
  return { from, begunBy, dealtBy, ...(to < LAST_DAY ? { to } : {}) };
};

/** Days after an arrest on which bail is to be answered. */
export const BAIL_DAYS = 27;

const waitsFrom = (namedOn: number, random: Random): Wait[] => {
  const first = wait(namedOn, 'NAMED', random);
  if (first.to === undefined || first.dealtBy !== 'ARREST') return [first];
  const again = first.to + (random.chance(0.04) ? 1 : BAIL_DAYS);
  if (!random.chance(0.06) || again >= LAST_DAY) return [first];
  return [first, wait(again, again === first.to + 1 ? 'ESCAPED' : 'FAILED_TO_ANSWER_BAIL', random)];
};

/**
 * The suspects of a case of which the first is named on a day (undefined: not by the sample's end). Others turn up with the first or in the
 * weeks after. `person` gives each a person of their own.
 */
export const planSuspects = (openedOn: number, namedOn: number | undefined, person: () => number, random: Random): SuspectPlan[] => {
  if (namedOn === undefined) return random.chance(0.5) ? [] : [{ person: person(), linkedOn: openedOn, waits: [] }];
  const first: SuspectPlan = { person: person(), linkedOn: openedOn, namedOn, waits: waitsFrom(namedOn, random) };
  const others = Array.from({ length: random.weighted(suspectCounts) - 1 }, (): SuspectPlan => {
    const day = namedOn + (random.chance(0.6) ? 0 : random.int(1, 24));
    return { person: person(), linkedOn: day, namedOn: day, waits: waitsFrom(day, random) };
  });
  const known = new Set([first.person]);
  return [first, ...others.filter(({ linkedOn, person: other }) => linkedOn < LAST_DAY && !known.has(other) && known.add(other))];
};
