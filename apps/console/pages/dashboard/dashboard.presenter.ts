import { londonDate, msOf } from '#kernel';
import type { Figures, TrendMonth } from '#contexts/investigations';
import { lineChart } from '../../charts/line-chart';
import type { LineChart } from '../../charts/line-chart';
import { groundChoices, groundWords } from '../../reading/ground';
import type { Ground, Known } from '../../reading/ground';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { bandWords, changeWords, headlineWords } from '../../words/figures';
import { counted, formatDay, formatMoment, formatMonth, formatNumber, shortMonth } from '../../words/format';
import { asAtBar, countedLine } from '../as-at/bar';
import { beforeBeginning, nothingBefore } from '../as-at/beginning';
import type { Beginning } from '../as-at/beginning';
import { pastMark } from '../as-at/looking';
import type { Looking } from '../as-at/looking';

export interface DashboardInput {
  readonly looking: Looking;
  readonly ground: Ground;
  readonly known: Known;
  readonly figures: Figures;
  /** The same question four weeks before. */
  readonly before: Figures;
  /** The figures on the other clock; in the past only. */
  readonly otherClock?: Figures;
  readonly begins: Beginning;
  readonly trend: readonly TrendMonth[];
  readonly lagSeconds: number;
  /** Uses of the break-glass that whoever reads this is to answer for. */
  readonly emergencies?: readonly Emergency[];
}

/** Somebody took access in an emergency. `at`: ms. */
export interface Emergency {
  readonly breakGlassId: string;
  readonly reference: string;
  readonly user: string;
  readonly at: number;
}

type Headline = keyof Figures['investigations'];
type Carried = Readonly<Record<string, string>>;

const questions: Record<Headline, Carried> = {
  active: {},
  noSuspectIdentified: { suspect: 'none' },
  suspectOutstanding: { suspect: 'outstanding' },
  suspectOutstandingOverThreshold: { suspect: 'outstanding', wait: 'over-84' },
};

const cardsOf = ({ looking, begins, figures, before }: DashboardInput, carried: Carried) =>
  (Object.keys(headlineWords) as Headline[]).map((key) => ({
    number: formatNumber(figures.investigations[key]),
    label: headlineWords[key],
    href: address('/investigations', { ...carried, ...questions[key] }),
    change: nothingBefore(looking, begins, msOf(before.effectiveAt)) ?? changeWords(figures.investigations[key], before.investigations[key]),
    alert: key === 'suspectOutstandingOverThreshold',
  }));

const bandsOf = (figures: Figures, carried: Carried) => {
  const longest = Math.max(1, ...figures.bands.map(({ investigations }) => investigations));
  return bandWords.map(({ from, address: wait, text }) => {
    const count = figures.bands.find((band) => band.from === from)?.investigations ?? 0;
    return {
      text, count: formatNumber(count), last: from === 85,
      // A bar of one in hundreds would be too thin to see.
      share: count === 0 ? 0 : Math.max(1, Math.round((count / longest) * 1000) / 10),
      href: address('/investigations', { ...carried, suspect: 'outstanding', wait }),
    };
  });
};

const findingOf = (trend: readonly TrendMonth[]): string => {
  const over = trend.filter(({ soFar }) => !soFar);
  const more = over.filter(({ opened, closed }) => opened > closed).length;
  if (over.length === 0) return 'No month is over yet.';
  if (more === over.length) return `More investigations were opened than closed in ${over.length === 1 ? 'the one full month' : `each of the ${over.length} full months`}.`;
  const fewer = over.filter(({ opened, closed }) => opened < closed).length;
  if (more === 0 && fewer === 0) return 'As many were opened as closed in every full month.';
  if (more >= fewer) return `More investigations were opened than closed in ${more} of the ${counted(over.length, 'full month')}.`;
  return `More investigations were closed than opened in ${over.length === 1 ? 'the one full month' : `${fewer} of the ${counted(over.length, 'full month')}`}.`;
};

const netOf = (trend: readonly TrendMonth[]): string => {
  const net = trend.reduce((sum, { opened, closed }) => sum + opened - closed, 0);
  if (net === 0) return 'As many were opened as closed over the whole time.';
  const [first, second] = net > 0 ? ['opened', 'closed'] : ['closed', 'opened'];
  return `${formatNumber(Math.abs(net))} more ${Math.abs(net) === 1 ? 'was' : 'were'} ${first} than ${second} over the whole time.`;
};

const chartsOf = (trend: readonly TrendMonth[], finding: string): readonly LineChart[] => {
  if (trend.length < 2) return [];
  const shape = {
    title: `Investigations opened and closed by month. ${finding}`,
    description: `Line chart of ${counted(trend.length, 'month')}; the figures are in the table below it.`,
    labels: trend.map(({ month }) => shortMonth(month)),
    series: [{ name: 'Opened', values: trend.map(({ opened }) => opened) }, { name: 'Closed', values: trend.map(({ closed }) => closed) }],
    soFar: trend.at(-1)?.soFar ?? false,
  };
  return [
    lineChart({ ...shape, id: 'trend', width: 570, height: 290, fontSize: 14, labelRoom: 104 }),
    lineChart({ ...shape, id: 'trend-narrow', width: 360, height: 250, fontSize: 15, labelRoom: 112 }),
  ];
};

const trendOf = (trend: readonly TrendMonth[], judged: readonly TrendMonth[]) => ({
  period: trend.length > 0 ? `${counted(trend.length, 'month')} to ${formatMonth(trend.at(-1)!.month)}.` : '',
  soFar: trend.at(-1)?.soFar ? `${formatMonth(trend.at(-1)!.month)} is not over${trend.length < 2 ? '' : ': its figures so far are drawn dotted'}.` : '',
  finding: findingOf(judged),
  net: netOf(judged),
  charts: chartsOf(trend, findingOf(judged)),
  rows: trend.map(({ month, opened, closed, active, soFar }) => ({
    month: formatMonth(month) + (soFar ? ' (so far)' : ''), opened: formatNumber(opened), closed: formatNumber(closed), active: formatNumber(active),
  })),
});

const differingWords: readonly (readonly [Headline, string])[] = [
  ['active', 'active'], ['noSuspectIdentified', 'with no suspect identified'], ['suspectOutstanding', 'with suspects outstanding'],
  ['suspectOutstandingOverThreshold', 'with a suspect over 12 weeks'],
];

/** Says which headline figures the two clocks give differently; empty when none. */
const differencesOf = ({ figures, otherClock, looking }: DashboardInput): readonly string[] => {
  if (!otherClock) return [];
  const [recorded, known] = looking.clock === 'recorded' ? [figures, otherClock] : [otherClock, figures];
  return differingWords
    .filter(([key]) => recorded.investigations[key] !== known.investigations[key])
    .map(([key, words]) => `${formatNumber(recorded.investigations[key])} ${words} as recorded then; ${formatNumber(known.investigations[key])} with later entries.`);
};

const besideOf = ({ suspectLinks, people }: Figures) => [
  { term: counted(suspectLinks.outstanding, 'suspect link'), text: `outstanding; ${formatNumber(suspectLinks.overThreshold)} over 12 weeks` },
  { term: counted(people.outstanding, 'person', 'people'), text: 'each counted once, however many investigations they are sought on' },
];

const moved = ({ opened, closed, active }: TrendMonth): boolean => opened + closed + active > 0;

/** Without the months before anything moved. */
const sinceFirst = (trend: readonly TrendMonth[]): readonly TrendMonth[] => trend.slice(Math.max(0, trend.findIndex(moved)));

/** Months that may be judged: where nothing had closed before the ledger began, it was filled with what was still open, and its earlier months show no more. */
const judgedOf = (trend: readonly TrendMonth[], { begins, looking }: DashboardInput): readonly TrendMonth[] => {
  if (begins === undefined || looking.clock === 'happened') return trend;
  const first = trend.findIndex(({ month }) => month >= londonDate(begins).slice(0, 7));
  return first > 0 && trend.slice(0, first).every(({ closed }) => closed === 0) ? trend.slice(first) : trend;
};

/** What a ledger that begins in the middle of these months cannot know of the earlier ones. */
const takenOn = (trend: readonly TrendMonth[], { begins, looking }: DashboardInput): string => {
  const began = begins === undefined || looking.clock === 'happened' ? '' : londonDate(begins);
  return trend.length > 0 && trend[0]!.month < began.slice(0, 7) ? `The ledger begins on ${formatDay(began)}: of earlier months it holds only what was recorded since.` : '';
};

/** Says that an area has nothing to show; undefined when anything moved or stands. */
const quietOf = (trend: readonly TrendMonth[], { scope }: Ground): string | undefined => {
  if (trend.length === 0 || trend.some(moved)) return undefined;
  return `No investigation was opened, closed or active in ${groundWords(scope)} in the ${counted(trend.length, 'month')} to ${formatMonth(trend.at(-1)!.month)}. Choose another area or date.`;
};

const emergencyOf = ({ breakGlassId, reference, user, at }: Emergency) => ({
  text: `${user} took access to ${reference} in an emergency, ${formatMoment(at)}.`, reference, href: address(`/break-glass/${breakGlassId}/review`, { named: reference }),
});

/** The dashboard: status of one area at a glance, every figure a way into its list. */
export const dashboardPage = (input: DashboardInput): Page => {
  const { looking, ground: { scope, parameters, notices }, known, figures } = input;
  const carried = { ...parameters, ...looking.carried };
  const nothing = beforeBeginning(looking, input.begins);
  const trend = sinceFirst(input.trend);
  return {
    view: 'pages/dashboard/dashboard.njk', title: 'Investigation status', section: 'dashboard',
    past: pastMark(looking, '/', parameters),
    counted: `Counted to ledger event ${formatNumber(figures.number)}.`,
    live: { topic: 'figures', since: figures.number, update: address('/', parameters) },
    model: {
      bar: asAtBar(looking, {
        action: '/', ground: groundChoices(scope, known), lines: [countedLine(looking, figures.number, input.lagSeconds)],
      }),
      ground: groundWords(scope), notices, emergencies: (input.emergencies ?? []).map(emergencyOf),
      cards: cardsOf(input, carried),
      bands: bandsOf(figures, carried),
      total: formatNumber(figures.investigations.suspectOutstanding),
      beside: besideOf(figures),
      suspectsHref: address('/suspects', carried),
      nothing, quiet: quietOf(trend, input.ground),
      trend: { ...trendOf(trend, judgedOf(trend, input)), takenOn: takenOn(trend, input) },
      differences: differencesOf(input),
      clock: looking.clock,
      incomplete: figures.incomplete > 0 ? `Incomplete: ${counted(figures.incomplete, 'record')} could not be read and ${figures.incomplete === 1 ? 'is' : 'are'} not counted.` : '',
      downloads: { csv: address('/figures.csv', carried), json: address('/figures.json', carried) },
      empty: !looking.past && figures.number < 0,
    },
  };
};
