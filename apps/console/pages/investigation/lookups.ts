import type { PersonName } from '../../reading/people';
import type { Lookups } from '../../words/values';
import type { CaseView, CrimeView } from './case-view';

/** `PER-104 FAMILY, Given`; just the reference when the name was erased, or is not for this reader. */
const personWords = ({ reference, name, withheld }: PersonName): string => (withheld ? `${reference} (processing restricted)` : name === null ? `${reference} (name erased)` : `${reference} ${name}`);

/** How a crime is spoken of on a page of its investigation. */
export const crimeWords = ({ offence, force, crimeReference }: CrimeView): string =>
  (crimeReference ? `${force && !crimeReference.startsWith(force) ? `${force} ` : ''}${crimeReference}, ${offence}` : offence);

/** Words for the ids of one investigation. */
export const lookupsOf = (view: CaseView, people: ReadonlyMap<string, PersonName>): Lookups => {
  const person = (id: string): string => {
    const found = people.get(id);
    return found ? personWords(found) : 'A person not in Daybook';
  };
  const suspects = new Map(view.suspects.map(({ linkId, nominalId, number }) => [linkId, nominalId ? person(nominalId) : `Suspect ${number}, not named`]));
  const crimes = new Map(view.crimes.map((crime) => [crime.crimeId, crimeWords(crime)]));
  return { person, suspect: (id) => suspects.get(id) ?? 'A suspect', crime: (id) => crimes.get(id) ?? 'A crime' };
};
