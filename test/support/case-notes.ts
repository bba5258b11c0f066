import { instantOf } from '#kernel';
import type { Correction, EffectiveAt, Envelope, RecordedEvent, SourceReference } from '#kernel';
import type { InvestigationEvent } from '../../libs/contexts/investigations/domain/investigation.events';

/** What a note of a case says: an event, when it happened, and what it corrects (by place in the notes). */
export interface Note {
  readonly type: InvestigationEvent['type'];
  readonly data: object;
  /** `2019-06-14T17:00+01:00`, `2019-06-14`, `2019-06`, `2019`, or `unknown`. */
  readonly at: string;
  /** When it was recorded; default: one minute after the one before, and not before it happened. */
  readonly recorded?: string;
  readonly corrects?: { readonly note: number; readonly as: Correction['as'] };
  readonly source?: SourceReference;
  /** Who signed in to record it; default: nobody did. */
  readonly by?: string;
  readonly sensitive?: boolean;
}

const precisions: Record<number, EffectiveAt['precision']> = { 4: 'year', 7: 'month', 10: 'day' };

export const when = (text: string): EffectiveAt =>
  text === 'unknown' ? { precision: 'unknown' } : { precision: precisions[text.length] ?? 'minute', from: text };

const idOf = (stream: string, revision: number): string => `${stream}#${revision}`;

/** Writes the notes of one investigation as the ledger would hold them. Numbers start at `from`. */
export const recordCase = (notes: readonly Note[], { investigation = 'a', from = 0, clock = Date.parse('2019-01-01T00:00:00Z') } = {}): RecordedEvent<InvestigationEvent>[] => {
  const stream = `investigation-${investigation}`;
  return notes.map(({ type, data, at, recorded, corrects, source, by, sensitive }, revision) => {
    clock = recorded ? Date.parse(recorded) : clock + 60_000;
    const correction = corrects && { event: idOf(stream, corrects.note), as: corrects.as };
    const metadata = { v: 1, effectiveAt: when(at), recordedAt: instantOf(clock), corrects: correction, source, actor: by ? { kind: 'user', id: by } : { kind: 'unverified', id: 'unverified' }, track: sensitive ? 'SENSITIVE' : 'STANDARD' } as unknown as Envelope;
    const number = from + revision;
    return { id: idOf(stream, revision), type, data, stream, revision, number, position: String(number + 1), metadata } as RecordedEvent<InvestigationEvent>;
  });
};

const suspect = (type: InvestigationEvent['type']) => (at: string, linkId = 'x', data: object = {}): Note => ({ type, at, data: { linkId, ...data } });
const whole = (type: InvestigationEvent['type']) => (at: string, data: object = {}): Note => ({ type, at, data });

/** The facts of a case, as a spec writes them down. */
export const opened = (at: string, data: object = {}): Note =>
  ({ type: 'InvestigationOpened', at, data: { investigationId: 'a', kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], ...data } });
export const named = (at: string, linkId = 'x', nominalId = `person of ${linkId}`): Note =>
  ({ type: 'SuspectLinked', at, data: { linkId, quality: 'NAMED', nominalId } });
export const described = (at: string, linkId = 'x'): Note => ({ type: 'SuspectLinked', at, data: { linkId, quality: 'DESCRIBED' } });
export const identified = (at: string, linkId = 'x', nominalId = `person of ${linkId}`): Note => suspect('SuspectNamed')(at, linkId, { nominalId });
export const lowered = (at: string, linkId = 'x'): Note => suspect('SuspectQualityLowered')(at, linkId, { quality: 'DESCRIBED' });
export const circulated = (at: string, circulation: string, linkId = 'x'): Note => suspect('SuspectCirculated')(at, linkId, { circulation });
export const nfaWithdrawn = (at: string, arrestSought: boolean, linkId = 'x'): Note => suspect('NoFurtherActionWithdrawn')(at, linkId, { arrestSought });
export const circulationCancelled = suspect('CirculationCancelled');
export const arrested = suspect('SuspectArrested');
export const interviewed = suspect('SuspectInterviewedUnderCaution');
export const bailed = suspect('SuspectBailed');
export const releasedUnderInvestigation = suspect('SuspectReleasedUnderInvestigation');
export const failedBail = suspect('SuspectFailedToAnswerBail');
export const escaped = suspect('SuspectEscaped');
export const eliminated = suspect('SuspectEliminated');
export const linkVoided = suspect('SuspectLinkVoided');
export const deceased = suspect('SuspectDeceased');
export const requisitioned = suspect('SuspectRequisitioned');
export const charged = suspect('SuspectCharged');
export const nfa = suspect('SuspectNoFurtherAction');
export const allocated = (at: string, team: string, officer = 'DC 1', supervisor?: string): Note => ({ type: 'InvestigationAllocated', at, data: { team, officer, supervisor } });
export const reassessed = (at: string, sensitivity: string): Note => ({ type: 'SensitivityReassessed', at, data: { sensitivity } });
export const operationLinked = (at: string, operation: string): Note => ({ type: 'OperationLinked', at, data: { operation } });
export const operationUnlinked = (at: string, operation: string): Note => ({ type: 'OperationUnlinked', at, data: { operation } });
export const planned = (at: string, reviewEveryDays: number): Note => ({ type: 'InvestigationPlanSet', at, data: { reviewEveryDays } });
export const reviewed = (at: string, review = 'PERIODIC_SUPERVISOR'): Note => ({ type: 'SupervisorReviewRecorded', at, data: { review, supervisor: 'DS 1' } });
export const reviewEscalated = (at: string, since: string, dueOn: string): Note => ({ type: 'OverdueReviewEscalated', at, data: { since, dueOn, stage: 'INSPECTOR' } });
export const suspectEscalated = (at: string, since: string, dueOn: string, linkId = 'x'): Note => ({ type: 'OutstandingSuspectEscalated', at, data: { linkId, since, dueOn, stage: 'INSPECTOR' } });
/** Answers the note at this place of the investigation. */
export const answeredEscalation = (at: string, note: number, investigation = 'a'): Note => ({ type: 'EscalationAnswered', at, data: { escalation: idOf(`investigation-${investigation}`, note) } });
export const crime = (at: string, crimeId: string, crimeReference?: string): Note => ({ type: 'CrimeRecorded', at, data: { crimeId, offence: 'o', crimeReference } });
export const proposed = whole('FinalisationProposed');
export const returned = whole('FinalisationReturned');
export const finalised = whole('InvestigationFinalised');
export const reopened = whole('InvestigationReopened');
export const transferred = whole('InvestigationTransferred');
export const cancelled = whole('InvestigationCancelled');
/** Takes away the note at this place. */
export const voided = (note: number, at = '2019-01-01'): Note => ({ type: 'EntryVoided', at, data: {}, corrects: { note, as: 'void' } });
/** Puts this note in the place of an earlier one. */
export const instead = (note: number, fact: Note): Note => ({ ...fact, corrects: { note, as: 'replacement' } });
/** The same note, recorded at another time. */
export const recordedAt = (recorded: string, note: Note): Note => ({ ...note, recorded });
