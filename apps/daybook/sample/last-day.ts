import { LAST_DAY } from './calendar';
import { isActive, openWait } from './case-plan';
import type { CasePlan, SuspectPlan, Wait } from './case-plan';
import type { Random } from './random';
import type { District } from './tables';

/** First and last day of each band of waiting, at the sample's end. */
const bands = [[0, 28], [29, 56], [57, 84], [85, 112]] as const;

const bandOf = (day: number): number => bands.findIndex(([from, to]) => LAST_DAY - day >= from && LAST_DAY - day <= to);

const longestWait = (plan: CasePlan): Wait | undefined =>
  plan.suspects.map(openWait).filter((wait) => wait !== undefined).sort((a, b) => a.from - b.from)[0];

/** Everybody whom this case still waits for is dealt with before the end. */
const settle = (plan: CasePlan, random: Random): void => {
  for (const wait of plan.suspects.map(openWait)) if (wait) wait.to = random.int(Math.min(wait.from + 1, LAST_DAY), Math.min(wait.from + 84, LAST_DAY));
};

/** The only suspect of this case is still to be found after all. */
const unsettle = ({ suspects: [suspect] }: CasePlan): void => {
  delete suspect!.waits[0]!.to;
};

const couldStillWait = (plan: CasePlan, band: number): boolean => {
  const [suspect, ...others] = plan.suspects;
  const [wait, ...later] = suspect?.waits ?? [];
  return others.length === 0 && later.length === 0 && wait?.to !== undefined && wait.to > wait.from && plan.closedOn === undefined && bandOf(wait.from) === band;
};

/**
 * Bends the last weeks so that a district's active cases wait exactly as its table says, band by band of their longest-waiting suspect:
 * some of those still waiting are found, some of those found are not.
 */
export const bendToBands = (district: District, plans: readonly CasePlan[], random: Random): void => {
  const active = random.shuffled(plans.filter(isActive));
  bands.forEach((_, band) => {
    const there = active.filter((plan) => bandOf(longestWait(plan)?.from ?? Infinity) === band);
    const surplus = there.length - district.bands[band]!;
    for (const plan of there.slice(0, Math.max(0, surplus))) settle(plan, random);
    const candidates = active.filter((plan) => couldStillWait(plan, band));
    if (candidates.length < -surplus) throw new Error(`${district.area} has too few cases for band ${band}`);
    for (const plan of candidates.slice(0, Math.max(0, -surplus))) unsettle(plan);
  });
};

/** Lets some of those still waited for be one person on two cases. */
export const shareSuspects = (plans: readonly CasePlan[], pairs: number, random: Random): void => {
  const single = plans.filter((plan) => isActive(plan) && plan.suspects.length === 1 && longestWait(plan));
  const chosen = random.shuffled(single.map(({ suspects: [suspect] }) => suspect as SuspectPlan)).slice(0, pairs * 2);
  for (let i = 0; i + 1 < chosen.length; i += 2) chosen[i + 1]!.person = chosen[i]!.person;
};
