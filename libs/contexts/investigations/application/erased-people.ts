import { DomainError, fold } from '#kernel';
import type { NominalId } from '#kernel';
import type { Ledger } from '#platform/event-store';
import { investigation } from '../domain/investigation.decider';
import type { InvestigationEvent } from '../domain/investigation.events';
import type { InvestigationMessage } from './investigation.messages';

/** Whether a person was erased, or is being erased: another context knows. */
export type ErasedPeople = (id: NominalId) => Promise<boolean>;

/** That under a name which Nest can hand out. */
export const ERASED_PEOPLE = Symbol('erased people');

interface OfLink {
  readonly linkId?: string;
  readonly data?: { readonly linkId?: string };
}

/** What only takes a link or an entry away says nothing of whoever it stood for. */
const takingAway: ReadonlySet<InvestigationMessage['type']> = new Set(['VoidSuspectLink', 'VoidEntry'] as const);

const linkOf = ({ type, data }: InvestigationMessage): string | undefined => {
  const { linkId, data: corrected } = data as OfLink;
  return takingAway.has(type) ? undefined : linkId ?? corrected?.linkId;
};

/**
 * Nothing more is recorded under a link that stands for somebody who was erased: the new words could never be erased again.
 * A repeat of what was recorded before is answered as it was. @throws DomainError `SUBJECT_ERASED`
 */
export const mustNotBeOfErased = async (ledger: Pick<Ledger, 'history'>, erased: ErasedPeople, message: InvestigationMessage): Promise<void> => {
  const linkId = linkOf(message);
  if (linkId === undefined) return;
  const { events } = await ledger.history<InvestigationEvent>(`investigation-${message.investigationId}`);
  if (events.some(({ metadata }) => metadata.commandId === message.context.commandId)) return;
  const nominalId = fold(investigation, events).suspects[linkId]?.nominalId;
  if (nominalId !== undefined && (await erased(nominalId))) throw new DomainError('SUBJECT_ERASED', { field: 'linkId' });
};
