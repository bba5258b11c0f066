import type { LookItem, LookPage, Way } from '#contexts/oversight';
import type { Page } from '../../rendering/page';
import { counted, formatNumber } from '../../words/format';
import { wayWords } from '../../words/looks';
import { lookRow } from './look-rows';
import type { Names } from './look-rows';
import { countOf, filterBoxes, lookAddress, wayFilters } from './question';
import type { LooksQuestion } from './question';

export interface ViewsInput {
  readonly kind: 'investigation' | 'person';
  readonly reference: string;
  readonly question: LooksQuestion;
  readonly list: LookPage<LookItem>;
  /** How many looks there are in each way. */
  readonly counts: Readonly<Record<Way, number>>;
  readonly names: Names;
  /** Of the form that asks for one user. */
  readonly token: string;
  /** What was typed into it. */
  readonly typed: string;
  /** Nobody has that number who ever did or saw anything. */
  readonly unknown?: boolean;
}

const places = { investigation: ['Investigations', '/investigations'], person: ['People', '/people'] } as const;

const errorsOf = ({ question, unknown }: ViewsInput): LooksQuestion['errors'] =>
  [...question.errors, ...(unknown ? [{ field: 'user', text: 'Nobody with that number has looked at anything' }] : [])];

const filterOf = ({ question, counts, token, typed }: ViewsInput, path: string, errors: LooksQuestion['errors']) => ({
  ...filterBoxes(question), who: question.who, user: question.user, typed, token, errors: Object.fromEntries(errors.map(({ field, text }) => [field, text])), way: question.way,
  ways: wayFilters.map((value) => ({ value, text: `${wayWords[value]} (${formatNumber(countOf(counts, value))})`, checked: value === question.way })),
  ...(question.user && { everybodyHref: lookAddress(path, { ...question, who: '' }) }),
});

/** Who viewed one record, newest first: at first who opened it, because lists show every record to many. */
export const viewsPage = (input: ViewsInput): Page => {
  const { kind, reference, question, list, names } = input;
  const [section, base] = places[kind];
  const record = `${base}/${reference}`;
  const path = `${record}/views`;
  const errors = errorsOf(input);
  return {
    view: 'pages/views/views.njk', title: `Who viewed ${reference}`, section: kind === 'person' ? 'people' : 'investigations', ...(errors.length > 0 && { status: 400 }),
    model: {
      heading: `Who viewed ${reference}`, reference, trail: { text: section, href: base, record }, path, clearHref: path, allHref: lookAddress(path, { ...question, way: 'all' }), isAll: question.way === 'all',
      filters: filterOf(input, path, errors), errors, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      total: `${counted(list.total, 'look')}, newest first: ${wayWords[question.way].toLowerCase()}${question.user && `, by ${question.user}`}`, rows: list.items.map((look) => lookRow(look, names)),
      first: question.cursor === undefined ? undefined : { href: lookAddress(path, question), labelText: 'Newest' },
      next: list.next && { href: lookAddress(path, question, list.next), labelText: `Older, of ${formatNumber(list.total)}` },
    },
  };
};
