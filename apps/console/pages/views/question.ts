import { dayNumber, startOfLondonDay } from '#kernel';
import { parseDay } from '../../forms/dates';
import { address, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { boxDate } from '../../words/format';

/** Which looks somebody wants to see; dates `YYYY-MM-DD`, both included, `''` for none. */
export interface LooksQuestion {
  readonly from: string;
  readonly to: string;
  /** Collar number. */
  readonly user: string;
  readonly cursor?: string;
  readonly errors: readonly { readonly field: string; readonly text: string }[];
}

const dayIn = (fields: Fields, name: string, label: string, errors: { field: string; text: string }[]): string => {
  const typed = one(fields, name);
  const day = typed && parseDay(typed);
  if (day === undefined) errors.push({ field: name, text: `${label} must be a real date, such as 14/6/2019` });
  return day ?? '';
};

export const looksQuestion = (fields: Fields): LooksQuestion => {
  const errors: { field: string; text: string }[] = [];
  const cursor = one(fields, 'cursor');
  return {
    from: dayIn(fields, 'from', 'From', errors), to: dayIn(fields, 'to', 'To', errors), user: one(fields, 'user').slice(0, 100),
    ...(/^\d{1,15}$/.test(cursor) && { cursor }), errors,
  };
};

/** The question as the read models take it. */
export const asked = ({ from, to, user, cursor }: LooksQuestion, covert: boolean, limit: number) => ({
  covert, limit, ...(cursor !== undefined && { cursor }), ...(user && { user }),
  ...(from && { from: startOfLondonDay(dayNumber(from)) }), ...(to && { before: startOfLondonDay(dayNumber(to) + 1) }),
});

/** The filter as its boxes show it. */
export const filterBoxes = ({ from, to, user, errors }: LooksQuestion) => ({
  from: from && boxDate(from), to: to && boxDate(to), user,
  errors: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
});

/** The address of the page that begins at a cursor. */
export const lookAddress = (path: string, { from, to, user }: LooksQuestion, cursor?: string, more: Readonly<Record<string, string>> = {}): string =>
  address(path, { from, to, user, ...more, cursor });

/** The filter as the log of looks keeps it. */
export const questionKept = ({ from, to, user }: LooksQuestion): Readonly<Record<string, string>> => ({ from, to, user });
