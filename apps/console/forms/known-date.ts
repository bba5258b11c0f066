import { dateOf, monthFrom } from './dates';

/**
 * A date as exactly as its boxes say it: without a day a month, without day and month a year. Returns `2019-06-14`, `2019-06` or `2019`;
 * undefined when there is no such date.
 */
export const knownDate = (day: string, month: string, year: string): string | undefined => {
  if (day.trim()) return dateOf(day, month, year);
  if (month.trim()) return monthFrom(month, year);
  return dateOf('1', '1', year)?.slice(0, 4);
};
