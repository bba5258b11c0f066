import type { InvestigationId } from '#kernel';
import type { Figures, OutstandingSuspectItem, Page as ListPage, Sensitivity } from '#contexts/investigations';
import { groundChoices, groundWords } from '../../reading/ground';
import type { Ground, Known } from '../../reading/ground';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { qualityWords, sensitivityTag } from '../../words/codes';
import { bandWords } from '../../words/figures';
import { counted, formatDay, formatNumber } from '../../words/format';
import { startOf } from '../../words/events';
import { asAtBar, countedLine } from '../as-at/bar';
import { earlyNotices } from '../as-at/beginning';
import type { Beginning } from '../as-at/beginning';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';

export interface SuspectsInput {
  readonly looking: Looking;
  readonly ground: Ground;
  readonly known: Known;
  readonly begins: Beginning;
  readonly wait?: (typeof bandWords)[number]['address'];
  readonly figures: Figures;
  readonly list: ListPage<OutstandingSuspectItem>;
  readonly page: number;
  readonly size: number;
  /** `PER-` references of the people on this page, where they have one. */
  readonly people: ReadonlyMap<string, string>;
  readonly lagSeconds: number;
  /** How sensitive an investigation is now. */
  readonly sensitivityOf?: (id: InvestigationId) => Sensitivity | undefined;
}

const path = '/suspects';
type Carried = Readonly<Record<string, string>>;

const bandsOf = ({ figures, wait, ground, looking }: SuspectsInput) => {
  const longest = Math.max(1, ...figures.bands.map(({ suspectLinks }) => suspectLinks));
  return bandWords.map(({ from, address: value, text }) => {
    const count = figures.bands.find((band) => band.from === from)?.suspectLinks ?? 0;
    return {
      text, count: formatNumber(count), last: from === 85, current: value === wait,
      share: count === 0 ? 0 : Math.max(1, Math.round((count / longest) * 1000) / 10),
      href: address(path, { ...ground.parameters, ...looking.carried, wait: value }),
    };
  });
};

const beganWords = ({ startedBy, earlierStartOn }: OutstandingSuspectItem): string =>
  startOf(startedBy) + (earlierStartOn ? `; first outstanding from ${formatDay(earlierStartOn)}` : '');

const personOf = ({ nominalId, quality }: OutstandingSuspectItem, people: SuspectsInput['people'], carried: Carried) => {
  const reference = nominalId === null ? undefined : people.get(nominalId);
  return { person: reference ?? qualityWords[quality], ...(reference && { personHref: address(`/people/${reference}`, carried) }) };
};

const rowOf = (item: OutstandingSuspectItem, { people, sensitivityOf }: SuspectsInput, carried: Carried) => ({
  sensitivity: sensitivityTag(sensitivityOf?.(item.investigationId)),
  reference: item.reference, href: address(`/investigations/${item.reference}`, carried),
  ...personOf(item, people, carried),
  area: item.area, team: item.team ?? 'No team', officer: item.officer ?? 'Not allocated',
  since: formatDay(item.episodeStartedOn), began: beganWords(item),
  circulated: item.circulated,
  wait: counted(item.waitDays, 'day'), waitLong: item.waitDays > 84,
});

/** Suspects outstanding, one row a suspect on an investigation, longest wait first. */
export const suspectsPage = (input: SuspectsInput): Page => {
  const { looking, ground: { scope, parameters: ofGround, notices }, known, wait, list, page, size } = input;
  const parameters: Record<string, string> = { ...ofGround, ...(wait && { wait }) };
  const to = (cursor: string, number: number) => address(path, { ...parameters, ...looking.carried, cursor, page: String(number) });
  const heading = `${counted(list.total, 'suspect link')} outstanding`;
  return {
    view: 'pages/suspects/suspects.njk', title: heading, section: 'suspects', past: pastMark(looking, path, parameters),
    counted: `Counted to ledger event ${formatNumber(list.number)}.`,
    live: { topic: 'list', since: list.number, update: address(path, parameters) },
    model: {
      heading, ground: groundWords(scope), notices: [...earlyNotices(looking, input.begins), ...notices],
      bar: asAtBar(looking, {
        action: path, hidden: wait ? { wait } : {}, lines: [countedLine(looking, list.number, input.lagSeconds)],
        ground: groundChoices(scope, known),
      }),
      bands: bandsOf(input), total: formatNumber(input.figures.suspectLinks.outstanding),
      people: counted(input.figures.people.outstanding, 'person', 'people'),
      chosen: wait ? [{ text: `Waiting ${bandWords.find((band) => band.address === wait)!.text.toLowerCase()}`, href: address(path, { ...ofGround, ...looking.carried }) }] : [],
      rows: list.items.map((item) => rowOf(item, input, looking.carried)),
      showing: list.items.length > 0 ? `Showing ${formatNumber((page - 1) * size + 1)} to ${formatNumber((page - 1) * size + list.items.length)} of ${formatNumber(list.total)}, longest wait first` : '',
      previous: list.previous && { href: page === 2 ? address(path, { ...parameters, ...looking.carried }) : to(list.previous, page - 1), labelText: `Page ${page - 1}` },
      next: list.next && { href: to(list.next, page + 1), labelText: `Page ${page + 1} of ${formatNumber(Math.ceil(list.total / size))}` },
    },
  };
};
