import type { Figures, TrendMonth } from '#contexts/investigations';
import { groundOf } from '../../reading/ground';
import { lookingOf } from '../as-at/looking';
import { dashboardPage } from './dashboard.presenter';
import type { DashboardInput } from './dashboard.presenter';
import { figuresCsv } from './figures-csv';

const now = Date.parse('2019-12-31T17:00:00Z');

const figures = (active: number, outstanding: number): Figures => ({
  definition: { name: 'headline', version: 1, thresholdDays: 84 }, scope: 'all', area: { code: 'E08000018', name: 'Rotherham' }, theme: null, team: null,
  effectiveAt: '2019-12-31T17:00:00.000Z', recordedAt: '2019-12-31T17:00:00.000Z', number: 48_213, position: '1', incomplete: 0,
  investigations: { active, noSuspectIdentified: 4, suspectOutstanding: outstanding, suspectOutstandingOverThreshold: 1 },
  suspectLinks: { outstanding: outstanding + 10, overThreshold: 1 }, people: { outstanding: 1 },
  bands: [
    { from: 0, to: 28, investigations: outstanding - 1, suspectLinks: 9 }, { from: 29, to: 56, investigations: 0, suspectLinks: 0 },
    { from: 57, to: 84, investigations: 0, suspectLinks: 0 }, { from: 85, to: null, investigations: 1, suspectLinks: 1 },
  ],
});

const known = { homeArea: 'Rotherham', areas: ['Barnsley', 'Rotherham'], teams: () => ['North team'] };

const month = (name: string, opened: number, closed: number, soFar = false): TrendMonth => ({ month: name, opened, closed, active: 9, soFar });

interface Model {
  readonly cards: readonly { number: string; href: string; change: string }[];
  readonly bands: readonly { text: string; share: number; href: string }[];
  readonly differences: readonly string[];
  readonly beside: readonly { term: string }[];
  readonly nothing?: string;
  readonly quiet?: string;
  readonly trend: { rows: readonly unknown[]; charts: readonly unknown[]; takenOn: string; finding: string; net: string; soFar: string };
  readonly ground: string;
  readonly notices: readonly string[];
  readonly bar: { lines: readonly string[] };
}

const modelOf = (more: Partial<DashboardInput> = {}): Model => dashboardPage({
  looking: lookingOf({}, now), ground: groundOf({}, known), known, figures: figures(1800, 207), before: figures(1776, 207),
  trend: [month('2019-11', 5, 3), month('2019-12', 1, 4, true)], begins: Date.parse('2018-01-01T09:00:00Z'), lagSeconds: 2, ...more,
}).model as Model;

describe('the dashboard', () => {
  it('links each figure to the list that it counts, and says how it moved', () => {
    expect(modelOf().cards.map(({ number, href, change }) => [number, href, change])).toEqual([
      ['1,800', '/investigations?area=Rotherham', '24 more than 28 days ago'],
      ['4', '/investigations?area=Rotherham&suspect=none', 'Same as 28 days ago'],
      ['207', '/investigations?area=Rotherham&suspect=outstanding', 'Same as 28 days ago'],
      ['1', '/investigations?area=Rotherham&suspect=outstanding&wait=over-84', 'Same as 28 days ago'],
    ]);
  });

  it('is asked of an area, a kind of exploitation and a team, which every list then keeps', () => {
    const { cards, ground, notices } = modelOf({ ground: groundOf({ area: 'Barnsley', theme: 'CCE', team: 'North team' }, known) });
    expect(ground).toBe('Barnsley, Child criminal exploitation, North team');
    expect(notices).toEqual([]);
    expect(cards[1]!.href).toBe('/investigations?area=Barnsley&theme=CCE&team=North+team&suspect=none');
  });

  it('says what of the address it left out', () => {
    const { ground, notices } = modelOf({ ground: groundOf({ area: 'Atlantis', theme: 'zzz', team: 'Nobody' }, known) });
    expect(ground).toBe('Rotherham');
    expect(notices).toEqual(['The area', 'The kind of exploitation', 'The team'].map((what) => `${what} in the address is not one we know; it was left out.`));
  });

  it('keeps the bands in their order and shows a bar for one in hundreds', () => {
    const { bands } = modelOf();
    expect(bands.map(({ text }) => text)).toEqual(['0 to 28 days', '29 to 56 days', '57 to 84 days', 'Over 12 weeks']);
    expect(bands.map(({ share }) => share)).toEqual([100, 0, 0, 1]);
  });

  it('says how far it has counted', () => {
    expect(modelOf().bar.lines).toEqual(['Counted to event 48,213, 2 seconds behind the ledger.']);
    expect(modelOf({ lagSeconds: 0 }).bar.lines).toEqual(['Counted to event 48,213, up to date with the ledger.']);
  });

  it('carries the moment of the past into every list, and says where the clocks differ', () => {
    const { cards, differences, bar } = modelOf({ looking: lookingOf({ asAt: '2019-06-14T17:00' }, now), otherClock: figures(1800, 211) });
    expect(cards[0]!.href).toBe('/investigations?area=Rotherham&asAt=2019-06-14T17%3A00');
    expect(differences).toEqual(['207 with suspects outstanding as recorded then; 211 with later entries.']);
    expect(bar.lines).toEqual(['Counted to event 48,213.']);
  });

  it('tells the two clocks apart whichever is looked at', () => {
    const { differences } = modelOf({ looking: lookingOf({ asAt: '2019-06-14', clock: 'happened' }, now), figures: figures(1800, 211), otherClock: figures(1800, 207) });
    expect(differences).toEqual(['207 with suspects outstanding as recorded then; 211 with later entries.']);
  });

  it('names units beside the figures, each in its own number', () => {
    expect(modelOf().beside.map(({ term }) => term)).toEqual(['217 suspect links', '1 person']);
  });

  it('says of quiet months that nothing moved, and of closing ones that more was closed', () => {
    expect(modelOf({ trend: [month('2019-10', 0, 0), month('2019-11', 2, 2)] }).trend.finding).toBe('As many were opened as closed in every full month.');
    expect(modelOf({ trend: [month('2019-10', 1, 2), month('2019-11', 2, 2)] }).trend.finding).toBe('More investigations were closed than opened in 1 of the 2 full months.');
  });

  it('takes no nought from before the ledger began for a count', () => {
    const at = (asAt: string, clock = '') => modelOf({ looking: lookingOf({ asAt, clock }, now), before: { ...figures(0, 0), effectiveAt: new Date(Date.parse(asAt) - 28 * 86_400_000).toISOString() } });
    expect(at('2017-06-01').nothing).toBe('The ledger begins on 1 January 2018. There is nothing to count at the moment you chose: choose a later one.');
    expect(at('2017-06-01', 'happened').nothing).toContain('The first investigation in the ledger was opened on 1 January 2018.');
    expect(at('2018-01-20').nothing).toBeUndefined();
    expect(at('2018-01-20').cards.map(({ change }) => change)).toEqual(Array(4).fill('The ledger begins on 1 January 2018: nothing to compare with'));
    expect(at('2018-02-20').cards[0]!.change).toBe('1,800 more than 28 days ago');
  });

  it('shows no month from before anything moved, and draws no line through one month', () => {
    const none = { opened: 0, closed: 0, active: 0, soFar: false };
    const { trend } = modelOf({ trend: [{ ...none, month: '2017-11' }, { ...none, month: '2017-12' }, month('2018-01', 5, 1), month('2018-02', 2, 1, true)] });
    expect(trend.rows).toHaveLength(2);
    expect(trend.finding).toBe('More investigations were opened than closed in the one full month.');
    expect(trend.charts).toHaveLength(2);
    expect(modelOf({ trend: [month('2018-01', 5, 1, true)] }).trend).toMatchObject({ charts: [], soFar: 'January 2018 is not over.' });
  });

  it('judges no month of which only what was still open was taken on', () => {
    const trend = [month('2019-09', 50, 0), month('2019-10', 60, 0), month('2019-11', 3, 5), month('2019-12', 1, 1, true)];
    expect(modelOf({ trend, begins: Date.parse('2019-11-01T09:00:00Z') }).trend)
      .toMatchObject({ finding: 'More investigations were closed than opened in the one full month.', net: '2 more were closed than opened over the whole time.', rows: { length: 4 } });
    expect(modelOf({ trend: [month('2019-10', 60, 7), ...trend.slice(2)], begins: Date.parse('2019-11-01T09:00:00Z') }).trend.net).toBe('51 more were opened than closed over the whole time.');
  });

  it('says which months are older than the ledger, as after an import', () => {
    const begins = Date.parse('2019-12-02T09:00:00Z');
    expect(modelOf({ begins }).trend).toMatchObject({ rows: { length: 2 }, takenOn: 'The ledger begins on 2 December 2019: of earlier months it holds only what was recorded since.' });
    expect(modelOf().trend.takenOn).toBe('');
  });

  it('says of an area without anything that there is nothing, and not that as many were opened as closed', () => {
    const none = { month: '2019-12', opened: 0, closed: 0, active: 0, soFar: true };
    const { quiet } = modelOf({ ground: groundOf({ area: 'Barnsley' }, known), trend: [{ ...none, month: '2019-11', soFar: false }, none] });
    expect(quiet).toBe('No investigation was opened, closed or active in Barnsley in the 2 months to December 2019. Choose another area or date.');
    expect(modelOf().quiet).toBeUndefined();
  });

  it('leaves the month that is not over out of its finding', () => {
    const { trend } = modelOf();
    expect(trend.finding).toBe('More investigations were opened than closed in the one full month.');
    expect(trend.net).toBe('1 more was closed than opened over the whole time.');
    expect(trend.soFar).toBe('December 2019 is not over: its figures so far are drawn dotted.');
  });
});

it('the figures as CSV name unit, moments and event number in each line', () => {
  const lines = figuresCsv(figures(1800, 207)).trimEnd().split('\r\n');
  expect(lines).toHaveLength(16);
  expect(lines[1]).toBe('Active investigations,investigations,1800,Rotherham,E08000018,2019-12-31T17:00:00.000Z,2019-12-31T17:00:00.000Z,48213,headline 1,,');
});
