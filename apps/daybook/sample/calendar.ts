import { dayNumber, londonDay, startOfLondonDay } from '#kernel';
import type { Random } from './random';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The sample's now: 31 December 2019, 17:00 in Europe/London. */
export const SAMPLE_END = Date.UTC(2019, 11, 31, 17);
export const LAST_DAY = dayNumber('2019-12-31');
/** The day before the ledger began: what was open then was taken on from the system before it. */
export const TAKE_ON_DAY = dayNumber('2018-01-01');

/** One month of the sample: its first and last day, counted from 1970-01-01. */
export interface Month {
  readonly index: number;
  readonly ofYear: number;
  readonly first: number;
  readonly last: number;
}

const monthStart = (index: number): number => Date.UTC(2018, index, 1) / 86_400_000;

/** January 2018 to December 2019. */
export const months: readonly Month[] = Array.from({ length: 24 }, (_, index) =>
  ({ index, ofYear: index % 12, first: monthStart(index), last: monthStart(index + 1) - 1 }));

/** 0 Sunday to 6 Saturday; 1 January 1970 was a Thursday. */
const weekday = (day: number): number => (day + 4) % 7;

/** This day, or the Monday after when it falls on a weekend; never past the sample's last day. */
export const workingDay = (day: number): number => {
  const shift = [1, 0, 0, 0, 0, 0, 2][weekday(day)]!;
  return day + shift > LAST_DAY ? day : day + shift;
};

/** An instant (ms) on a day, between two hours of the clock; the sample's last day ends early in the afternoon. */
export const timeOn = (day: number, random: Random, fromHour = 8, toHour = 18): number => {
  const until = day === LAST_DAY ? Math.min(toHour, 15) : toHour;
  const from = Math.min(fromHour, until - 1);
  return startOfLondonDay(day) + from * HOUR + random.int(0, (until - from) * 60 - 1) * MINUTE;
};

/** When somebody gets round to recording what happened at `ms`: the same hour in the day, next morning after the evening. */
export const atTheDesk = (ms: number, random: Random): number => {
  const day = londonDay(ms);
  const hour = (ms - startOfLondonDay(day)) / HOUR;
  if (hour >= 7 && hour < 18.5) return ms + random.int(4, 80) * MINUTE;
  return startOfLondonDay(hour < 7 ? day : day + 1) + 7 * HOUR + random.int(30, 170) * MINUTE;
};
