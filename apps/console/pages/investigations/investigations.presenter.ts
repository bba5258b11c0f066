import type { InvestigationId } from '#kernel';
import type { InvestigationItem, Page as ListPage, Sensitivity } from '#contexts/investigations';
import { choicesOf, groundChoices } from '../../reading/ground';
import type { Known } from '../../reading/ground';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { sensitivityTag, statusColours, statusWords, themeWords } from '../../words/codes';
import { bandWords } from '../../words/figures';
import { counted, formatFrom, formatNumber } from '../../words/format';
import { asAtBar, countedLine } from '../as-at/bar';
import { earlyNotices } from '../as-at/beginning';
import type { Beginning } from '../as-at/beginning';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';
import { pageSizes, statusChoices, suspectChoices } from './question';
import type { ListQuestion } from './question';

export interface InvestigationsInput {
  /** Whether the reader may open an investigation. */
  readonly mayOpen: boolean;
  readonly looking: Looking;
  readonly question: ListQuestion;
  readonly list: ListPage<InvestigationItem>;
  readonly known: Known;
  readonly begins: Beginning;
  readonly lagSeconds: number;
  /** How sensitive an investigation is now. */
  readonly sensitivityOf?: (id: InvestigationId) => Sensitivity | undefined;
}

const path = '/investigations';

/** One row as the table shows it. */
const rowOf = (item: InvestigationItem, carried: Readonly<Record<string, string>>, sensitivityOf: InvestigationsInput['sensitivityOf']) => ({
  reference: item.reference,
  href: address(`${path}/${item.reference}`, carried),
  sensitivity: sensitivityTag(sensitivityOf?.(item.investigationId)),
  status: statusWords[item.status], colour: statusColours[item.status],
  area: item.area,
  themes: item.themes.map((theme) => themeWords[theme]).join(', ') || 'Not marked',
  team: item.team ?? 'No team', officer: item.officer ?? 'Not allocated',
  opened: formatFrom(item.openedOn, item.openedPrecision),
  suspects: item.liveSuspects === 0 ? 'None' : `${formatNumber(item.namedSuspects)} named of ${formatNumber(item.liveSuspects)}`,
  wait: item.waitDays === null ? '–' : counted(item.waitDays, 'day'),
  waitLong: item.waitDays !== null && item.waitDays > 84,
});

interface Heading {
  readonly text: string;
  readonly sort?: 'opened' | 'reference' | 'wait';
  readonly words?: readonly [asc: string, desc: string];
}

const headings: readonly Heading[] = [
  { text: 'Reference', sort: 'reference', words: ['lowest number first', 'highest number first'] },
  { text: 'Status' }, { text: 'Exploitation' }, { text: 'Team and officer' },
  { text: 'Opened', sort: 'opened', words: ['oldest first', 'newest first'] },
  { text: 'Suspects' },
  { text: 'Longest wait', sort: 'wait', words: ['shortest wait first', 'longest wait first'] },
];

const columnsOf = ({ filter, parameters }: ListQuestion, carried: Readonly<Record<string, string>>) => headings.map(({ text, sort, words }) => {
  if (!sort || !words) return { text };
  const current = filter.sort === sort;
  const next = current && filter.direction === 'desc' ? 'asc' : 'desc';
  return {
    text, href: address(path, { ...parameters, ...carried, sort, dir: next }),
    ariaSort: current ? (filter.direction === 'asc' ? 'ascending' : 'descending') : 'none',
    mark: current ? (filter.direction === 'asc' ? '▲' : '▼') : '',
    words: `sort by ${text.toLowerCase()}, ${words[next === 'asc' ? 0 : 1]}`,
  };
});

const sortedWords = ({ filter }: ListQuestion): string => {
  const words = headings.find(({ sort }) => sort === filter.sort)?.words;
  return words ? words[filter.direction === 'asc' ? 0 : 1] : '';
};

const without = (parameters: Readonly<Record<string, string>>, parameter: string): Record<string, string | undefined> =>
  ({ ...parameters, [parameter]: parameter === 'area' ? 'all' : undefined, ...(parameter === 'area' && { team: undefined }) });

const formOf = ({ question: { parameters, filter }, known }: InvestigationsInput) => ({
  ...groundChoices(filter, known),
  statuses: choicesOf(statusChoices, filter.status ?? 'active'),
  suspects: choicesOf(suspectChoices, parameters.suspect, 'Any'),
  waits: choicesOf(Object.fromEntries(bandWords.map(({ address: value, text }) => [value, text])), parameters.wait, 'Any'),
});

const pagerOf = ({ question: { parameters, page, size }, list, looking }: InvestigationsInput) => {
  const to = (cursor: string, number: number) => address(path, { ...parameters, ...looking.carried, cursor, page: String(number) });
  const [first, last] = [(page - 1) * size + 1, (page - 1) * size + list.items.length];
  return {
    showing: list.items.length === 0 ? '' : `Showing ${formatNumber(first)} to ${formatNumber(last)} of ${formatNumber(list.total)}`,
    ...(list.previous && { previous: { href: page === 2 ? address(path, { ...parameters, ...looking.carried }) : to(list.previous, page - 1), labelText: `Page ${page - 1}` } }),
    ...(list.next && { next: { href: to(list.next, page + 1), labelText: `Page ${page + 1} of ${formatNumber(Math.ceil(list.total / size))}` } }),
    sizes: pageSizes.map((each) => ({ text: String(each), href: each === size ? '' : address(path, { ...parameters, ...looking.carried, size: String(each) }) })),
  };
};

/** The list of investigations: the same question as the figure that links to it, so the same count. */
export const investigationsPage = (input: InvestigationsInput): Page => {
  const { looking, question, list } = input;
  const everything = { ...question.parameters, ...looking.carried };
  return {
    view: 'pages/investigations/investigations.njk', title: counted(list.total, 'investigation'), section: 'investigations',
    past: pastMark(looking, path, question.parameters),
    counted: `Counted to ledger event ${formatNumber(list.number)}.`,
    live: { topic: 'list', since: list.number, update: address(path, question.parameters) },
    model: {
      bar: asAtBar(looking, { action: path, hidden: question.parameters, lines: [countedLine(looking, list.number, input.lagSeconds)] }),
      heading: counted(list.total, 'investigation'),
      notices: [...earlyNotices(looking, input.begins), ...question.notices],
      chosen: question.chosen.map(({ parameter, text }) => ({ text, href: address(path, { ...without(question.parameters, parameter), ...looking.carried }) })),
      form: formOf(input), carried: looking.carried,
      kept: { sort: question.parameters.sort, dir: question.parameters.dir, size: question.parameters.size },
      clearHref: address(path, { area: 'all', ...looking.carried }),
      columns: columnsOf(question, looking.carried), sorted: sortedWords(question),
      showArea: question.filter.area === 'all',
      rows: list.items.map((item) => rowOf(item, looking.carried, input.sensitivityOf)),
      pager: pagerOf(input),
      csvHref: address('/investigations.csv', everything),
      mayRecord: !looking.past && input.mayOpen,
    },
  };
};
