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

// Months begin at London midnight, which is a whole hour of UTC: rows are gathered by hour in SQL, and hours by month here.
const perMonth = (db: ReadDatabase, starts: readonly number[], column: 'effFrom' | 'effTo', where: Condition): number[] => {
  const counts = starts.map(() => 0);
  const hours = db.iterate<{ hour: number; n: number }>(
    `SELECT ${column} / ${HOUR} AS hour, count(*) AS n FROM investigation_rect WHERE ${where.sql} GROUP BY hour`, ...where.values);
  for (const { hour, n } of hours) {
    const place = starts.findLastIndex((start) => start <= hour * HOUR);
    counts[place]! += n;
  }
  return counts;
};

const standingAt = ({ number }: Moment): Condition => ({ sql: 'recFrom <= ? AND recTo > ?', values: [number, number] });

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
  const until: Condition = { sql: 'effFrom <= ?', values: [moment.effective] };
  const rows = (...more: readonly Condition[]): Condition => allOf(onGround(ground), standingAt(moment), ...more);
  const active: Condition = { sql: 'active = 1', values: [] };
  const began = perMonth(db, starts, 'effFrom', rows(active, until));
  const ended = perMonth(db, starts, 'effTo', rows(active, { sql: 'effTo <= ?', values: [moment.effective] }));
  const opened = perMonth(db, starts, 'effFrom', rows(active, until, { sql: 'turn = 1', values: [] }));
  const closed = perMonth(db, starts, 'effFrom', rows({ sql: 'active = 0', values: [] }, until, { sql: 'turn = -1', values: [] }));
  let standing = began[0]! - ended[0]!;
  return names.map((month, i) => {
    standing += began[i + 1]! - ended[i + 1]!;
    const soFar = i === months - 1 && moment.effective < startOfMonth(monthPlus(month, 1)) - 1;
    return { month, opened: opened[i + 1]!, closed: closed[i + 1]!, active: standing, soFar };
  });
};
