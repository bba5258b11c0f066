import { homeOfficeOutcomes } from '#contexts/investigations';
import type { Outcome } from '#contexts/investigations';
import { chargeWords, codeWords } from './codes';
import { formatEffective, formatKnown } from './format';
import type { EffectiveAt } from '#kernel';

/** Turns ids that stand in events into what a reader knows them by. */
export interface Lookups {
  person(nominalId: string): string;
  crime(crimeId: string): string;
  suspect(linkId: string): string;
}

/** `Home Office 18: Investigation complete, no suspect identified; ...`; never mixed with labels of data.police.uk. */
export const outcomeWords = ({ scheme, code }: Outcome): string => {
  if (scheme === 'POLICE_UK') return `data.police.uk: ${code}`;
  const found = homeOfficeOutcomes.find((each) => each.code === code);
  return `Home Office ${code}${found ? `: ${found.meaning}` : ''}`;
};

interface ChargeLine {
  readonly offence: string;
  readonly method: string;
}

const isErased = (value: object): boolean => 'erased' in value;
const isOutcome = (value: object): value is Outcome => 'scheme' in value && 'code' in value;
const isEffective = (value: object): value is EffectiveAt => 'precision' in value;
const isCharge = (value: object): value is ChargeLine => 'offence' in value && 'method' in value;

const objectWords = (value: object): string => {
  if (isErased(value)) return '(erased)';
  if (isOutcome(value)) return outcomeWords(value);
  if (isEffective(value)) return formatEffective(value);
  if (isCharge(value)) return `${value.offence} (${(chargeWords as Readonly<Record<string, string>>)[value.method] ?? value.method})`;
  return JSON.stringify(value);
};

const idWords = (field: string, value: string, lookups: Lookups): string | undefined => {
  if (field === 'nominalId') return lookups.person(value);
  if (field === 'crimeId' || field === 'crimeIds') return lookups.crime(value);
  if (field === 'linkId') return lookups.suspect(value);
  return undefined;
};

/** A value of an event's data in words; "(empty)" where there was none. */
export const valueWords = (field: string, value: unknown, lookups: Lookups): string => {
  if (value === null || value === undefined || value === '') return '(empty)';
  if (Array.isArray(value)) return value.length > 0 ? value.map((item) => valueWords(field, item, lookups)).join(', ') : '(empty)';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'object') return objectWords(value);
  const text = String(value);
  if (/^(offenceFrom|offenceTo|returnOn|since|dueOn)$/.test(field)) return formatKnown(text);
  return idWords(field, text, lookups) ?? codeWords(text);
};
