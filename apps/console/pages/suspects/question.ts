import { groundOf, knownValue } from '../../reading/ground';
import type { Ground, Known } from '../../reading/ground';
import type { Fields } from '../../rendering/http';
import { bandWords } from '../../words/figures';

/** What the page of suspects is asked for: its ground, and the band where only one is wanted. */
export interface SuspectsQuestion {
  readonly ground: Ground;
  readonly band?: (typeof bandWords)[number];
}

/** Reads ground and band from an address; what is not known is left out, and said. */
export const suspectsQuestion = (fields: Fields, known: Known): SuspectsQuestion => {
  const ground = groundOf(fields, known);
  const notices = [...ground.notices];
  const wait = knownValue(fields, notices, 'wait', 'The wait', bandWords.map(({ address }) => address));
  const band = bandWords.find(({ address }) => address === wait);
  return { ground: { ...ground, notices }, ...(band && { band }) };
};
