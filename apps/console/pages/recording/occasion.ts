import type { HistoryEntry } from '#contexts/investigations';
import type { CaseAtMoment } from '../../reading/cases';
import type { Fields } from '../../rendering/http';
import { address } from '../../rendering/http';
import { wordsOf } from '../../words/events';
import { formatNumber } from '../../words/format';
import { titleOf } from '../investigation/case-header';
import { lookupsOf } from '../investigation/lookups';
import { correctionValues, keptFields } from './correction-values';
import { newInvestigation, tasks } from './tasks';
import type { Task } from './tasks';

/** What a form is about: the task, the case, the suspect or the entry, and where it is sent. */
export interface Occasion {
  readonly task: Task;
  /** Where the form is sent; references and ids only. */
  readonly path: string;
  readonly caption: string;
  readonly heading: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly found?: CaseAtMoment;
  /** Fields of the request that the form does not ask. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly prefill: Fields;
  /** The entry to put right. */
  readonly entry?: HistoryEntry;
}

export const openingOccasion = (homeArea: string): Occasion => ({
  task: newInvestigation, path: '/investigations/new', caption: 'New investigation', heading: newInvestigation.text,
  back: { text: 'Back to investigations', href: '/investigations' }, fixed: {}, prefill: homeArea === 'all' ? {} : { area: homeArea },
});

/** The form for one task on an investigation; undefined when there is no such task or suspect. */
export const taskOccasion = (found: CaseAtMoment, slug: string, linkId: string): Occasion | undefined => {
  const task = tasks.find((each) => each.slug === slug);
  if (!task) return undefined;
  const { item, view, people } = found;
  const suspect = view.suspects.find((each) => each.linkId === linkId);
  if (task.about === 'suspect' && !suspect) return undefined;
  const base = `/investigations/${item.reference}`;
  const who = suspect && task.about === 'suspect' ? lookupsOf(view, people).suspect(suspect.linkId) : undefined;
  return {
    task, found, path: address(`${base}/record/${slug}`, { link: who && linkId }),
    caption: `${item.reference} ${titleOf(view, item.reference)}`, heading: who ? `${who}: ${task.text.toLowerCase()}` : task.text,
    back: { text: `Back to ${item.reference}`, href: base }, fixed: who ? { linkId } : {},
    prefill: task.slug === 'allocate' || task.slug === 'change-owner' ? { team: view.team ?? item.team ?? '' } : {},
  };
};

/** The form that puts an entry right or takes it away. */
export const correctionOccasion = (found: CaseAtMoment, entry: HistoryEntry, task: Task): Occasion => {
  const { item, view, people } = found;
  return {
    task, found, entry, path: address('/corrections/new', { event: String(entry.number) }),
    caption: `${item.reference} ${titleOf(view, item.reference)}`, heading: `Put event ${formatNumber(entry.number)} right: ${wordsOf(entry.type).title.toLowerCase()}`,
    back: { text: 'Back to the history', href: `/investigations/${item.reference}/history#event-${entry.number}` },
    fixed: keptFields(task, entry), prefill: { ...correctionValues(task, entry, people), action: 'correct' },
  };
};
