import type { LookItem, LookPage } from '#contexts/oversight';
import type { Page } from '../../rendering/page';
import { counted, formatNumber } from '../../words/format';
import { lookRow } from './look-rows';
import type { Namer } from './look-rows';
import { filterBoxes, lookAddress } from './question';
import type { LooksQuestion } from './question';

export interface ViewsInput {
  readonly kind: 'investigation' | 'person';
  readonly reference: string;
  readonly question: LooksQuestion;
  readonly list: LookPage<LookItem>;
  readonly namer: Namer;
}

const places = { investigation: ['Investigations', '/investigations'], person: ['People', '/people'] } as const;

/** Who viewed one record, newest first. */
export const viewsPage = ({ kind, reference, question, list, namer }: ViewsInput): Page => {
  const [section, base] = places[kind];
  const record = `${base}/${reference}`;
  const path = `${record}/views`;
  return {
    view: 'pages/views/views.njk', title: `Who viewed ${reference}`, section: kind === 'person' ? 'people' : 'investigations', ...(question.errors.length > 0 && { status: 400 }),
    model: {
      heading: `Who viewed ${reference}`, reference, trail: { text: section, href: base, record }, path, clearHref: path,
      filters: filterBoxes(question), errors: question.errors, summary: question.errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      total: counted(list.total, 'look'), rows: list.items.map((look) => lookRow(look, namer)),
      first: question.cursor === undefined ? undefined : { href: lookAddress(path, question), labelText: 'Newest' },
      next: list.next && { href: lookAddress(path, question, list.next), labelText: `Older, of ${formatNumber(list.total)}` },
    },
  };
};
