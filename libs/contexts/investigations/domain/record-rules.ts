import { officerKey } from '#kernel';
import { certainlyBefore } from './casebook';
import type { Casebook, Entry } from './casebook';
import { closings } from './investigation.events';
import type { Crime } from './investigation.events';
import { refuse } from './investigation.errors';
import { offenceSpan } from './offence-dates';
import { couldPrecede, couldSeparate, couldStand, needsStanding } from './order-of-facts';

/** Refuses an act dated before the investigation began. */
export const afterOpening = (entry: Entry, book: Casebook): void => {
  const opening = book.of('InvestigationOpened')[0];
  if (opening && certainlyBefore(entry, opening)) refuse('BEFORE_OPENING', { field: 'effectiveAt' });
};

/** Refuses an act at a time at which the investigation was certainly closed and not yet reopened. */
export const whileActive = (entry: Entry, book: Casebook): void => {
  afterOpening(entry, book);
  const reopenings = book.of('InvestigationReopened');
  const closed = book.of(...closings).some((closing) => certainlyBefore(closing, entry) && !couldSeparate(reopenings, closing, entry));
  if (closed) refuse('INVESTIGATION_NOT_ACTIVE', { field: 'effectiveAt' });
};

const withCrimes = new Set(['CRIME', 'NON_RECENT']);
/** Kinds of investigation that cannot end without a recorded crime (National Crime Recording Standard). */
export const needsCrimes = (book: Casebook): boolean => withCrimes.has(book.of('InvestigationOpened')[0]?.data.kind ?? '');

/** A crime is recorded once, while the investigation is active, where it may hold crimes, and not before its offence began. */
export const crimeRule = (entry: Entry<'CrimeRecorded'>, book: Casebook): void => {
  whileActive(entry, book);
  const { crimeId, crimeReference, force, offenceFrom, offenceTo } = entry.data as Crime;
  if (book.of('InvestigationOpened')[0]?.data.kind === 'NON_CRIME') refuse('NON_CRIME_HAS_NO_CRIMES');
  if (offenceFrom && offenceTo && offenceSpan(offenceTo).latest <= offenceSpan(offenceFrom).earliest) refuse('OFFENCE_ENDS_BEFORE_IT_BEGINS', { field: 'offenceTo' });
  if (offenceFrom && entry.latest <= offenceSpan(offenceFrom).earliest) refuse('CRIME_RECORDED_BEFORE_OFFENCE', { field: 'offenceFrom' });
  for (const { data } of book.of('CrimeRecorded')) {
    if (data.crimeId === crimeId) refuse('CRIME_ALREADY_RECORDED', { field: 'crimeId' });
    if (crimeReference && data.crimeReference === crimeReference && data.force === force) refuse('CRIME_REFERENCE_TWICE', { field: 'crimeReference' });
  }
};

export const allocationRule = (entry: Entry<'InvestigationAllocated'>, book: Casebook): void => {
  whileActive(entry, book);
  if (book.of('InvestigationAllocated').length > 0) refuse('INVESTIGATION_ALREADY_ALLOCATED');
};

export const reallocationRule = (entry: Entry<'InvestigationReallocated'>, book: Casebook): void => {
  whileActive(entry, book);
  needsStanding(book.of('InvestigationAllocated'), [], entry, 'INVESTIGATION_NOT_ALLOCATED', 'effectiveAt');
};

export const planRule = (entry: Entry<'InvestigationPlanSet'>, book: Casebook): void => {
  whileActive(entry, book);
  const { reviewEveryDays } = entry.data;
  if (!Number.isInteger(reviewEveryDays) || reviewEveryDays < 1 || reviewEveryDays > 366) refuse('REVIEW_INTERVAL_OUT_OF_RANGE', { field: 'reviewEveryDays' });
};

/** What answers a proposal to finalise. */
const answers = (book: Casebook): readonly Entry[] => book.of('FinalisationReturned', 'InvestigationFinalised', 'InvestigationReopened');

export const proposalRule = (entry: Entry<'FinalisationProposed'>, book: Casebook): void => {
  whileActive(entry, book);
  const waiting = couldPrecede(book.of('FinalisationProposed'), entry).some((proposal) => !couldSeparate(answers(book), proposal, entry));
  if (waiting) refuse('FINALISATION_ALREADY_PROPOSED');
};

export const returnRule = (entry: Entry<'FinalisationReturned'>, book: Casebook): void => {
  whileActive(entry, book);
  needsStanding(book.of('FinalisationProposed'), answers(book), entry, 'FINALISATION_NOT_PROPOSED', 'effectiveAt');
};

const notClosedBefore = (entry: Entry, book: Casebook): void => {
  afterOpening(entry, book);
  const reopenings = book.of('InvestigationReopened');
  if (book.of(...closings).some((closing) => !couldSeparate(reopenings, closing, entry))) refuse('INVESTIGATION_ALREADY_CLOSED');
};

/** Who may not approve: the officer in the case, and whoever made or recorded the proposal that is being answered. */
const interested = (entry: Entry<'InvestigationFinalised'>, book: Casebook): ReadonlySet<string> => {
  const owner = couldPrecede(book.of('InvestigationAllocated', 'InvestigationReallocated'), entry).slice(-1);
  const proposals = couldStand(book.of('FinalisationProposed'), answers(book), entry);
  const ids = [...[...owner, ...proposals].map(({ data: { officer } }) => officer), ...proposals.map(({ by }) => by)];
  return new Set(ids.flatMap((id) => (id ? [officerKey(id)] : [])));
};

/** A supervisor who is neither the proposer nor the officer in the case approves, and every crime that was recorded by then has its outcome. */
export const finalisationRule = (entry: Entry<'InvestigationFinalised'>, book: Casebook): void => {
  notClosedBefore(entry, book);
  const { approvedBy } = entry.data;
  if (approvedBy && interested(entry, book).has(officerKey(approvedBy))) refuse('PROPOSER_CANNOT_APPROVE', { field: 'approvedBy' });
  const crimes = couldPrecede(book.of('CrimeRecorded'), entry);
  if (crimes.length === 0 && needsCrimes(book)) refuse('CRIME_NOT_RECORDED');
  const settled = new Set(couldPrecede(book.of('OutcomeAssigned', 'OutcomeReplaced'), entry).map(({ data }) => data.crimeId));
  const open = crimes.find(({ data }) => !settled.has(data.crimeId));
  if (open) refuse('CRIME_WITHOUT_OUTCOME', { crimeId: open.data.crimeId });
};

export const otherClosingRule = (entry: Entry<'InvestigationTransferred' | 'InvestigationCancelled'>, book: Casebook): void => notClosedBefore(entry, book);

export const reopeningRule = (entry: Entry<'InvestigationReopened'>, book: Casebook): void =>
  needsStanding(book.of(...closings), book.of('InvestigationReopened'), entry, 'INVESTIGATION_NOT_CLOSED', 'effectiveAt');
