import type { CommandContext, Fact, RecordedEvent } from '#kernel';
import { decisionStands, signatureRule } from './access-rules';
import { casebooks, entriesOf } from './casebook';
import type { Entry } from './casebook';
import { askForTime } from './contraries';
import { escalationFacts } from './investigation.events';
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
const subjects = ['investigationId', 'crimeId', 'linkId', 'escalation'] as const;

const isVoided = ({ recorded }: InvestigationState, event: string): boolean =>
  recorded.some(({ type, metadata: { corrects } }) => type === 'EntryVoided' && corrects?.event === event);

const target = (state: InvestigationState, standing: readonly Entry[], event: string): Recorded => {
  const found = state.recorded.find(({ id }) => id === event);
  if (!found || found.type === 'EntryVoided' || found.type === 'TextRedacted') return refuse('ENTRY_UNKNOWN', { event });
  if ((escalationFacts as readonly string[]).includes(found.type)) refuse('ESCALATION_STANDS', { event });
  if (!standing.some(({ id }) => id === event)) refuse(isVoided(state, event) ? 'ENTRY_VOIDED' : 'ENTRY_REPLACED', { event });
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

const linkOf = ({ data }: Pick<Entry, 'data'>): string | undefined => ('linkId' in data ? data.linkId : undefined);

/** Entries that a change of this one may bear on: of a link, its own and what is said of crimes; of the record, all. */
const concerned = (changed: Pick<Entry, 'data'>) => (entry: Entry): boolean =>
  linkOf(changed) === undefined || linkOf(entry) === undefined || linkOf(entry) === linkOf(changed);

// Facts of another system skip our rules, so only an entry that kept its rule before the change can be said to break it now.
const refuseBroken = (before: readonly Entry[], after: readonly Entry[], changed: Entry): void => {
  const [was, is] = [casebooks(before), casebooks(after)];
  const stood = new Set(before.map(({ id }) => id));
  for (const entry of after.filter((each) => each.id !== changed.id && concerned(changed)(each))) {
    const rule = refusalOf(entry, is(entry.id));
    if (rule === 'OUTCOME_NEEDS_NO_NAMED_SUSPECT') continue; // proved wrong by what is put right now; the outcome is replaced next
    if (rule && !(stood.has(entry.id) && refusalOf(entry, was(entry.id)))) refuse('ENTRY_DEPENDED_ON', { dependent: entry.id, type: entry.type, rule });
  }
};

const needReason = ({ reason }: CommandContext): void => {
  if (!reason) refuse('CORRECTION_NEEDS_REASON', { field: 'reason' });
};

const sameDate = (old: Recorded, context: CommandContext): boolean => sameFact(old.metadata.effectiveAt, context.effectiveAt);

/** Puts another entry of the same type and subject in the place of one that stands, unless what is left could not be true. */
export const correctEntry = ({ data: { event, type, data }, context }: Correct, state: InvestigationState): Fact<InvestigationEvent>[] => {
  const standing = entriesOf(state.recorded);
  const old = target(state, standing, event);
  if (old.type !== type) refuse('ENTRY_TYPE_DIFFERS', { event });
  const [was, next] = [old.data as Record<string, unknown>, data as Record<string, unknown>];
  decisionStands(old, context);
  signatureRule(type, data, context, old.data);
  const changed = subjects.find((field) => was[field] !== next[field]);
  if (changed) refuse('ENTRY_SUBJECT_DIFFERS', { field: changed });
  needReason(context);
  if (!hasPrivate(data) && sameFact(old.data, data) && sameDate(old, context)) return [];
  const corrects = { event, as: 'replacement' } as const;
  const correction = { ...old, id: '', type, data, metadata: { ...old.metadata, effectiveAt: context.effectiveAt, corrects } } as unknown as Recorded;
  const after = entriesOf([...state.recorded, correction]);
  const replaced = after.find(({ id }) => id === '')!;
  const book = casebooks(after)('');
  check(replaced, book);
  if (!sameDate(old, context)) askForTime(replaced, book);
  refuseBroken(standing, after, replaced);
  return [{ type, data, corrects } as Fact<InvestigationEvent>];
};

/** Takes an entry away that stands, unless others stand on it. What a correction had replaced comes back with it, and must be able to. */
export const voidEntry = ({ data: { event }, context }: Void, state: InvestigationState): Fact<InvestigationEvent>[] => {
  if (isVoided(state, event)) return [];
  const standing = entriesOf(state.recorded);
  const old = target(state, standing, event);
  if (old.type === 'InvestigationOpened' || !state.opening) return refuse('OPENING_CANNOT_BE_VOIDED', { event });
  decisionStands(old, { ...context, track: old.metadata.track });
  needReason(context);
  const fact = { type: 'EntryVoided', data: { investigationId: state.opening.investigationId }, corrects: { event, as: 'void' } } as const;
  const voiding = { ...old, ...fact, id: '', metadata: { ...old.metadata, corrects: fact.corrects } } as unknown as Recorded;
  refuseBroken(standing, entriesOf([...state.recorded, voiding]), standing.find(({ id }) => id === event)!);
  return [fact];
};
