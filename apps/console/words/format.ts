import { londonDate, londonOffset, msOf } from '#kernel';
import type { EffectiveAt } from '#kernel';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `1,800`; the same on every machine. */
export const formatNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `31 December 2019` of `2019-12-31`. */
export const formatDay = (date: string): string => `${Number(date.slice(8, 10))} ${formatMonth(date.slice(0, 7))}`;

/** `December 2019` of `2019-12`. */
export const formatMonth = (month: string): string => `${months[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;

/** `Dec` of `2019-12`. */
export const shortMonth = (month: string): string => months[Number(month.slice(5, 7)) - 1]!.slice(0, 3);

/** A date as exactly as it is known: `14 June 2019`, `June 2019` or `2019`; anything else as it is. */
export const formatKnown = (date: string): string => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return formatDay(date);
  return /^\d{4}-\d{2}$/.test(date) ? formatMonth(date) : date;
};

/** `5:00pm` in the GOV.UK style, `midday` and `midnight` included as numbers. `minutes`: of the day. */
const timeOfDay = (minutes: number): string => {
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 || 12}:${String(minutes % 60).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`;
};

const localMinutes = (ms: number): number => Math.floor((ms + londonOffset(ms)) / 60_000) % 1440;

/** `5:00pm`, Europe/London. */
export const formatTime = (ms: number): string => timeOfDay(localMinutes(ms));

/** `31 December 2019 at 5:00pm`, Europe/London. */
export const formatMoment = (ms: number): string => `${formatDay(londonDate(ms))} at ${formatTime(ms)}`;

/** `17:00`, Europe/London. */
export const clockTime = (ms: number): string => {
  const minutes = localMinutes(ms);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** `31/12/2019`, as a date box takes it. */
export const boxDate = (date: string): string => `${Number(date.slice(8, 10))}/${Number(date.slice(5, 7))}/${date.slice(0, 4)}`;

/** A recorded act's own date in words, no more exact than it was written: never a midnight that nobody wrote. */
export const formatEffective = (at: EffectiveAt): string => {
  const about = at.about ? 'about ' : '';
  switch (at.precision) {
    case 'minute': return about + formatMoment(msOf(at.from!));
    case 'day': return about + formatDay(at.from!);
    case 'month': return about + formatMonth(at.from!);
    case 'year': return about + at.from!;
    case 'range': return `${about}between ${formatDay(at.from!)} and ${formatDay(at.to!)}`;
    case 'unknown': return 'on a date not known';
  }
};

/** A date of which the first day stands for the whole, such as a month. */
export const formatFrom = (date: string, precision: string): string => {
  if (precision === 'month') return formatMonth(date.slice(0, 7));
  if (precision === 'year') return date.slice(0, 4);
  return formatDay(date);
};

/** `1 investigation`, `2 investigations`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${formatNumber(count)} ${count === 1 ? one : many}`;
