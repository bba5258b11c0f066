import type { ReadDatabase } from '#platform/read-store';
import { bands, startsInBand } from './bands';
import { allOf, covering, onGround } from './question';
import type { Condition, Ground, Moment } from './question';

/** The headline counts, bands in the order of `bands`. */
export interface Counts {
  readonly active: number;
  readonly noSuspectIdentified: number;
  readonly people: number;
  /** By the longest-waiting outstanding suspect, so that they add up to the investigations with one. */
  readonly investigations: readonly number[];
  readonly suspectLinks: readonly number[];
}

const inBand = (column: string, band: number, today: number): Condition => {
  const { earliest, latest } = startsInBand(band, today);
  return { sql: `total(${column} BETWEEN ? AND ?) AS band${band}`, values: [earliest, latest] };
};

const bandColumns = (column: string, today: number): Condition => {
  const columns = bands.map((_, band) => inBand(column, band, today));
  return { sql: columns.map(({ sql }) => sql).join(', '), values: columns.flatMap(({ values }) => values) };
};

type Banded = Readonly<Record<`band${number}`, number>>;
const bandsOf = (row: Banded): number[] => bands.map((_, band) => row[`band${band}`]!);

/** Counts at a pair of moments, from the rectangles that cover it. */
export const countAt = (db: ReadDatabase, ground: Ground, moment: Moment): Counts => {
  const where = allOf(covering(moment), onGround(ground));
  const oldest = bandColumns('oldestOpenEpisodeOn', moment.today);
  const cases = db.get<Banded & { active: number; none: number }>(
    `SELECT count(*) AS active, total(namedSuspects = 0) AS none, ${oldest.sql} FROM investigation_rect WHERE ${where.sql} AND active = 1`,
    ...oldest.values, ...where.values)!;
  const starts = bandColumns('startOn', moment.today);
  const links = db.get<Banded & { people: number }>(
    `SELECT count(DISTINCT nominal) AS people, ${starts.sql} FROM episode_rect WHERE ${where.sql}`, ...starts.values, ...where.values)!;
  return {
    active: cases.active, noSuspectIdentified: cases.none, people: links.people, investigations: bandsOf(cases), suspectLinks: bandsOf(links),
  };
};
