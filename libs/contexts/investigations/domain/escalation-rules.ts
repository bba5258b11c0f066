import { certainlyBefore } from './casebook';
import type { Casebook, Entry } from './casebook';
import { escalationFacts } from './investigation.events';
import { refuse } from './investigation.errors';

/** An answer is to something that was escalated here by then, and is the only one. Whether that still waits, or the case is closed, makes no difference. */
export const answerRule = (entry: Entry<'EscalationAnswered'>, book: Casebook): void => {
  const { escalation } = entry.data;
  const escalated = (book.of(...escalationFacts) as readonly Entry[]).find(({ id }) => id === escalation);
  if (!escalated) return refuse('ESCALATION_UNKNOWN', { field: 'escalation' });
  if (certainlyBefore(entry, escalated)) refuse('ANSWERED_BEFORE_ESCALATION', { field: 'effectiveAt' });
  if (book.of('EscalationAnswered').some(({ data }) => data.escalation === escalation)) refuse('ESCALATION_ALREADY_ANSWERED', { field: 'escalation' });
};
