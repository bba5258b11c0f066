import { dayNumber, startOfLondonDay } from '#kernel';
import type { Way } from '#contexts/oversight';
import { parseDay } from '../../forms/dates';
import { address, one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { boxDate } from '../../words/format';

/** How records came to be seen, as addresses have it: the ways, and all of them. */
export const wayFilters = ['opened', 'listed', 'taken-out', 'all'] as const;
export type WayFilter = (typeof wayFilters)[number];

/** Which looks somebody wants to see; dates `YYYY-MM-DD`, both included, `''` for none. */
export interface LooksQuestion {
  readonly from: string;
  readonly to: string;
  /** What stands for a user in addresses. */
  readonly who: string;
  /** Whom that stands for: a collar number. */
  readonly user: string;
  readonly way: WayFilter;
  readonly cursor?: string;
  readonly errors: readonly { readonly field: string; readonly text: string }[];
}

const dayIn = (fields: Fields, name: string, label: string, errors: { field: string; text: string }[]): string => {
  const typed = one(fields, name);
  const day = typed && parseDay(typed);
  if (day === undefined) errors.push({ field: name, text: `${label} must be a real date, such as 14/6/2019` });
  return day ?? '';
};

/** The question of an address. Whom `who` stands for is not looked up here. */
export const looksQuestion = (fields: Fields): LooksQuestion => {
  const errors: { field: string; text: string }[] = [];
  const cursor = one(fields, 'cursor');
  const [from, to] = [dayIn(fields, 'from', 'From', errors), dayIn(fields, 'to', 'To', errors)];
  if (from && to && to < from) errors.push({ field: 'to', text: 'To must be the same day as From or later' });
  return {
    from, to, who: one(fields, 'who').slice(0, 100), user: '',
    way: wayFilters.find((way) => way === one(fields, 'way')) ?? 'opened', ...(/^\d{1,15}$/.test(cursor) && { cursor }), errors,
  };
};

const codes: Readonly<Record<WayFilter, Way | undefined>> = { opened: 'OPENED', listed: 'LISTED', 'taken-out': 'TAKEN_OUT', all: undefined };

export const wayIn = ({ way }: Pick<LooksQuestion, 'way'>): { readonly way?: Way } => (codes[way] === undefined ? {} : { way: codes[way] });

/** How many looks there are in each way. */
export const countOf = (counts: Readonly<Record<Way, number>>, filter: WayFilter): number => {
  const way = codes[filter];
  return way === undefined ? counts.OPENED + counts.LISTED + counts.TAKEN_OUT : counts[way];
};

/** The question as the read models take it. */
export const asked = ({ from, to, user, cursor }: Pick<LooksQuestion, 'from' | 'to' | 'user' | 'cursor'>, covert: boolean, limit: number) => ({
  covert, limit, ...(cursor !== undefined && { cursor }), ...(user && { user }),
  ...(from && { from: startOfLondonDay(dayNumber(from)) }), ...(to && { before: startOfLondonDay(dayNumber(to) + 1) }),
});

/** The filter as its boxes show it. */
export const filterBoxes = ({ from, to, errors }: LooksQuestion) => ({
  from: from && boxDate(from), to: to && boxDate(to),
  errors: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
});

/** The address of the page that begins at a cursor. */
export const lookAddress = (path: string, { from, to, who, way }: LooksQuestion, cursor?: string, more: Readonly<Record<string, string>> = {}): string =>
  address(path, { from, to, who, way: way === 'opened' ? undefined : way, ...more, cursor });

/** The filter as the log of looks keeps it. */
export const questionKept = ({ from, to, user, way }: LooksQuestion): Readonly<Record<string, string>> => ({ from, to, user, way });
