import type { InvestigationFilter } from '#contexts/investigations';
import { groundOf, knownValue } from '../../reading/ground';
import type { Known } from '../../reading/ground';
import { one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';
import { themeWords } from '../../words/codes';
import { areaWords, bandWords } from '../../words/figures';

export const pageSizes = [25, 50, 100] as const;

/** One filter that is on: its words, and the parameter to leave out to be rid of it. */
interface Chosen {
  readonly parameter: string;
  readonly text: string;
}

/** What a list is asked for, read from an address; what cannot be read is left out and said. */
export interface ListQuestion {
  readonly filter: InvestigationFilter;
  /** As the address says it, without place in the list. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly chosen: readonly Chosen[];
  readonly notices: readonly string[];
  readonly size: number;
  readonly cursor?: string;
  readonly page: number;
}

export const statusChoices = { active: 'Active', finalised: 'Finalised', transferred: 'Transferred out', cancelled: 'Cancelled', all: 'Any status' } as const;
export const suspectChoices = { none: 'No suspect identified', outstanding: 'Suspect outstanding' } as const;
const sortChoices = ['opened', 'reference', 'wait'] as const;

const waits = bandWords.map(({ address }) => address);

type Values = Readonly<Partial<Record<'area' | 'theme' | 'team' | 'status' | 'suspect' | 'wait', string>>>;

const valuesOf = (fields: Fields, known: Known, notices: string[]): Values & { area: string } => {
  const read = (parameter: string, label: string, values: readonly string[]) => knownValue(fields, notices, parameter, label, values);
  const { scope, notices: ofGround } = groundOf(fields, known);
  notices.push(...ofGround);
  return {
    ...scope,
    status: read('status', 'The status', Object.keys(statusChoices)), suspect: read('suspect', 'The suspect filter', Object.keys(suspectChoices)),
    wait: read('wait', 'The wait', waits),
  };
};

const chosenOf = ({ area, theme, team, status, suspect, wait }: Values): Chosen[] => [
  ...(area && area !== 'all' ? [{ parameter: 'area', text: areaWords(area) }] : []),
  ...(theme ? [{ parameter: 'theme', text: themeWords[theme as keyof typeof themeWords] }] : []),
  ...(team ? [{ parameter: 'team', text: team }] : []),
  ...(status && status !== 'active' ? [{ parameter: 'status', text: statusChoices[status as keyof typeof statusChoices] }] : []),
  ...(suspect ? [{ parameter: 'suspect', text: suspectChoices[suspect as keyof typeof suspectChoices] }] : []),
  ...(wait ? [{ parameter: 'wait', text: `Waiting ${bandWords.find(({ address }) => address === wait)!.text.toLowerCase()}` }] : []),
];

const sortOf = (fields: Fields, notices: string[], suspect?: string) => {
  const sort = knownValue(fields, notices, 'sort', 'The order', sortChoices) ?? (suspect === 'outstanding' ? 'wait' : 'opened');
  const direction = knownValue(fields, notices, 'dir', 'The direction', ['asc', 'desc']) ?? 'desc';
  return { sort, direction };
};

const given = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));

/** Reads the filters, order and place of a list of investigations from its address. */
export const listQuestion = (fields: Fields, known: Known): ListQuestion => {
  const notices: string[] = [];
  const values = valuesOf(fields, known, notices);
  const { sort, direction } = sortOf(fields, notices, values.suspect);
  const size = pageSizes.find((each) => String(each) === one(fields, 'size')) ?? 25;
  const cursor = one(fields, 'cursor');
  const page = Number(one(fields, 'page'));
  const wait = bandWords.find(({ address }) => address === values.wait)?.wait;
  const filter = { ...values, wait, sort, direction } as InvestigationFilter;
  return {
    filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as unknown as InvestigationFilter,
    parameters: given({ ...values, sort: one(fields, 'sort') && sort, dir: one(fields, 'dir') && direction, size: size === 25 ? '' : String(size) }),
    chosen: chosenOf(values), notices, size, ...(cursor && { cursor }),
    page: cursor && Number.isInteger(page) && page > 1 && page < 1e6 ? page : 1,
  };
};
