import type { InvestigationId } from '#kernel';
import type { Shown } from '../guard';

const unsaid = new Set(['cursor', 'minPosition']);

/** What was asked, as the statutory log keeps it: the values of the question, all of them coded; not where in the list. */
export const questionOf = (question: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(question).filter(([name, value]) => typeof value === 'string' && !unsaid.has(name)) as [string, string][]);

/** The records that a page of a list shows. */
export const pageShown = ({ items }: { readonly items: readonly { readonly investigationId: InvestigationId }[] }, question: object): Shown =>
  ({ kind: 'investigation', ids: [...new Set(items.map(({ investigationId }) => investigationId))], question: questionOf(question) });
