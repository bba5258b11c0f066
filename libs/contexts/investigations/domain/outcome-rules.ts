import { dayNumber, startOfLondonDay } from '#kernel';
import { certainlyBefore } from './casebook';
import type { Casebook, Entry } from './casebook';
import { homeOfficeOutcome } from './home-office-outcomes';
import { refuse } from './investigation.errors';
import { backFacts } from './investigation.events';
import { certainlySeparate, couldPrecede, couldSeparate } from './order-of-facts';
import { namings } from './suspect-rules';

type OutcomeEntry = Entry<'OutcomeAssigned' | 'OutcomeReplaced'>;

/** Links that stand and concern the crime. */
const linksOn = ({ data: { crimeId } }: OutcomeEntry, book: Casebook): readonly Entry<'SuspectLinked'>[] =>
  book.of('SuspectLinked').filter(({ data: { linkId, crimeIds } }) => (!crimeIds || crimeIds.includes(crimeId)) && book.about(linkId, 'SuspectLinkVoided').length === 0);

/** What ended being identified, each with what would undo that again. */
const lossesOf = (linkId: string, book: Casebook): readonly (readonly [Entry, readonly Entry[]])[] => [
  ...book.about(linkId, 'SuspectQualityLowered').map((loss) => [loss, namings(linkId, book)] as const),
  ...book.about(linkId, 'SuspectEliminated').map((loss) => [loss, book.about(linkId, ...backFacts)] as const),
];

const couldBeNamed = (entry: OutcomeEntry, book: Casebook): boolean =>
  linksOn(entry, book).some(({ data: { linkId } }) => couldPrecede(namings(linkId, book), entry).some((naming) =>
    lossesOf(linkId, book).every(([loss, back]) => !certainlySeparate([loss], naming, entry) || couldSeparate(back, loss, entry))));

const certainlyNamed = (entry: OutcomeEntry, book: Casebook): boolean =>
  linksOn(entry, book).some(({ data: { linkId } }) => namings(linkId, book).some((naming) => certainlyBefore(naming, entry)
    && lossesOf(linkId, book).every(([loss, back]) => !couldSeparate([loss], naming, entry) || certainlySeparate(back, loss, entry))));

const homeOfficeRule = (entry: OutcomeEntry, book: Casebook): void => {
  const known = homeOfficeOutcome(entry.data.outcome.code) ?? refuse('OUTCOME_UNKNOWN', { field: 'outcome' });
  if (entry.latest <= startOfLondonDay(dayNumber(known.inUseFrom))) refuse('OUTCOME_NOT_YET_IN_USE', { field: 'outcome', from: known.inUseFrom });
  if (known.suspectNamed === 'yes' && !couldBeNamed(entry, book)) refuse('OUTCOME_NEEDS_NAMED_SUSPECT', { field: 'outcome' });
  if (known.suspectNamed === 'no' && certainlyNamed(entry, book)) refuse('OUTCOME_NEEDS_NO_NAMED_SUSPECT', { field: 'outcome' });
};

/** An outcome belongs to a recorded crime, is of one scheme, and fits what is known of suspects (outcomes framework). */
export const outcomeRule = (entry: OutcomeEntry, book: Casebook): void => {
  const { crimeId, outcome } = entry.data;
  const crime = book.of('CrimeRecorded').find(({ data }) => data.crimeId === crimeId) ?? refuse('CRIME_UNKNOWN', { field: 'crimeId' });
  if (certainlyBefore(entry, crime)) refuse('OUTCOME_BEFORE_CRIME', { field: 'effectiveAt' });
  const others = book.of('OutcomeAssigned', 'OutcomeReplaced').filter(({ data }) => data.crimeId === crimeId);
  if (others.some(({ data }) => data.outcome.scheme !== outcome.scheme)) refuse('OUTCOME_SCHEME_DIFFERS', { field: 'outcome' });
  const before = others.filter(({ earliest }) => earliest <= entry.earliest).at(-1);
  const again = before && before.data.outcome.code === outcome.code && !couldSeparate(book.of('InvestigationReopened'), before, entry);
  if (again) refuse('OUTCOME_ALREADY_ASSIGNED', { field: 'outcome' });
  if (outcome.scheme === 'HOME_OFFICE') homeOfficeRule(entry, book);
};
