import type { InvestigationId, NominalId } from '#kernel';
import type { Page } from '#contexts/investigations';
import type { Shown } from '../../../guard';
import type { Looking } from './looking';

type Parameters = Readonly<Record<string, string | undefined>>;

const said = (parameters: Parameters): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** The investigation that a page shows, and as at when. */
export const caseShown = (id: InvestigationId, { carried }: Pick<Looking, 'carried'>): Shown => ({ kind: 'investigation', ids: [id], question: said(carried) });

/** The person that a page shows, and as at when. */
export const personShown = (id: NominalId, { carried }: Pick<Looking, 'carried'>): Shown => ({ kind: 'person', ids: [id], question: said(carried) });

/** The records on one page of a list; `more` counts those of the list that stand on others. */
export const listShown = (
  { items, total }: Page<{ readonly investigationId: InvestigationId }>, parameters: Parameters, { carried }: Pick<Looking, 'carried'>, whole = false,
): Shown => {
  const ids = [...new Set(items.map(({ investigationId }) => investigationId))];
  return { kind: 'investigation', ids, question: said({ ...parameters, ...carried }), ...(whole && { more: Math.max(0, total - items.length) }) };
};
