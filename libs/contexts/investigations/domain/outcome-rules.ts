import { certainlyBefore, dayNumber, intervalOf, startOfLondonDay } from '#kernel';
import type { Casebook, Entry } from './casebook';
import { homeOfficeOutcome } from './home-office-outcomes';
import { refuse } from './investigation.errors';
import { couldPrecede, couldSeparate } from './order-of-facts';

type OutcomeEntry = Entry<'OutcomeAssigned' | 'OutcomeReplaced'>;

const namedOn = (entry: OutcomeEntry, book: Casebook): readonly Entry<'SuspectLinked'>[] =>
  book.of('SuspectLinked').filter(({ data: { linkId, quality, crimeIds } }) =>
    (!crimeIds || crimeIds.includes(entry.data.crimeId))
    && (quality === 'NAMED' || book.about(linkId, 'SuspectNamed').length > 0)
    && book.about(linkId, 'SuspectLinkVoided').length === 0);

const couldBeNamed = (entry: OutcomeEntry, book: Casebook): boolean =>
  namedOn(entry, book).some((link) => couldPrecede([link, ...book.about(link.data.linkId, 'SuspectNamed')], entry)
    .some(({ data }) => !('quality' in data) || data.quality === 'NAMED'));

// Only who was certainly NAMED by then, and not given up again, contradicts "no suspect identified".
const certainlyNamed = (entry: OutcomeEntry, book: Casebook): boolean =>
  namedOn(entry, book).some((link) => {
    const naming = [link, ...book.about(link.data.linkId, 'SuspectNamed')].find(({ data }) => !('quality' in data) || data.quality === 'NAMED');
    const givenUp = couldPrecede(book.about(link.data.linkId, 'SuspectEliminated', 'SuspectQualityLowered'), entry);
    return naming !== undefined && certainlyBefore(naming.at, entry.at) && givenUp.length === 0;
  });

const homeOfficeRule = (entry: OutcomeEntry, book: Casebook): void => {
  const known = homeOfficeOutcome(entry.data.outcome.code) ?? refuse('OUTCOME_UNKNOWN', { field: 'outcome' });
  if (intervalOf(entry.at).latest <= startOfLondonDay(dayNumber(known.inUseFrom))) refuse('OUTCOME_NOT_YET_IN_USE', { field: 'outcome', from: known.inUseFrom });
  if (known.suspectNamed === 'yes' && !couldBeNamed(entry, book)) refuse('OUTCOME_NEEDS_NAMED_SUSPECT', { field: 'outcome' });
  if (known.suspectNamed === 'no' && certainlyNamed(entry, book)) refuse('OUTCOME_NEEDS_NO_NAMED_SUSPECT', { field: 'outcome' });
};

/** An outcome belongs to a recorded crime, is of one scheme, and fits what is known of suspects (outcomes framework). */
export const outcomeRule = (entry: OutcomeEntry, book: Casebook): void => {
  const { crimeId, outcome } = entry.data;
  const crime = book.of('CrimeRecorded').find(({ data }) => data.crimeId === crimeId) ?? refuse('CRIME_UNKNOWN', { field: 'crimeId' });
  if (certainlyBefore(entry.at, crime.at)) refuse('OUTCOME_BEFORE_CRIME', { field: 'effectiveAt' });
  const others = book.of('OutcomeAssigned', 'OutcomeReplaced').filter(({ data }) => data.crimeId === crimeId);
  if (others.some(({ data }) => data.outcome.scheme !== outcome.scheme)) refuse('OUTCOME_SCHEME_DIFFERS', { field: 'outcome' });
  const before = others.filter(({ at }) => intervalOf(at).earliest <= intervalOf(entry.at).earliest).at(-1);
  const again = before && before.data.outcome.code === outcome.code && !couldSeparate(book.of('InvestigationReopened'), before, entry);
  if (again) refuse('OUTCOME_ALREADY_ASSIGNED', { field: 'outcome' });
  if (outcome.scheme === 'HOME_OFFICE') homeOfficeRule(entry, book);
};
