import { londonDate } from '#kernel';
import type { Answered, Figures, Ground as AskedOf, Scope } from './answers';
import type { Areas } from './areas';
import { bands, THRESHOLD_DAYS } from './bands';
import type { Counts } from './past-figures.query';
import { answeredAt } from './question';
import type { Ground, Moment } from './question';

/** Raise it when the same record would give other numbers. */
const DEFINITION = { name: 'headline', version: 1, thresholdDays: THRESHOLD_DAYS } as const;

export interface Standing {
  readonly position: string;
  readonly incomplete: number;
}

/** What was asked and the moments it was asked at, as every answer says them. */
export const headOf = ({ theme, team }: Scope, ground: Ground, moment: Moment, areas: Areas): AskedOf & Answered => ({
  area: ground.area === null ? { code: null, name: 'all' } : { code: areas.codeOn(ground.area, londonDate(moment.effective)), name: ground.area },
  theme: theme ?? null,
  team: team ?? null,
  ...answeredAt(moment),
});

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The headline figures in their published shape. */
export const figuresOf = (counts: Counts, scope: Scope, ground: Ground, moment: Moment, standing: Standing, areas: Areas): Figures => {
  const { investigations, suspectLinks } = counts;
  return {
    definition: DEFINITION,
    scope: 'all',
    ...headOf(scope, ground, moment, areas),
    position: standing.position,
    incomplete: standing.incomplete,
    investigations: {
      active: counts.active, noSuspectIdentified: counts.noSuspectIdentified,
      suspectOutstanding: sum(investigations), suspectOutstandingOverThreshold: investigations[bands.length - 1]!,
    },
    suspectLinks: { outstanding: sum(suspectLinks), overThreshold: suspectLinks[bands.length - 1]! },
    people: { outstanding: counts.people },
    bands: bands.map(({ from, to }, i) => ({ from, to, investigations: investigations[i]!, suspectLinks: suspectLinks[i]! })),
  };
};
