import { dayNumber, londonDate, MalformedError, startOfLondonDay } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import type { TrendMonth } from './answers';
import { allOf, onGround } from './question';
import type { Condition, Ground, Moment } from './question';

/** `2019-10` so many months later; or earlier, with a negative number. */
const monthPlus = (month: string, more: number): string => {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + more;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
};

const startOfMonth = (month: string): number => startOfLondonDay(dayNumber(`${month}-01`));

const HOUR = 3_600_000;

interface Hour {
  readonly hour: number;
  readonly n: number;
}

// Months begin at London midnight, which is a whole hour of UTC: rows are gathered by hour in SQL, and hours by month here.
const perMonth = (db: ReadDatabase, starts: readonly number[], column: 'effFrom' | 'effTo', where: Condition): number[] => {
  const counts = starts.map(() => 0);
  const hours = db.all<Hour>(`SELECT ${column} / ${HOUR} AS hour, count(*) AS n FROM investigation_rect WHERE ${where.sql} GROUP BY hour`, ...where.values);
  for (const { hour, n } of hours) counts[starts.findLastIndex((start) => start <= hour * HOUR)]! += n;
  return counts;
};

const standingAt = ({ number }: Moment): Condition => ({ sql: '+recFrom <= ? AND recTo > ?', values: [number, number] });

interface Flow {
  readonly opened: readonly number[];
  readonly closed: readonly number[];
  /** Came to be, and ceased to be, active on this ground: more than opened and closed where teams hand over. */
  readonly began: readonly number[];
  readonly ended: readonly number[];
}

const flowOf = (db: ReadDatabase, ground: Ground, starts: readonly number[], moment: Moment): Flow => {
  const rows = (sql: string, ...values: readonly number[]): Condition => allOf(onGround(ground), standingAt(moment), { sql, values });
  const opened = perMonth(db, starts, 'effFrom', rows('turn <> 0 AND turn = 1 AND effFrom <= ?', moment.effective));
  const closed = perMonth(db, starts, 'effFrom', rows('turn <> 0 AND turn = -1 AND effFrom <= ?', moment.effective));
  // Only a team can change while an investigation is active: area and themes hold for the whole of its time.
  if (ground.team === null) return { opened, closed, began: opened, ended: closed };
  const began = perMonth(db, starts, 'effFrom', rows('active = 1 AND effFrom <= ?', moment.effective));
  const ended = perMonth(db, starts, 'effTo', rows('active = 1 AND effTo <= ?', moment.effective));
  return { opened, closed, began, ended };
};

/**
 * What opened and closed in each month up to the moment, and what was active at its end. An investigation counts where it is at the time: one
 * whose team changes while it is active neither opens nor closes, but is active for the one before and for the other after.
 * @throws MalformedError on `months`
 */
export const trendOf = (db: ReadDatabase, ground: Ground, months: number, moment: Moment): TrendMonth[] => {
  if (!Number.isInteger(months) || months < 1 || months > 120) throw new MalformedError('months', 'must be a whole number from 1 to 120');
  const last = londonDate(moment.effective).slice(0, 7);
  const names = Array.from({ length: months }, (_, i) => monthPlus(last, i + 1 - months));
  // The first place gathers everything before the first month asked.
  const starts = [-Infinity, ...names.map(startOfMonth)];
  const flow = flowOf(db, ground, starts, moment);
  let standing = flow.began[0]! - flow.ended[0]!;
  return names.map((month, i) => {
    standing += flow.began[i + 1]! - flow.ended[i + 1]!;
    const soFar = i === months - 1 && moment.effective < startOfMonth(monthPlus(month, 1)) - 1;
    return { month, opened: flow.opened[i + 1]!, closed: flow.closed[i + 1]!, active: standing, soFar };
  });
};
