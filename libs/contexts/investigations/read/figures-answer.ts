import { instantOf, londonDate } from '#kernel';
import type { Figures, Scope } from './answers';
import type { Areas } from './areas';
import { bands, THRESHOLD_DAYS } from './bands';
import type { Counts } from './past-figures.query';
import type { Ground, Moment } from './question';

/** Raise it when the same record would give other numbers. */
const DEFINITION = { name: 'headline', version: 1, thresholdDays: THRESHOLD_DAYS } as const;

export interface Standing {
  /** When the ledger was asked on the recorded clock, ms. */
  readonly recordedAt: number;
  readonly position: string;
  readonly incomplete: number;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** The headline figures in their published shape. */
export const figuresOf = (counts: Counts, scope: Scope, ground: Ground, moment: Moment, standing: Standing, areas: Areas): Figures => {
  const { investigations, suspectLinks } = counts;
  const date = londonDate(moment.effective);
  return {
    definition: DEFINITION,
    scope: 'all',
    area: ground.area === null ? { code: null, name: 'all' } : { code: areas.codeOn(ground.area, date), name: ground.area },
    theme: scope.theme ?? null,
    team: scope.team ?? null,
    effectiveAt: instantOf(moment.effective),
    recordedAt: instantOf(standing.recordedAt),
    number: moment.number,
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
