import { certainlyBefore } from './casebook';
import type { Casebook, Entry } from './casebook';
import { backFacts } from './investigation.events';
import { refuse } from './investigation.errors';
import type { SuspectEvent } from './investigation.events';
import { couldSeparate, couldStand, needsStanding } from './order-of-facts';
import { whileActive } from './record-rules';

type Acts = SuspectEvent['type'];

/** Acts that only the living do or suffer. */
const livingActs = new Set<Acts>([
  'SuspectCirculated', 'SuspectArrested', 'SuspectInterviewedUnderCaution', 'SuspectBailed', 'SuspectReleasedUnderInvestigation',
  'SuspectFailedToAnswerBail', 'SuspectEscaped', 'SuspectRequisitioned', 'SuspectCharged',
]);

const linkOf = (linkId: string, book: Casebook): Entry<'SuspectLinked'> =>
  book.about(linkId, 'SuspectLinked')[0] ?? refuse('LINK_UNKNOWN', { field: 'linkId' });

/** The link is on the investigation, stands, and its person lives at the time of the act. */
export const onLink = (entry: Entry<Acts>, book: Casebook): void => {
  const { linkId } = entry.data;
  linkOf(linkId, book);
  if (entry.type !== 'SuspectLinkVoided' && book.about(linkId, 'SuspectLinkVoided').length > 0) refuse('LINK_VOIDED', { field: 'linkId' });
  if (livingActs.has(entry.type) && book.about(linkId, 'SuspectDeceased').some((death) => certainlyBefore(death, entry)))
    refuse('SUSPECT_DECEASED', { field: 'effectiveAt' });
};

/** `onLink`, while the investigation is active: for acts that would wake a closed one. */
export const onActiveLink = (entry: Entry<Acts>, book: Casebook): void => {
  onLink(entry, book);
  whileActive(entry, book);
};

/** The facts that make a link NAMED. */
export const namings = (linkId: string, book: Casebook): readonly Entry[] => [
  ...book.about(linkId, 'SuspectLinked').filter(({ data }) => data.quality === 'NAMED'), ...book.about(linkId, 'SuspectNamed'),
];

const namedHere = (entry: Entry<Acts>, book: Casebook): void => {
  const { linkId } = entry.data;
  if (couldStand(namings(linkId, book), book.about(linkId, 'SuspectQualityLowered'), entry).length === 0) refuse('SUSPECT_NOT_NAMED', { field: 'linkId' });
};

/** Whom a link stands for by the last that was said of it. */
const personOf = (linkId: string, book: Casebook): string | undefined =>
  book.about(linkId, 'SuspectLinked', 'SuspectNamed').filter(({ data }) => data.nominalId !== undefined).at(-1)?.data.nominalId;

const linkedElsewhere = (nominalId: string | undefined, linkId: string, book: Casebook): boolean =>
  nominalId !== undefined && book.of('SuspectLinked').some(({ data: { linkId: other } }) =>
    other !== linkId && personOf(other, book) === nominalId && book.about(other, 'SuspectLinkVoided').length === 0);

export const linkRule = (entry: Entry<'SuspectLinked'>, book: Casebook): void => {
  whileActive(entry, book);
  const { linkId, quality, nominalId, crimeIds = [] } = entry.data;
  if (book.about(linkId, 'SuspectLinked').length > 0) refuse('LINK_ALREADY_MADE', { field: 'linkId' });
  if (quality === 'NAMED' && !nominalId) refuse('NAMED_NEEDS_PERSON', { field: 'nominalId' });
  if (nominalId && (quality === 'UNKNOWN' || quality === 'DESCRIBED')) refuse('PERSON_NEEDS_BETTER_QUALITY', { field: 'quality' });
  if (linkedElsewhere(nominalId, linkId, book)) refuse('PERSON_ALREADY_LINKED', { field: 'nominalId' });
  const known = new Set<string>(book.of('CrimeRecorded').map(({ data }) => data.crimeId));
  if (crimeIds.some((id) => !known.has(id))) refuse('CRIME_UNKNOWN', { field: 'crimeIds' });
};

export const namingRule = (entry: Entry<'SuspectNamed'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const { linkId, nominalId } = entry.data;
  const givenUp = book.about(linkId, 'SuspectQualityLowered', 'SuspectEliminated');
  if (namings(linkId, book).some((naming) => !couldSeparate(givenUp, naming, entry))) refuse('SUSPECT_ALREADY_NAMED', { field: 'linkId' });
  if (linkedElsewhere(nominalId, linkId, book)) refuse('PERSON_ALREADY_LINKED', { field: 'nominalId' });
};

export const loweringRule = (entry: Entry<'SuspectQualityLowered'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const { linkId } = entry.data;
  needsStanding(namings(linkId, book), book.about(linkId, 'SuspectQualityLowered'), entry, 'SUSPECT_NOT_NAMED', 'linkId');
};

const needNames = new Set(['PNC_WANTED', 'WARRANT_BACKED', 'WARRANT_NOT_BACKED', 'RECALL']);

export const circulationRule = (entry: Entry<'SuspectCirculated'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const { linkId, circulation } = entry.data;
  if (needNames.has(circulation)) namedHere(entry, book);
  const ends = book.about(linkId, 'CirculationCancelled', 'SuspectArrested');
  const same = book.about(linkId, 'SuspectCirculated').filter(({ data }) => data.circulation === circulation);
  if (same.some((other) => !couldSeparate(ends, other, entry))) refuse('SUSPECT_ALREADY_CIRCULATED', { field: 'circulation' });
};

export const cancellationRule = (entry: Entry<'CirculationCancelled'>, book: Casebook): void => {
  onLink(entry, book);
  const { linkId } = entry.data;
  needsStanding(book.about(linkId, 'SuspectCirculated'), book.about(linkId, 'CirculationCancelled'), entry, 'SUSPECT_NOT_CIRCULATED', 'linkId');
};

export const eliminationRule = (entry: Entry<'SuspectEliminated'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const { linkId } = entry.data;
  const back = book.about(linkId, ...backFacts);
  if (book.about(linkId, 'SuspectEliminated').some((other) => !couldSeparate(back, other, entry))) refuse('SUSPECT_ALREADY_ELIMINATED', { field: 'linkId' });
};

export const deathRule = (entry: Entry<'SuspectDeceased'>, book: Casebook): void => {
  onLink(entry, book);
  const { linkId } = entry.data;
  if (book.about(linkId, 'SuspectDeceased').length > 0) refuse('SUSPECT_ALREADY_DECEASED', { field: 'linkId' });
  if (book.about(linkId, ...livingActs).some((act) => certainlyBefore(entry, act))) refuse('SUSPECT_ALIVE_LATER', { field: 'effectiveAt' });
};

export const chargeRule = (entry: Entry<'SuspectCharged' | 'SuspectRequisitioned'>, book: Casebook): void => {
  onActiveLink(entry, book);
  namedHere(entry, book);
  const { charges } = entry.data;
  const methods = entry.type === 'SuspectCharged' ? ['C'] : ['R', 'S'];
  if (charges.some(({ method }) => !methods.includes(method))) refuse('CHARGE_METHOD_DOES_NOT_FIT', { field: 'method' });
  const taken = new Set(book.of('SuspectCharged', 'SuspectRequisitioned').flatMap(({ data }) => data.charges.map(({ chargeId }) => chargeId)));
  if (charges.some(({ chargeId }, i) => taken.has(chargeId) || charges.findIndex((each) => each.chargeId === chargeId) < i))
    refuse('CHARGE_ALREADY_RECORDED', { field: 'chargeId' });
  const known = new Set<string>(book.of('CrimeRecorded').map(({ data }) => data.crimeId));
  if (charges.some(({ crimeId }) => crimeId !== undefined && !known.has(crimeId))) refuse('CRIME_UNKNOWN', { field: 'crimeId' });
};
