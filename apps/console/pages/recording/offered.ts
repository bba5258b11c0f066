import type { InvestigationItem } from '#contexts/investigations';
import type { CaseView, SuspectView } from '../investigation/case-view';
import { tasks } from './tasks';
import type { Task } from './tasks';

const closed = new Set(['FINALISED', 'TRANSFERRED', 'CANCELLED']);

/** What is done to an investigation that is closed: open it again, or decide who may see it. */
const whileClosed = new Set(['reopen', 'sensitivity', 'link-operation', 'unlink-operation']);

/** Tasks that make no sense in the situation are left out of lists; the rules decide all the same. */
export const investigationTasks = ({ status }: Pick<InvestigationItem, 'status'>, view: Pick<CaseView, 'officer' | 'proposed' | 'crimes' | 'operations'>): readonly Task[] => {
  const out = new Set([
    view.officer === undefined ? 'change-owner' : 'allocate', view.proposed ? 'propose-finalisation' : 'return-finalisation',
    ...(view.crimes.length === 0 ? ['outcome'] : []), ...(view.operations?.length ? [] : ['unlink-operation']), ...(closed.has(status) ? [] : ['reopen']),
  ]);
  const offered = tasks.filter(({ about, slug }) => about === 'investigation' && !out.has(slug));
  return closed.has(status) ? offered.filter(({ slug }) => whileClosed.has(slug)) : offered;
};

const namedOnly = new Set(['circulate', 'cancel-circulation', 'charge', 'requisition', 'lower-quality']);

/** What must have happened to the suspect, at some time, for the task to make sense. */
const follows: Readonly<Record<string, string>> = {
  bail: 'SuspectArrested', release: 'SuspectArrested', escaped: 'SuspectArrested', 'failed-to-answer': 'SuspectBailed', 'cancel-circulation': 'SuspectCirculated',
  'withdraw-no-further-action': 'SuspectNoFurtherAction',
};

const alreadyDone = ({ acts }: Pick<SuspectView, 'acts'>): ReadonlySet<string> => {
  const lasts = acts.lastIndexOf('SuspectNoFurtherAction') > acts.lastIndexOf('NoFurtherActionWithdrawn');
  return new Set([...(lasts ? ['no-further-action'] : ['withdraw-no-further-action']), ...(acts.includes('SuspectDeceased') ? ['deceased'] : [])]);
};

/** What can have happened to a suspect in this state; what is recorded late may come before the last event. */
export const suspectTasks = ({ quality, acts }: Pick<SuspectView, 'quality' | 'acts'>): readonly Task[] => {
  const done = alreadyDone({ acts });
  return tasks.filter(({ about, slug }) => about === 'suspect' && !done.has(slug) && (slug !== 'name' || quality !== 'NAMED')
    && (quality === 'NAMED' || !namedOnly.has(slug)) && (follows[slug] === undefined || acts.includes(follows[slug])));
};
