import { dayNumber, startOfLondonDay } from '#kernel';
import type { Casebook, Entry } from './casebook';
import type { InvestigationRefusal } from './investigation.errors';
import { refuse } from './investigation.errors';
import type { SuspectEvent } from './investigation.events';
import { couldSeparate, needsStanding, someCouldPrecede } from './order-of-facts';
import { onActiveLink, onLink } from './suspect-rules';

type Act = Entry<SuspectEvent['type']>;

type Acts = readonly SuspectEvent['type'][];

/** The act stands on one of `begun` that nothing of `ended` has ended since. */
const whileStanding = (begun: Acts, ended: Acts, entry: Act, book: Casebook, refusal: InvestigationRefusal): void => {
  const { linkId } = entry.data;
  needsStanding(book.about(linkId, ...begun), book.about(linkId, ...ended), entry, refusal, 'linkId');
};

const after = (types: Acts, entry: Act, book: Casebook, refusal: InvestigationRefusal): void => {
  if (!someCouldPrecede(book.about(entry.data.linkId, ...types), entry)) refuse(refusal, { field: 'linkId' });
};

export const arrestRule = (entry: Entry<'SuspectArrested'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const sameMinute = book.about(entry.data.linkId, 'SuspectArrested')
    .some(({ at, earliest }) => at.precision === 'minute' && entry.at.precision === 'minute' && earliest === entry.earliest);
  if (sameMinute) refuse('SUSPECT_ARRESTED_AT_THAT_TIME', { field: 'effectiveAt' });
};

/** PACE 1984 Code C: an interview in custody follows an arrest; a voluntary one needs none. */
export const interviewRule = (entry: Entry<'SuspectInterviewedUnderCaution'>, book: Casebook): void => {
  onActiveLink(entry, book);
  if (entry.data.setting === 'CUSTODY') after(['SuspectArrested'], entry, book, 'CUSTODY_INTERVIEW_NEEDS_ARREST');
};

/** PACE 1984 ss.30A, 37, 47: pre-charge bail follows an arrest; s.47ZB(4): its period runs from the day after. */
export const bailRule = (entry: Entry<'SuspectBailed'>, book: Casebook): void => {
  onActiveLink(entry, book);
  after(['SuspectArrested'], entry, book, 'BAIL_NEEDS_ARREST');
  const { returnOn } = entry.data;
  if (returnOn && startOfLondonDay(dayNumber(returnOn) + 1) <= entry.earliest) refuse('BAIL_RETURNS_BEFORE_IT_BEGINS', { field: 'returnOn' });
};

/** PACE 1984 ss.34, 37: who is released under investigation was arrested. */
export const releaseRule = (entry: Entry<'SuspectReleasedUnderInvestigation'>, book: Casebook): void => {
  onActiveLink(entry, book);
  after(['SuspectArrested'], entry, book, 'RELEASE_NEEDS_ARREST');
};

/** PACE 1984 s.46A: pre-charge bail that still runs, not ended by release without bail, a charge or the end of the matter. */
export const failureRule = (entry: Entry<'SuspectFailedToAnswerBail'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const ends = ['SuspectReleasedUnderInvestigation', 'SuspectCharged', 'SuspectRequisitioned', 'SuspectNoFurtherAction'] as const;
  whileStanding(['SuspectBailed'], ends, entry, book, 'SUSPECT_NOT_ON_BAIL');
};

/** Who was released, on bail or without, or told that nothing more comes of it, is in custody no longer. */
export const escapeRule = (entry: Entry<'SuspectEscaped'>, book: Casebook): void => {
  onActiveLink(entry, book);
  whileStanding(['SuspectArrested'], ['SuspectBailed', 'SuspectReleasedUnderInvestigation', 'SuspectNoFurtherAction'], entry, book, 'ESCAPE_NEEDS_ARREST');
};

/** PACE 1984 s.60B: somebody interviewed but not arrested is told in writing of a decision not to prosecute. */
export const noFurtherActionRule = (entry: Entry<'SuspectNoFurtherAction'>, book: Casebook): void => {
  onActiveLink(entry, book);
  const { linkId, writtenNoticeGiven } = entry.data;
  const interviewed = someCouldPrecede(book.about(linkId, 'SuspectInterviewedUnderCaution'), entry);
  const arrested = someCouldPrecede(book.about(linkId, 'SuspectArrested'), entry);
  if (interviewed && !arrested && !writtenNoticeGiven) refuse('WRITTEN_NOTICE_REQUIRED', { field: 'writtenNoticeGiven' });
  const withdrawals = book.about(linkId, 'NoFurtherActionWithdrawn');
  const taken = book.about(linkId, 'SuspectNoFurtherAction').some((other) => !couldSeparate(withdrawals, other, entry));
  if (taken) refuse('NO_FURTHER_ACTION_ALREADY_TAKEN', { field: 'linkId' });
};

export const withdrawalRule = (entry: Entry<'NoFurtherActionWithdrawn'>, book: Casebook): void => {
  onLink(entry, book);
  whileStanding(['SuspectNoFurtherAction'], ['NoFurtherActionWithdrawn'], entry, book, 'NO_FURTHER_ACTION_NOT_TAKEN');
};

export const voidingRule = (entry: Entry<'SuspectLinkVoided'>, book: Casebook): void => {
  onLink(entry, book);
  if (book.about(entry.data.linkId, 'SuspectLinkVoided').length > 0) refuse('LINK_VOIDED', { field: 'linkId' });
};
