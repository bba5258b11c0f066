import type { Figures } from '#contexts/investigations';
import { BYTE_ORDER_MARK, csvLine } from '../../downloads/csv';
import { bandWords, headlineWords } from '../../words/figures';

type Headline = keyof Figures['investigations'];

/** The figures of one area as a table: what, unit, count, and the moments they stand for. */
export const figuresCsv = (figures: Figures): string => {
  const { area, theme, team, effectiveAt, recordedAt, number, definition, suspectLinks, people, bands } = figures;
  const row = (figure: string, unit: string, count: number) =>
    csvLine([figure, unit, count, area.name, area.code, effectiveAt, recordedAt, number, `${definition.name} ${definition.version}`, theme, team]);
  return [
    BYTE_ORDER_MARK,
    csvLine(['Figure', 'Unit', 'Count', 'Area', 'Area code', 'Effective at', 'Recorded at', 'Event number', 'Definition', 'Exploitation', 'Team']),
    ...(Object.keys(headlineWords) as Headline[]).map((key) => row(headlineWords[key], 'investigations', figures.investigations[key])),
    ...bands.map(({ from, investigations }) => row(`Longest wait ${bandText(from)}`, 'investigations', investigations)),
    ...bands.map((band) => row(`Wait ${bandText(band.from)}`, 'suspect links', band.suspectLinks)),
    row('Outstanding', 'suspect links', suspectLinks.outstanding),
    row('Outstanding over 12 weeks', 'suspect links', suspectLinks.overThreshold),
    row('Outstanding', 'people', people.outstanding),
  ].join('');
};

const bandText = (from: number): string => bandWords.find((band) => band.from === from)?.text.toLowerCase() ?? `from ${from} days`;
