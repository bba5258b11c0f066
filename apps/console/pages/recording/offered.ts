import type { InvestigationItem } from '#contexts/investigations';
import type { CaseView, SuspectView } from '../investigation/case-view';
import { tasks } from './tasks';
import type { Task } from './tasks';

const closed = new Set(['FINALISED', 'TRANSFERRED', 'CANCELLED']);

/** Tasks that make no sense in the situation are left out of lists; the rules decide all the same. */
export const investigationTasks = ({ status }: Pick<InvestigationItem, 'status'>, view: Pick<CaseView, 'officer' | 'proposed' | 'crimes'>): readonly Task[] => {
  const out = new Set([
    view.officer === undefined ? 'change-owner' : 'allocate', view.proposed ? 'propose-finalisation' : 'return-finalisation',
    ...(view.crimes.length === 0 ? ['outcome'] : []), ...(closed.has(status) ? [] : ['reopen']),
  ]);
  const offered = tasks.filter(({ about, slug }) => about === 'investigation' && !out.has(slug));
  return closed.has(status) ? offered.filter(({ slug }) => slug === 'reopen') : offered;
};

const namedOnly = new Set(['circulate', 'cancel-circulation', 'charge', 'requisition', 'lower-quality']);

/** What can have happened to a suspect in this state. */
export const suspectTasks = ({ quality, last }: Pick<SuspectView, 'quality' | 'last'>): readonly Task[] =>
  tasks.filter(({ about, slug }) => about === 'suspect'
    && (slug !== 'name' || quality !== 'NAMED') && (quality === 'NAMED' || !namedOnly.has(slug))
    && (slug !== 'failed-to-answer' || last === 'SuspectBailed') && (slug !== 'withdraw-no-further-action' || last === 'SuspectNoFurtherAction'));
