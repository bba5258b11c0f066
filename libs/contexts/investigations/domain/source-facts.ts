import type { CommandContext, Correction, EffectiveAt, Fact, RecordedEvent } from '#kernel';
import { effectiveHistory, intervalOf } from '#kernel';
import type { SourceCrime } from './investigation.commands';
import { refuse } from './investigation.errors';
import type { InvestigationEvent, InvestigationEventType } from './investigation.events';
import type { InvestigationState } from './investigation.state';

type Recorded<T extends InvestigationEventType = InvestigationEventType> = RecordedEvent<Extract<InvestigationEvent, { type: T }>>;
type News = Fact<InvestigationEvent>[];

const startOf = (at: EffectiveAt): number => intervalOf(at).earliest;
const replacing = (event: string): { readonly corrects: Correction } => ({ corrects: { event, as: 'replacement' } });

const find = <T extends InvestigationEventType>(standing: readonly Recorded[], ...types: readonly T[]): Recorded<T>[] =>
  standing.filter((event) => types.includes(event.type as T)) as unknown as Recorded<T>[];

type Seen = NonNullable<SourceCrime['opened']>;

// Of all the street rows with one id the first month counts, and in it the alphabetically first area and offence: the same whatever came first.
const precedes = (a: Seen, b: Seen): boolean => {
  const [x, y] = [startOf(a.effectiveAt), startOf(b.effectiveAt)];
  if (x !== y) return x < y;
  return a.area === b.area ? a.offence < b.offence : a.area < b.area;
};

const opening = ({ investigationId, crimeId, opened }: SourceCrime, standing: readonly Recorded[]): News => {
  if (!opened) return [];
  const [was] = find(standing, 'InvestigationOpened');
  const [crime] = find(standing, 'CrimeRecorded');
  const seen = was && crime && { effectiveAt: was.metadata.effectiveAt, area: was.data.area, offence: crime.data.offence };
  if (seen && !precedes(opened, seen)) return [];
  const { effectiveAt, area, offence } = opened;
  return [
    { type: 'InvestigationOpened', effectiveAt, data: { investigationId, kind: 'CRIME', area, themes: [] }, ...(was ? replacing(was.id) : {}) },
    { type: 'CrimeRecorded', effectiveAt, data: { crimeId, offence }, ...(crime ? replacing(crime.id) : {}) },
  ];
};

const outcomes = ({ crimeId, outcomes: wanted }: SourceCrime, standing: readonly Recorded[]): News => {
  const known = find(standing, 'OutcomeAssigned', 'OutcomeReplaced');
  const keyOf = (at: EffectiveAt, code: string): string => `${startOf(at)} ${code}`;
  const held = new Set(known.map(({ data, metadata }) => keyOf(metadata.effectiveAt, data.outcome.code)));
  const news = wanted
    .filter(({ effectiveAt, outcome }, i) => !held.has(keyOf(effectiveAt, outcome.code))
      && wanted.findIndex((other) => keyOf(other.effectiveAt, other.outcome.code) === keyOf(effectiveAt, outcome.code)) === i)
    .sort((a, b) => startOf(a.effectiveAt) - startOf(b.effectiveAt) || (a.outcome.code < b.outcome.code ? -1 : 1));
  return news.map(({ effectiveAt, outcome }, i) =>
    ({ type: known.length === 0 && i === 0 ? 'OutcomeAssigned' : 'OutcomeReplaced', effectiveAt, data: { crimeId, outcome } }));
};

const earliest = (dates: readonly EffectiveAt[]): EffectiveAt | undefined =>
  dates.reduce<EffectiveAt | undefined>((first, at) => (first && startOf(first) <= startOf(at) ? first : at), undefined);

/** Closed by the earliest outcome, but never before the crime itself. */
const finalisation = ({ outcomes: wanted, opened }: SourceCrime, standing: readonly Recorded[]): News => {
  const first = earliest([...wanted.map(({ effectiveAt }) => effectiveAt), ...find(standing, 'OutcomeAssigned', 'OutcomeReplaced').map(({ metadata }) => metadata.effectiveAt)]);
  if (!first) return [];
  const begun = earliest([...(opened ? [opened.effectiveAt] : []), ...find(standing, 'InvestigationOpened').map(({ metadata }) => metadata.effectiveAt)]);
  const at = begun && startOf(begun) > startOf(first) ? begun : first;
  const [was] = find(standing, 'InvestigationFinalised');
  if (was && startOf(was.metadata.effectiveAt) === startOf(at)) return [];
  return [{ type: 'InvestigationFinalised', effectiveAt: at, data: {}, ...(was ? replacing(was.id) : {}) }];
};

/**
 * What a source says of one crime that the stream does not hold yet. Order and number of imports make no difference to the present state; saying
 * it again is nothing. Counting rule of data.police.uk: `docs/glossary.md`, "open, of data.police.uk".
 */
export const recordFromSource = (data: SourceCrime, context: CommandContext, { recorded }: InvestigationState): News => {
  if (!context.source) return refuse('SOURCE_FACTS_NEED_A_SOURCE', { field: 'source' });
  const standing = effectiveHistory(recorded).filter(({ metadata }) => metadata.source?.system === context.source!.system);
  return [...opening(data, standing), ...outcomes(data, standing), ...finalisation(data, standing)];
};
