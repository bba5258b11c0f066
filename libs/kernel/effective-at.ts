import { MalformedError } from './errors';
import { dayNumber, startOfLondonDay } from './time';

export type Precision = 'minute' | 'day' | 'month' | 'year' | 'range' | 'unknown';

/**
 * When the recorded act happened, kept as it was written and never turned into an instant on disk.
 * `minute`: `2019-06-14T17:00+01:00`; `day`, `month`, `year`: Europe/London `2019-06-14`, `2019-06`, `2019`;
 * `range`: two days, `to` included; `unknown`: neither. `about` marks an estimate and changes no arithmetic.
 */
export interface EffectiveAt {
  readonly precision: Precision;
  readonly from?: string;
  readonly to?: string;
  readonly about?: true;
}

/** Milliseconds since 1970; `latest` is excluded. */
export interface Interval {
  readonly earliest: number;
  readonly latest: number;
}

const forms: Record<Exclude<Precision, 'unknown' | 'range'>, RegExp> = {
  minute: /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(Z|[+-]\d{2}:\d{2})$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  year: /^\d{4}$/,
};

const dayInterval = (date: string): Interval => {
  const day = dayNumber(date);
  return { earliest: startOfLondonDay(day), latest: startOfLondonDay(day + 1) };
};

const monthInterval = (month: string): Interval => {
  const first = dayNumber(`${month}-01`);
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return { earliest: startOfLondonDay(first), latest: startOfLondonDay(first + days) };
};

const minuteInterval = (minute: string): Interval => {
  const earliest = Date.parse(minute);
  return { earliest, latest: earliest + 60_000 };
};

const measure = ({ precision, from, to }: EffectiveAt): Interval => {
  switch (precision) {
    case 'minute': return minuteInterval(from!);
    case 'day': return dayInterval(from!);
    case 'month': return monthInterval(from!);
    case 'year': return { earliest: monthInterval(`${from}-01`).earliest, latest: monthInterval(`${from}-12`).latest };
    case 'range': return { earliest: dayInterval(from!).earliest, latest: dayInterval(to!).latest };
    case 'unknown': return { earliest: -Infinity, latest: Infinity };
  }
};

// The same few thousand dates come back for ever; a full map is dropped whole rather than grown. Minutes seldom do, and cost no calendar.
const measured = new Map<string, Interval>();

/** The instants between which the act happened. */
export const intervalOf = (at: EffectiveAt): Interval => {
  if (at.precision === 'minute') return measure(at);
  const key = `${at.precision} ${at.from} ${at.to}`;
  let interval = measured.get(key);
  if (!interval) {
    interval = measure(at);
    if (measured.size > 50_000) measured.clear();
    measured.set(key, interval);
  }
  return interval;
};

/**
 * Checks a date as somebody wrote it and returns it without anything else that came with it.
 * @throws MalformedError naming the field under `path` that is wrong
 */
export const parseEffectiveAt = (value: unknown, path = 'effectiveAt'): EffectiveAt => {
  if (typeof value !== 'object' || value === null) throw new MalformedError(path, 'must be an object with precision and from');
  const { precision, from, to, about } = value as Record<string, unknown>;
  const estimate = about === true ? ({ about: true } as const) : {};
  if (precision === 'unknown') return { precision, ...estimate };
  if (precision === 'range') {
    if (typeof from !== 'string' || Number.isNaN(dayNumber(from))) throw new MalformedError(`${path}.from`, 'must be a date such as 2019-06-14');
    if (typeof to !== 'string' || Number.isNaN(dayNumber(to))) throw new MalformedError(`${path}.to`, 'must be a date such as 2019-06-14');
    if (to < from) throw new MalformedError(`${path}.to`, 'must not be before from');
    return { precision, from, to, ...estimate };
  }
  const form = typeof precision === 'string' && Object.hasOwn(forms, precision) ? forms[precision as keyof typeof forms] : undefined;
  if (!form) throw new MalformedError(`${path}.precision`, 'must be minute, day, month, year, range or unknown');
  const at = { precision: precision as Precision, from: String(from).replace(NO_SECONDS, '$1'), ...estimate };
  const known = typeof from === 'string' && form.test(at.from) && Number.isFinite(measure(at).earliest);
  const day = typeof from === 'string' && (precision === 'minute' || precision === 'day') ? dayNumber(from.slice(0, 10)) : 0;
  if (!known || Number.isNaN(day)) throw new MalformedError(`${path}.from`, `must be a ${precision as string} that exists, written such as ${example[precision as keyof typeof forms]}`);
  return at;
};

// Clocks write the seconds of a whole minute, too.
const NO_SECONDS = /^(.{16}):00(?:\.0{1,3})?(?=Z$|[+-])/;

const example: Record<keyof typeof forms, string> = {
  minute: '2019-06-14T17:00+01:00', day: '2019-06-14', month: '2019-06', year: '2019',
};
