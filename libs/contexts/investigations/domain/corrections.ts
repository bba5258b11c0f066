import type { CommandContext, Fact, RecordedEvent } from '#kernel';
import { casebooks, entriesOf } from './casebook';
import type { Entry } from './casebook';
import type { InvestigationEvent } from './investigation.events';
import type { InvestigationCommand } from './investigation.commands';
import { InvestigationRefused, refuse } from './investigation.errors';
import type { InvestigationState } from './investigation.state';
import { check } from './rules';
import { hasPrivate, sameFact } from './same-fact';

type Recorded = RecordedEvent<InvestigationEvent>;
type Correct = Extract<InvestigationCommand, { type: 'CorrectEntry' }>;
type Void = Extract<InvestigationCommand, { type: 'VoidEntry' }>;

/** What an entry is about; a correction leaves it as it is. */
const subjects = ['investigationId', 'crimeId', 'linkId'] as const;

const target = ({ recorded }: InvestigationState, event: string): Recorded => {
  const found = recorded.find(({ id }) => id === event);
  if (!found || found.type === 'EntryVoided') return refuse('ENTRY_UNKNOWN', { event });
  const standing = entriesOf(recorded).some(({ id }) => id === event);
  if (!standing) {
    const replaced = recorded.some(({ metadata: { corrects } }) => corrects?.event === event && corrects.as === 'replacement');
    refuse(replaced ? 'ENTRY_REPLACED' : 'ENTRY_VOIDED', { event });
  }
  if (found.metadata.source) refuse('ENTRY_OF_ANOTHER_SYSTEM', { event });
  return found;
};

const refusalOf = (entry: Entry, book: ReturnType<ReturnType<typeof casebooks>>): string | undefined => {
  try {
    check(entry, book);
    return undefined;
  } catch (error) {
    if (error instanceof InvestigationRefused) return error.code;
    throw error;
  }
};

// Facts of another system skip our rules, so only an entry that kept its rule before the change can be said to break it now.
const refuseBroken = (before: readonly Entry[], after: readonly Entry[], changed: string): void => {
  const [was, is] = [casebooks(before), casebooks(after)];
  for (const entry of after) {
    const rule = entry.id === changed ? undefined : refusalOf(entry, is(entry.id));
    if (rule && !refusalOf(entry, was(entry.id))) refuse('ENTRY_DEPENDED_ON', { dependent: entry.id, type: entry.type, rule });
  }
};

const needReason = ({ reason }: CommandContext): void => {
  if (!reason) refuse('CORRECTION_NEEDS_REASON', { field: 'reason' });
};

/** Puts another entry of the same type and subject in the place of one that stands, unless what is left could not be true. */
export const correctEntry = ({ data: { event, type, data }, context }: Correct, state: InvestigationState): Fact<InvestigationEvent>[] => {
  const old = target(state, event);
  if (old.type !== type) refuse('ENTRY_TYPE_DIFFERS', { event });
  const [was, next] = [old.data as Record<string, unknown>, data as Record<string, unknown>];
  const changed = subjects.find((field) => was[field] !== next[field]);
  if (changed) refuse('ENTRY_SUBJECT_DIFFERS', { field: changed });
  needReason(context);
  if (!hasPrivate(data) && sameFact(old.data, data) && sameFact(old.metadata.effectiveAt, context.effectiveAt)) return [];
  const standing = entriesOf(state.recorded);
  const replaced = { id: event, type, data, at: context.effectiveAt } as Entry;
  const after = standing.map((entry) => (entry.id === event ? replaced : entry));
  check(replaced, casebooks(after)(event));
  refuseBroken(standing, after, event);
  return [{ type, data, corrects: { event, as: 'replacement' } } as Fact<InvestigationEvent>];
};

const voided = ({ recorded }: InvestigationState, event: string): boolean =>
  recorded.some(({ type, metadata: { corrects } }) => type === 'EntryVoided' && corrects?.event === event);

/** Takes an entry away that stands, unless others stand on it. */
export const voidEntry = ({ data: { event }, context }: Void, state: InvestigationState): Fact<InvestigationEvent>[] => {
  if (voided(state, event)) return [];
  const old = target(state, event);
  if (old.type === 'InvestigationOpened' || !state.opening) return refuse('OPENING_CANNOT_BE_VOIDED', { event });
  needReason(context);
  const standing = entriesOf(state.recorded);
  refuseBroken(standing, standing.filter(({ id }) => id !== event), event);
  return [{ type: 'EntryVoided', data: { investigationId: state.opening.investigationId }, corrects: { event, as: 'void' } }];
};
