import { exploitationTypes } from '#contexts/investigations';
import type { ExploitationType, Scope } from '#contexts/investigations';
import type { Admission } from '../../guard';
import type { ConsoleParts } from '../parts';
import { one } from '../rendering/http';
import type { Fields } from '../rendering/http';
import { themeWords } from '../words/codes';
import { areaWords } from '../words/figures';

/** What an address may name. */
export interface Known {
  readonly homeArea: string;
  readonly areas: readonly string[];
  teams(area: string): readonly string[];
}

/** Area, kind of exploitation and team that a page is asked about; what is not known is left out, and said. */
export interface Ground {
  readonly scope: Scope;
  /** As the address says it. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
}

/** One value of a list, as a select takes it. */
interface Choice {
  readonly value: string;
  readonly text: string;
  readonly selected: boolean;
}

/** The selects of a ground. */
export interface GroundChoices {
  readonly areas: readonly Choice[];
  readonly themes: readonly Choice[];
  readonly teams: readonly Choice[];
}

/** What this reader may ask of. */
export const knownOf = ({ seen: { queries } }: Pick<Admission, 'seen'>, { homeArea }: Pick<ConsoleParts, 'homeArea'>): Known =>
  ({ homeArea, areas: queries.areas().map(({ name }) => name), teams: (area) => queries.teams(area) });

/** The value of a parameter when it is one of those known; another one is noted, without repeating it. */
export const knownValue = (fields: Fields, notices: string[], parameter: string, label: string, known: readonly string[]): string | undefined => {
  const value = one(fields, parameter);
  if (!value) return undefined;
  if (!known.includes(value)) notices.push(`${label} in the address is not one we know; it was left out.`);
  return known.find((each) => each === value);
};

/** Reads area, kind of exploitation and team from an address. */
export const groundOf = (fields: Fields, { homeArea, areas, teams }: Known): Ground => {
  const notices: string[] = [];
  const area = knownValue(fields, notices, 'area', 'The area', ['all', ...areas]) ?? homeArea;
  const theme = knownValue(fields, notices, 'theme', 'The kind of exploitation', exploitationTypes) as ExploitationType | undefined;
  const team = knownValue(fields, notices, 'team', 'The team', teams(area));
  const scope = { area, ...(theme && { theme }), ...(team && { team }) };
  return { scope, parameters: Object.fromEntries(Object.entries(scope)), notices };
};

/** Choices of a select, from value to words; `any` is offered first, for none of them. */
export const choicesOf = (words: Readonly<Record<string, string>>, chosen: string | undefined, any?: string): readonly Choice[] => [
  ...(any === undefined ? [] : [{ value: '', text: any, selected: !chosen }]),
  ...Object.entries(words).map(([value, text]) => ({ value, text, selected: value === chosen })),
];

const asWords = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]));

/** The selects of a ground with what is chosen. */
export const groundChoices = ({ area, theme, team }: Scope, { areas, teams }: Known): GroundChoices => ({
  areas: choicesOf({ all: 'All areas', ...asWords(areas) }, area),
  themes: choicesOf(Object.fromEntries(exploitationTypes.map((code) => [code, themeWords[code]])), theme, 'Any'),
  teams: choicesOf(asWords(teams(area)), team, 'Any team'),
});

/** `Rotherham, Trafficking, North team`. */
export const groundWords = ({ area, theme, team }: Scope): string =>
  [areaWords(area), ...(theme ? [themeWords[theme]] : []), ...(team ? [team] : [])].join(', ');
