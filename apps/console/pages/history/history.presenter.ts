import type { HistoryEntry, InvestigationItem, Sensitivity } from '#contexts/investigations';
import type { InvestigationAction } from '#contexts/oversight';
import { entryAction } from '../../../guard';
import type { PersonName } from '../../reading/people';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { eventGroups } from '../../words/events';
import type { EventGroup } from '../../words/events';
import { boxDate, counted, formatEffective, formatNumber } from '../../words/format';
import { recordTopic } from '../../live/topics';
import { asAtBar } from '../as-at/bar';
import type { BarStep } from '../as-at/bar';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';
import { caseHeader } from '../investigation/case-header';
import type { CaseView } from '../investigation/case-view';
import { lookupsOf } from '../investigation/lookups';
import { takeovers } from './changes';
import { timelineEntry } from './entry';
import { groupsOf, historyAddress, passes } from './question';
import type { HistoryQuestion } from './question';

const PAGE_SIZE = 25;

export interface HistoryInput {
  readonly looking: Looking;
  readonly item: InvestigationItem;
  readonly view: CaseView;
  readonly people: ReadonlyMap<string, PersonName>;
  /** Entries as at the moment looked at, in the order of recording. */
  readonly entries: readonly HistoryEntry[];
  /** How many entries there are now. */
  readonly all: number;
  readonly steps: readonly BarStep[];
  /** Of the newest event that the entries can hold. */
  readonly number: number;
  readonly question: HistoryQuestion;
  readonly sensitivity?: Sensitivity;
  /** Whether the reader may do this with the investigation. */
  readonly may: (action: InvestigationAction) => boolean;
}

const filtersOf = ({ entries, question }: HistoryInput) => ({
  groups: (Object.keys(eventGroups) as EventGroup[]).map((group) => ({
    value: group, text: `${eventGroups[group]} (${formatNumber(entries.filter((entry) => groupsOf(entry).includes(group)).length)})`,
    checked: question.groups.includes(group),
  })),
  who: question.who, from: question.from && boxDate(question.from), to: question.to && boxDate(question.to),
  order: question.oldestFirst ? 'oldest' : '',
  errors: Object.fromEntries(question.errors.map(({ field, text }) => [field, text])),
});

const pagesOf = (path: string, question: HistoryQuestion, carried: Readonly<Record<string, string>>, pages: number) => {
  const to = (page: number) => historyAddress(path, { ...question, page }, carried);
  const near = Array.from({ length: pages }, (_, i) => i + 1).filter((page) => page === 1 || page === pages || Math.abs(page - question.page) <= 2);
  const items = near.flatMap((page, i) => [
    ...(i > 0 && page - near[i - 1]! > 1 ? [{ ellipsis: true }] : []),
    { number: page, current: page === question.page, href: to(page) },
  ]);
  return {
    items,
    ...(question.page > 1 && { previous: { href: to(question.page - 1) } }),
    ...(question.page < pages && { next: { href: to(question.page + 1) } }),
  };
};

const linesOf = ({ entries, all, looking }: HistoryInput): string[] => {
  const last = entries.at(-1);
  if (!looking.past) return [`Last event of this investigation: ${formatNumber(last?.number ?? 0)}.`];
  const hidden = all - entries.length;
  return [`Last event then: ${formatNumber(last?.number ?? 0)}. ${counted(hidden, 'later event')} on this investigation ${hidden === 1 ? 'is' : 'are'} hidden.`];
};

const showingOf = (total: number, shown: number, unfiltered: number, question: HistoryQuestion): string => {
  const order = question.oldestFirst ? 'oldest first' : 'newest first';
  if (total === 0) return '';
  const first = (question.page - 1) * PAGE_SIZE + 1;
  const hidden = unfiltered - total;
  return `Showing ${formatNumber(first)} to ${formatNumber(first + shown - 1)} of ${counted(total, 'event')}, ${order}${hidden > 0 ? `; the filter hides ${formatNumber(hidden)}` : ''}`;
};

/** The history of one investigation: every entry, newest first, with what it changed and why. */
export const historyPage = (input: HistoryInput): Page => {
  const { looking, item, view, entries } = input;
  const path = `/investigations/${item.reference}/history`;
  const wanted = entries.filter((entry) => passes(entry, input.question));
  const pages = Math.max(1, Math.ceil(wanted.length / PAGE_SIZE));
  const question = { ...input.question, page: Math.min(input.question.page, pages) };
  const ordered = question.oldestFirst ? wanted : [...wanted].reverse();
  const shown = ordered.slice((question.page - 1) * PAGE_SIZE, question.page * PAGE_SIZE);
  const context = { path, lookups: lookupsOf(view, input.people), mayPutRight: (type: string) => !looking.past && input.may(entryAction(type)), changes: takeovers(entries) };
  return {
    view: 'pages/history/history.njk', title: `${item.reference}: history`, section: 'investigations', past: pastMark(looking, path),
    counted: `Last event of the investigation shown: ${formatNumber(entries.at(-1)?.number ?? 0)}.`,
    live: { topic: recordTopic(item.investigationId), since: input.number, update: historyAddress(path, { ...question, page: 1 }, looking.carried) },
    model: {
      header: caseHeader(view, item, 'history', looking.carried, input),
      bar: asAtBar(looking, { action: path, lines: linesOf(input), steps: input.steps, pastNote: ' Later events are hidden. You cannot make changes.' }),
      facts: [
        { term: 'Officer in the case', text: item.officer ?? 'not allocated' }, { term: 'Supervisor', text: view.supervisor ?? 'not recorded' },
        { term: 'Opened', text: formatEffective(view.openedAt) },
      ],
      filters: filtersOf(input), carried: looking.carried, path, clearHref: address(path, looking.carried),
      errors: [...looking.errors, ...question.errors],
      entries: shown.map((entry) => timelineEntry(entry, context)),
      reversed: !question.oldestFirst, start: question.oldestFirst ? (question.page - 1) * PAGE_SIZE + 1 : wanted.length - (question.page - 1) * PAGE_SIZE,
      showing: showingOf(wanted.length, shown.length, entries.length, question),
      hidden: entries.length - wanted.length,
      orderHref: historyAddress(path, { ...question, oldestFirst: !question.oldestFirst, page: 1 }, looking.carried),
      orderText: question.oldestFirst ? 'Show newest first' : 'Show oldest first',
      pager: pages > 1 ? pagesOf(path, question, looking.carried, pages) : undefined,
      back: { list: address('/investigations', looking.carried), overview: address(`/investigations/${item.reference}`, looking.carried) },
      buttons: looking.past || !input.may('record') ? [] : [{ text: 'Record something', href: `/investigations/${item.reference}` }],
    },
  };
};
