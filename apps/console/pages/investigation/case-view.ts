import { effectiveHistory } from '#kernel';
import type { EffectiveAt, Envelope, RecordedEvent } from '#kernel';
import type { CancelReason, HistoryEntry, Outcome, ReopenGrounds, SuspectQuality } from '#contexts/investigations';
import { operationKey } from '#contexts/investigations';
import { suspectFactsAfter } from './suspect-facts';
import type { SuspectFacts } from './suspect-facts';

/** A sealed text as it was opened: its words, or a note that its key was destroyed. */
export type Opened = string | { readonly erased: true };

export interface CrimeView {
  readonly crimeId: string;
  readonly offence: string;
  readonly force?: string;
  readonly crimeReference?: string;
  readonly offenceFrom?: string;
  readonly offenceTo?: string;
  readonly outcome?: Outcome;
  readonly outcomeAt?: EffectiveAt;
}

export interface SuspectView extends SuspectFacts {
  readonly linkId: string;
  /** Which of the suspects ever linked, in the order of recording: it stays when dates and names change. */
  readonly number: number;
  /** Types of everything that stands about this suspect, in effective order. */
  readonly acts: readonly string[];
  readonly quality: SuspectQuality;
  readonly nominalId?: string;
  readonly description?: Opened;
  /** Type of the last event that changed the suspect's state, and when that was. */
  readonly last: string;
  readonly lastAt: EffectiveAt;
  readonly live: boolean;
}

/** How an investigation was closed. */
export interface ClosingView {
  readonly type: 'InvestigationFinalised' | 'InvestigationTransferred' | 'InvestigationCancelled';
  readonly at: EffectiveAt;
  readonly approvedBy?: string;
  readonly closingSummary?: Opened;
  readonly toForce?: string;
  readonly reason?: CancelReason;
}

/** One investigation as its standing entries tell it. */
export interface CaseView {
  readonly title?: Opened;
  readonly summary?: Opened;
  readonly plan?: Opened;
  readonly kind: string;
  readonly area: string;
  readonly themes: readonly string[];
  readonly openedAt: EffectiveAt;
  readonly team?: string;
  readonly officer?: string;
  readonly supervisor?: string;
  readonly sensitivity?: string;
  /** Codes of its operations, as they were written. */
  readonly operations?: readonly string[];
  readonly reviewEveryDays?: number;
  readonly lastReviewAt?: EffectiveAt;
  readonly proposed: boolean;
  /** Absent while the investigation is active. */
  readonly closing?: ClosingView;
  /** Of the last reopening. */
  readonly reopening?: { readonly at: EffectiveAt; readonly grounds: ReopenGrounds };
  readonly crimes: readonly CrimeView[];
  readonly suspects: readonly SuspectView[];
  /** Of the last entry; what a form sends to notice that somebody recorded meanwhile. */
  readonly revision: number;
}

interface Draft extends Omit<CaseView, 'crimes' | 'suspects'> {
  readonly crimes: ReadonlyMap<string, CrimeView>;
  readonly suspects: ReadonlyMap<string, SuspectView>;
}

type Data = Readonly<Record<string, never>>;

/** The entries that stand, in effective order: voided ones gone, corrections in the place of what they correct. */
export const standingEntries = (entries: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const events = entries.map(({ id, revision, effectiveAt, recordedAt, corrects }) =>
    ({ id, revision, metadata: { effectiveAt, recordedAt, ...(corrects && { corrects: { event: corrects.event, as: corrects.as } }) } as Envelope }) as RecordedEvent);
  return effectiveHistory(events).map(({ id }) => byId.get(id)!);
};

const unknown: EffectiveAt = { precision: 'unknown' };
const nothing: Draft = {
  kind: '', area: '', themes: [], openedAt: unknown, proposed: false, crimes: new Map(), suspects: new Map(), revision: -1,
};

const withCrime = (draft: Draft, crimeId: string, known: Partial<CrimeView>): Draft => {
  const crime = { offence: 'Offence not recorded', ...draft.crimes.get(crimeId), ...known, crimeId };
  return { ...draft, crimes: new Map(draft.crimes).set(crimeId, crime) };
};

const ends = new Set(['SuspectEliminated', 'SuspectLinkVoided', 'SuspectDeceased']);

const withSuspect = (draft: Draft, entry: HistoryEntry): Draft => {
  const { type, effectiveAt, data } = entry;
  const { linkId, quality, nominalId, description } = data as { linkId: string; quality?: SuspectQuality; nominalId?: string; description?: Opened };
  const before = draft.suspects.get(linkId);
  const suspect: SuspectView = {
    ...before, ...suspectFactsAfter(before ?? {}, entry), linkId, number: before?.number ?? 0, acts: [...(before?.acts ?? []), type],
    quality: type === 'SuspectNamed' ? 'NAMED' : (quality ?? before?.quality ?? 'UNKNOWN'),
    ...(type === 'SuspectQualityLowered' ? { nominalId: undefined } : nominalId !== undefined && { nominalId }),
    ...(description !== undefined && { description }),
    last: type, lastAt: effectiveAt, live: !ends.has(type),
  };
  return { ...draft, suspects: new Map(draft.suspects).set(linkId, suspect) };
};

const pick = (data: Data, names: readonly string[]): object => Object.fromEntries(names.filter((name) => name in data).map((name) => [name, data[name]]));

const without = ({ operations = [] }: Draft, operation: string): readonly string[] => operations.filter((each) => operationKey(each) !== operationKey(operation));

const step = (draft: Draft, entry: HistoryEntry): Draft => {
  const data = entry.data as Data;
  if (entry.type.startsWith('Suspect') || entry.type === 'CirculationCancelled' || entry.type === 'NoFurtherActionWithdrawn') return withSuspect(draft, entry);
  switch (entry.type) {
    case 'InvestigationOpened': return { ...draft, ...pick(data, ['kind', 'area', 'themes', 'team', 'title', 'summary']), openedAt: entry.effectiveAt };
    case 'CrimeRecorded': return withCrime(draft, data.crimeId!, data);
    case 'InvestigationAllocated':
    case 'InvestigationReallocated': return { ...draft, supervisor: undefined, ...pick(data, ['officer', 'team', 'supervisor']) };
    case 'InvestigationPlanSet': return { ...draft, ...pick(data, ['plan', 'reviewEveryDays']) };
    case 'SensitivityReassessed': return { ...draft, ...pick(data, ['sensitivity']) };
    case 'OperationLinked': return { ...draft, operations: [...without(draft, data.operation!), data.operation!] };
    case 'OperationUnlinked': return { ...draft, operations: without(draft, data.operation!) };
    case 'SupervisorReviewRecorded': return { ...draft, lastReviewAt: entry.effectiveAt };
    case 'OutcomeAssigned':
    case 'OutcomeReplaced': return withCrime(draft, data.crimeId!, { outcome: data.outcome!, outcomeAt: entry.effectiveAt });
    case 'FinalisationProposed': return { ...draft, proposed: true };
    case 'FinalisationReturned': return { ...draft, proposed: false };
    case 'InvestigationFinalised':
    case 'InvestigationTransferred':
    case 'InvestigationCancelled': return { ...draft, proposed: false, closing: { type: entry.type, at: entry.effectiveAt, ...pick(data, ['approvedBy', 'closingSummary', 'toForce', 'reason']) } };
    case 'InvestigationReopened': return { ...draft, proposed: false, closing: undefined, reopening: { at: entry.effectiveAt, grounds: data.grounds! } };
    default: return draft;
  }
};

/** Links in the order in which they were recorded, those included that were taken away since. */
const linksIn = (recorded: readonly HistoryEntry[]): readonly string[] =>
  [...new Set([...recorded].sort((a, b) => a.number - b.number).flatMap(({ data }) => (data as { readonly linkId?: string }).linkId ?? []))];

/** What the history of an investigation comes to. `recorded`: every entry there is now, also those that a look at the past leaves out. */
export const caseView = (entries: readonly HistoryEntry[], recorded: readonly HistoryEntry[] = entries): CaseView => {
  const { crimes, suspects, ...rest } = standingEntries(entries).reduce(step, nothing);
  const revision = Math.max(-1, ...entries.map((entry) => entry.revision));
  const links = linksIn(recorded);
  const numbered = [...suspects.values()].map((suspect) => ({ ...suspect, number: links.indexOf(suspect.linkId) + 1 }));
  return { ...rest, crimes: [...crimes.values()], suspects: numbered, revision };
};
