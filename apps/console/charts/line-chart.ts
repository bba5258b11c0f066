import { max } from 'd3-array';
import { scaleLinear, scalePoint } from 'd3-scale';
import { line } from 'd3-shape';

interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export interface LineChartInput {
  readonly id: string;
  /** The finding where there is one; read out as the picture's name. */
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
  /** The last value is of a time not over yet: its line is dotted. */
  readonly soFar: boolean;
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  /** Room for the direct labels at the line ends. */
  readonly labelRoom: number;
}

/** Everything the macro prints; the same input gives the same bytes. */
export interface LineChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly rows: readonly { readonly y: number; readonly text: string }[];
  readonly columns: readonly { readonly x: number; readonly text: string }[];
  readonly lines: readonly {
    readonly name: string; readonly colour: string; readonly dashed: boolean; readonly path: string; readonly open: string;
    readonly label: { readonly x: number; readonly y: number; readonly text: string };
  }[];
}

const colours = ['#1d70b8', '#54319f'];
const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Labels that would lie on each other are moved apart; the upper line's stays above. */
const apart = (ys: readonly number[], gap: number): readonly number[] => {
  if (ys.length !== 2 || Math.abs(ys[0]! - ys[1]!) >= gap) return ys;
  const middle = (ys[0]! + ys[1]!) / 2;
  return ys[0]! <= ys[1]! ? [middle - gap / 2, middle + gap / 2] : [middle + gap / 2, middle - gap / 2];
};

/** Two series over months on one axis that starts at nought. */
export const lineChart = (input: LineChartInput): LineChart => {
  const { labels, series, width, height, fontSize } = input;
  const [left, right, baseline] = [fontSize * 2.6, width - input.labelRoom, height - fontSize * 2];
  const top = max(series.flatMap(({ values }) => values)) || 4;
  const y = scaleLinear().domain([0, top]).nice(4).range([baseline, fontSize]);
  const places = labels.map((_, i) => String(i));
  const x = scalePoint().domain(places).range([left, right]);
  const path = line<readonly [number, number]>(([i]) => rounded(x(String(i))!), ([, value]) => rounded(y(value)));
  const solid = input.soFar ? labels.length - 1 : labels.length;
  const every = Math.max(1, Math.ceil(labels.length / (width < 400 ? 4 : 6)));
  const ends = apart(series.map(({ values }) => y(values.at(-1) ?? 0)), fontSize * 1.35);
  return {
    id: input.id, title: input.title, description: input.description, width, height, fontSize,
    left: rounded(left), right: rounded(right), baseline: rounded(baseline),
    rows: y.ticks(4).filter(Number.isInteger).map((value) => ({ y: rounded(y(value)), text: String(value) })),
    columns: labels.flatMap((text, i) => (i % every === 0 ? [{ x: rounded(x(String(i))!), text }] : [])),
    lines: series.map(({ name, values }, n) => {
      const points = values.map((value, i) => [i, value] as const);
      return {
        name, colour: colours[n % colours.length]!, dashed: n === 1,
        path: path(points.slice(0, solid)) ?? '', open: input.soFar ? (path(points.slice(-2)) ?? '') : '',
        label: { x: rounded(right + fontSize * 0.5), y: rounded(ends[n]! + fontSize * 0.35), text: `${name} ${values.at(-1) ?? 0}` },
      };
    }),
  };
};
