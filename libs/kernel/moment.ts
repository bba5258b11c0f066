import { MalformedError } from './errors';
import { intervalOf } from './effective-at';
import { dayNumber, londonOffset } from './time';

const LOCAL = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const HOUR = 3_600_000;

const localInstants = (text: string): number[] => {
  const wall = Date.parse(`${text}Z`);
  return [wall - HOUR, wall].filter((ms) => ms + londonOffset(ms) === wall);
};

const endOf = (text: string): { start: number; at: number } => {
  const precision = text.length === 7 ? 'month' : 'day';
  const { earliest, latest } = intervalOf({ precision, from: text });
  return { start: earliest, at: latest - 1 };
};

const read = (text: string, field: string): { start: number; at: number } => {
  const isMonth = /^\d{4}-\d{2}$/.test(text);
  if (Number.isNaN(dayNumber(isMonth ? `${text}-01` : text.slice(0, 10)))) throw new MalformedError(field, 'must be a date that exists, such as 2019-12-31, 2019-12 or 2019-12-31T17:00');
  if (isMonth || text.length === 10) return endOf(text);
  if (WITH_OFFSET.test(text)) {
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new MalformedError(field, 'must have an offset that exists, such as +01:00');
    return { start: at, at };
  }
  const instants = LOCAL.test(text) ? localInstants(text) : [];
  if (instants.length === 2) throw new MalformedError(field, 'happens twice on that night: add the offset, +01:00 (BST) or +00:00 (GMT)');
  if (instants.length === 0) throw new MalformedError(field, 'must be a time that exists in Europe/London, such as 2019-12-31T17:00');
  return { start: instants[0]!, at: instants[0]! };
};

/**
 * A moment as somebody asks for it, as milliseconds since 1970: an instant with offset, a Europe/London time, or the end of a date or month
 * (its last millisecond). The date or month that `now` lies in ends at `now`.
 * @throws MalformedError when it cannot be read, happens twice, or lies in the future
 */
export const parseMoment = (text: string, now: number, field = 'moment'): number => {
  const { start, at } = read(text, field);
  if (start > now) throw new MalformedError(field, 'must not be in the future');
  return Math.min(at, now);
};
