import type { Instant, LocalDate } from './ids';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', hourCycle: 'h23',
  year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
});

const measuredOffset = (ms: number): number => {
  if (Number.isNaN(ms)) return NaN;
  const at = Math.floor(ms / 1000) * 1000;
  const part = Object.fromEntries(london.formatToParts(at).map((p) => [p.type, Number(p.value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) - at;
};

/** A lifetime of days; those who ask about more get them measured again. */
const REMEMBERED_DAYS = 36_525;

// Most days have one offset; only the two days a year on which the clocks change are measured each time.
const offsetOfDay = new Map<number, number | null>();

/** How far Europe/London is ahead of UTC at this instant, in milliseconds. */
export const londonOffset = (ms: number): number => {
  const day = Math.floor(ms / DAY);
  let known = offsetOfDay.get(day);
  if (known === undefined) {
    const [start, end] = [measuredOffset(day * DAY), measuredOffset((day + 1) * DAY - 1)];
    known = start === end ? start : null;
    if (offsetOfDay.size >= REMEMBERED_DAYS) offsetOfDay.clear();
    offsetOfDay.set(day, known);
  }
  return known ?? measuredOffset(ms);
};

/** The Europe/London calendar day of an instant, counted in days from 1970-01-01. */
export const londonDay = (ms: number): number => Math.floor((ms + londonOffset(ms)) / DAY);

/** The first instant of a Europe/London calendar day (days from 1970-01-01), in milliseconds. */
export const startOfLondonDay = (day: number): number => {
  const midnight = day * DAY;
  const early = midnight - londonOffset(midnight - HOUR);
  return londonDay(early) === day && londonDay(early - 1) < day ? early : midnight - londonOffset(midnight);
};

/** Days from 1970-01-01 to a date `YYYY-MM-DD` of the year 1000 or later; NaN when there is no such date. */
export const dayNumber = (date: string): number => {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(date)) return NaN;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? NaN : ms / DAY;
};

/** The date `YYYY-MM-DD` that lies this many days after 1970-01-01. */
export const dateOfDay = (day: number): LocalDate => new Date(day * DAY).toISOString().slice(0, 10) as LocalDate;

/** The Europe/London calendar date of an instant. */
export const londonDate = (ms: number): LocalDate => dateOfDay(londonDay(ms));

/** Milliseconds since 1970 of an instant written as ISO 8601. */
export const msOf = (instant: Instant | string): number => Date.parse(instant);

/** The instant, UTC with milliseconds, of milliseconds since 1970. */
export const instantOf = (ms: number): Instant => new Date(ms).toISOString() as Instant;

/** Where time comes from: the machine, a sample's own clock, or a test's fixed one. Milliseconds since 1970. */
export type Clock = () => number;
