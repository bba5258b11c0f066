import { intervalOf, MalformedError, parseMoment } from '#kernel';
import type { EffectiveAt } from '#kernel';
import { minuteOf } from '#platform/requests';
import { one } from '../rendering/http';
import type { Fields } from '../rendering/http';
import { dateFault, dateOf, monthFrom, parseTime } from './dates';

export interface FieldError {
  /** Id of the box that is wrong. */
  readonly field: string;
  readonly text: string;
}

/** A date as read from its boxes: how exactly it is known follows from which boxes were filled in. */
export type ReadWhen = { readonly at: EffectiveAt } | { readonly error: FieldError; readonly twice?: true };

const fault = (field: string, text: string, twice = false): ReadWhen => ({ error: { field, text }, ...(twice && { twice: true as const }) });

const minute = (id: string, label: string, date: string, time: string, offset: string, now: number): ReadWhen => {
  const known = /^\+0[01]:00$/.test(offset) ? offset : '';
  try {
    return { at: minuteOf(parseMoment(`${date}T${time}${known}`, now)) };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    if (error.rule.startsWith('happens twice')) return fault(`${id}-offset`, `${label}: that hour happened twice on this night, choose BST or GMT`, true);
    if (error.rule.includes('future')) return fault(`${id}-day`, `${label} must be today or in the past`);
    return fault(`${id}-time`, `${label}: that time did not happen on this night, the clocks went forward`);
  }
};

const coarse = (id: string, label: string, day: string, month: string, year: string): ReadWhen => {
  if (day) {
    const from = dateOf(day, month, year);
    if (from) return { at: { precision: 'day', from } };
    const { part, text } = dateFault(label, day, month, year);
    return fault(`${id}-${part}`, text);
  }
  if (month) {
    const from = monthFrom(month, year);
    if (from) return { at: { precision: 'month', from } };
    return /^\d{4}$/.test(year) ? fault(`${id}-month`, `${label} must include a real month`) : fault(`${id}-year`, `${label} must include a year of four figures`);
  }
  return /^(1[89]|20)\d\d$/.test(year) ? { at: { precision: 'year', from: year } } : fault(`${id}-year`, `${label} must include a year of four figures`);
};

const exact = (fields: Fields, id: string, label: string, now: number): ReadWhen => {
  const [day, month, year, typedTime] = ['day', 'month', 'year', 'time'].map((part) => one(fields, `${id}-${part}`)) as [string, string, string, string];
  if (!day && !month && !year) return fault(`${id}-day`, `Enter ${label.toLowerCase()}, or say that it is not known`);
  const found = coarse(id, label, day, month, year);
  if ('error' in found) return found;
  if (!typedTime) return intervalOf(found.at).earliest > now ? fault(`${id}-day`, `${label} must be today or in the past`) : found;
  if (found.at.precision !== 'day') return fault(`${id}-day`, 'Enter the day as well as the time');
  const time = parseTime(typedTime);
  return time ? minute(id, label, found.at.from!, time, one(fields, `${id}-offset`), now) : fault(`${id}-time`, 'Time must be in the 24 hour clock, such as 18:45');
};

/** Reads day, month, year, time, "about" and "not known" from boxes named after `id`. */
export const readWhen = (fields: Fields, id: string, label: string, now: number): ReadWhen => {
  if (one(fields, `${id}-unknown`)) return { at: { precision: 'unknown' } };
  const found = exact(fields, id, label, now);
  return 'at' in found && one(fields, `${id}-about`) ? { at: { ...found.at, about: true } } : found;
};

/** A date back in its boxes. A range keeps its first day, as an estimate. */
export const whenBoxes = (at: EffectiveAt, id: string): Record<string, string> => {
  if (at.precision === 'unknown') return { [`${id}-unknown`]: 'yes' };
  const [date, time] = at.from!.split('T') as [string, string | undefined];
  const [year, month, day] = date.split('-') as [string, string | undefined, string | undefined];
  const boxes = { year, month: month && String(Number(month)), day: day && String(Number(day)), time: time?.slice(0, 5), offset: time?.slice(5), about: at.about || at.precision === 'range' ? 'yes' : undefined };
  return Object.fromEntries(Object.entries(boxes).flatMap(([part, value]) => (value ? [[`${id}-${part}`, value]] : [])));
};
