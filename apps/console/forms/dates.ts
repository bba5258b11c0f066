import { dayNumber } from '#kernel';

/**
 * A time of day as people type it: `1845`, `18:45`, `18.45`, `6.45pm`, `6pm`, `945`.
 * Returns `18:45`, or undefined when it is no time.
 */
export const parseTime = (text: string): string | undefined => {
  const found = /^(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$/i.exec(text.trim());
  if (!found) return undefined;
  const half = found[3]?.[0]?.toLowerCase();
  const minutes = Number(found[2] ?? 0);
  let hours = Number(found[1]);
  if (!half && found[2] === undefined) return undefined;
  if (half && (hours < 1 || hours > 12)) return undefined;
  if (half) hours = (hours % 12) + (half === 'p' ? 12 : 0);
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const monthOf = (text: string): number => {
  const named = monthNames.findIndex((name) => text.toLowerCase().startsWith(name));
  return named >= 0 ? named + 1 : Number(text);
};

/** Day, month and year as typed into boxes; undefined when there is no such date. Returns `2019-06-14`. */
export const dateOf = (day: string, month: string, year: string): string | undefined => {
  if (!/^\d{4}$/.test(year.trim()) || !/^\d{1,2}$/.test(day.trim())) return undefined;
  const date = `${year.trim()}-${String(monthOf(month.trim())).padStart(2, '0')}-${day.trim().padStart(2, '0')}`;
  return Number.isNaN(dayNumber(date)) ? undefined : date;
};

const parts = ['day', 'month', 'year'] as const;

/** Why day, month and year are no date, at the box that is wrong. */
export const dateFault = (label: string, day: string, month: string, year: string): { readonly part: (typeof parts)[number]; readonly text: string } => {
  const missing = parts.filter((_, i) => [day, month, year][i] === '');
  if (missing.length > 0) return { part: missing[0]!, text: `${label} must include a ${missing.join(' and a ')}` };
  if (!/^\d{4}$/.test(year.trim())) return { part: 'year', text: `${label} must include a year of four figures` };
  return { part: 'day', text: `${label} must be a real date` };
};

/** Month and year as typed; undefined when there is no such month. Returns `2019-06`. */
export const monthFrom = (month: string, year: string): string | undefined => dateOf('1', month, year)?.slice(0, 7);

/** A date in one box: `14/6/2019`, `14 June 2019`, `14.06.2019`, `2019-06-14`. Undefined when it is none. Returns `2019-06-14`. */
export const parseDay = (text: string): string | undefined => {
  const iso = /^\d{4}-\d{2}-\d{2}$/.exec(text.trim());
  if (iso) return Number.isNaN(dayNumber(iso[0])) ? undefined : iso[0];
  const found = /^(\d{1,2})[\s/.-]+([a-z]+|\d{1,2})[\s/.-]+(\d{4})$/i.exec(text.trim());
  return found ? dateOf(found[1]!, found[2]!, found[3]!) : undefined;
};
