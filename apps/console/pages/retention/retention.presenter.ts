import { dayNumber } from '#kernel';
import type { LocalDate, NominalId } from '#kernel';
import type { RetentionItem } from '#contexts/oversight';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { boxDate, counted, formatDay, formatNumber } from '../../words/format';
import { decisionWords, groupWords } from '../../words/rights';

export interface RetentionInput {
  readonly by: LocalDate;
  readonly today: LocalDate;
  /** As it was typed; not a date where `wrong`. */
  readonly typed: string;
  readonly wrong: boolean;
  readonly items: readonly RetentionItem[];
  readonly page: number;
  readonly last: number;
  readonly size: number;
  readonly total: number;
  referenceOf(id: NominalId): string | undefined;
}

const overdue = (day: LocalDate, today: LocalDate): string => {
  const days = dayNumber(today) - dayNumber(day);
  return days > 0 ? `${counted(days, 'day')} overdue` : days === 0 ? 'Today' : `In ${counted(-days, 'day')}`;
};

const marksOf = ({ holds, restrictions }: RetentionItem): readonly string[] =>
  [holds > 0 && counted(holds, 'legal hold'), restrictions > 0 && 'Restricted'].filter((mark) => mark !== false);

const rowOf = (item: RetentionItem, { referenceOf, today }: RetentionInput) => {
  const reference = referenceOf(item.nominalId);
  return {
    reference: reference ?? 'A person', href: reference && `/people/${reference}/rights`,
    group: groupWords[item.group], decision: item.decision && decisionWords[item.decision], reviewed: item.reviewedOn ? formatDay(item.reviewedOn) : 'Never',
    noticed: item.lastNoticeOn ? formatDay(item.lastNoticeOn) : 'Not as a suspect', due: formatDay(item.nextReviewOn!), overdue: overdue(item.nextReviewOn!, today), marks: marksOf(item),
  };
};

/** Reviews of retention that are due, the longest overdue first. References alone. */
export const retentionDuePage = (input: RetentionInput): Page => {
  const { by, today, typed, wrong, items, page, last, size, total } = input;
  const to = (number: number): string => address('/retention', { due: by === today ? undefined : boxDate(by), page: number === 1 ? undefined : String(number) });
  const heading = `${counted(total, 'review')} of retention due`;
  return {
    view: 'pages/retention/retention.njk', title: heading, section: 'retention', ...(wrong && { status: 400 }),
    model: {
      heading, by: formatDay(by), typed: wrong ? typed : boxDate(by), error: wrong ? 'Enter a real date, such as 27/3/2026' : undefined, rows: items.map((item) => rowOf(item, input)),
      showing: items.length > 0 ? `Showing ${formatNumber((page - 1) * size + 1)} to ${formatNumber((page - 1) * size + items.length)} of ${formatNumber(total)}, longest overdue first` : '',
      previous: page > 1 && { href: to(page - 1), labelText: `Page ${page - 1}` }, next: page < last && { href: to(page + 1), labelText: `Page ${page + 1} of ${formatNumber(last)}` },
    },
  };
};
