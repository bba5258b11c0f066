import type { HistoryEntry } from '#contexts/investigations';
import type { Admission } from '../../../guard';
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
  /** Who fills it in. */
  readonly admission: Admission;
  readonly task: Task;
  /** Where the form is sent; references and ids only. */
  readonly path: string;
  readonly caption: string;
  readonly heading: string;
  /** Of the browser tab: references only, never a name. */
  readonly title: string;
  readonly back: { readonly text: string; readonly href: string };
  readonly found?: CaseAtMoment;
  /** Fields of the request that the form does not ask. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly prefill: Fields;
  /** Why the entry cannot be put right, and what can be done instead. */
  readonly blocked?: Blocked;
  /** The entry to put right. */
  readonly entry?: HistoryEntry;
}

/** An entry that no longer stands, or that another system keeps. */
interface Blocked {
  readonly heading: string;
  readonly text: string;
  readonly link?: { readonly text: string; readonly href: string };
}

const standingOf = (entry: HistoryEntry, { entries }: CaseAtMoment): HistoryEntry => {
  const by = entry.correctedBy && entries.find(({ number }) => number === entry.correctedBy!.number);
  return by ? standingOf(by, { entries } as CaseAtMoment) : entry;
};

const blockedOf = (entry: HistoryEntry, found: CaseAtMoment): Blocked | undefined => {
  const heading = `Event ${formatNumber(entry.number)} cannot be corrected`;
  if (entry.source) return { heading, text: 'Another system keeps this entry; put it right there, and the next import brings the change.' };
  if (!entry.correctedBy) return undefined;
  const last = standingOf(entry, found);
  const event = `event ${formatNumber(last.number)}`;
  const history = `/investigations/${found.item.reference}/history#event-${last.number}`;
  if (last.type === 'EntryVoided') return { heading, text: 'It was taken away. If it was right after all, record the fact again.', link: { text: `See ${event} in the history`, href: history } };
  return { heading, text: `Another entry stands in its place: ${event}.`, link: { text: `Correct ${event} instead`, href: address('/corrections/new', { event: String(last.number) }) } };
};

export const openingOccasion = (admission: Admission, homeArea: string): Occasion => ({
  admission, task: newInvestigation, path: '/investigations/new', caption: 'New investigation', heading: newInvestigation.text, title: newInvestigation.text,
  back: { text: 'Back to investigations', href: '/investigations' }, fixed: {}, prefill: homeArea === 'all' ? {} : { area: homeArea },
});

const prefillOf = ({ slug, fields }: Task, { view, item }: CaseAtMoment, { reader }: Admission): Fields => {
  if (slug === 'allocate' || slug === 'change-owner') return { team: view.team ?? item.team ?? '' };
  // Who reviews, returns or approves signs in their own name.
  const signs = fields.find(({ name }) => name === 'supervisor' || name === 'approvedBy');
  return signs ? { [signs.name]: reader.id } : {};
};

const escalated = new Set<string>(['OverdueReviewEscalated', 'OutstandingSuspectEscalated']);

/** What was escalated and is not answered: the one asked for by its number, else the oldest. */
const openEscalation = ({ entries }: CaseAtMoment, number: string): HistoryEntry | undefined => {
  const answered = new Set(entries.filter(({ type, correctedBy }) => type === 'EscalationAnswered' && correctedBy?.as !== 'void').map(({ data }) => (data as { readonly escalation?: string }).escalation));
  return entries.find((each) => escalated.has(each.type) && !answered.has(each.id) && (number === '' || String(each.number) === number));
};

const nothingToAnswer: Blocked = { heading: 'There is nothing to answer', text: 'Nothing that was escalated on this investigation waits for an answer.' };

/** The form in which a supervisor answers what was escalated. */
const answerOccasion = (admission: Admission, found: CaseAtMoment, task: Task, number: string): Occasion => {
  const { item: { reference }, view } = found;
  const entry = openEscalation(found, number);
  return {
    admission, task, found, path: address(`/investigations/${reference}/record/${task.slug}`, { escalation: entry && String(entry.number) }),
    caption: `${reference} ${titleOf(view, reference)}`, heading: entry ? `Answer: ${wordsOf(entry.type).title.toLowerCase()}` : task.text, title: `${reference}: ${task.text.toLowerCase()}`,
    back: { text: 'Back to my work', href: '/my-work' }, fixed: entry ? { escalation: entry.id } : {}, prefill: {}, ...(!entry && { blocked: nothingToAnswer }),
  };
};

/** The form for one task on an investigation; undefined when there is no such task or suspect. */
export const taskOccasion = (admission: Admission, found: CaseAtMoment, slug: string, { linkId, escalation }: { readonly linkId: string; readonly escalation: string }): Occasion | undefined => {
  const task = tasks.find((each) => each.slug === slug);
  if (!task) return undefined;
  if (task.about === 'escalation') return answerOccasion(admission, found, task, escalation);
  const { item, view, people } = found;
  const suspect = view.suspects.find((each) => each.linkId === linkId);
  if (task.about === 'suspect' && !suspect) return undefined;
  const base = `/investigations/${item.reference}`;
  const who = suspect && task.about === 'suspect' ? lookupsOf(view, people).suspect(suspect.linkId) : undefined;
  const subject = suspect?.nominalId === undefined ? undefined : (people.get(suspect.nominalId)?.reference ?? 'a suspect');
  return {
    admission, task, found, path: address(`${base}/record/${slug}`, { link: who && linkId }),
    caption: `${item.reference} ${titleOf(view, item.reference)}`, heading: who ? `${who}: ${task.text.toLowerCase()}` : task.text,
    title: `${item.reference}${who ? `, ${subject ?? who}` : ''}: ${task.text.toLowerCase()}`,
    back: { text: `Back to ${item.reference}`, href: base }, fixed: who ? { linkId } : {},
    prefill: prefillOf(task, found, admission),
  };
};

/** The form that puts an entry right or takes it away. */
export const correctionOccasion = (admission: Admission, found: CaseAtMoment, entry: HistoryEntry, task: Task): Occasion => {
  const { item, view, people } = found;
  const blocked = blockedOf(entry, found);
  return {
    ...(blocked && { blocked }), admission, task, found, entry, path: address('/corrections/new', { event: String(entry.number) }),
    caption: `${item.reference} ${titleOf(view, item.reference)}`, heading: `Put event ${formatNumber(entry.number)} right: ${wordsOf(entry.type).title.toLowerCase()}`,
    title: `${item.reference}: put event ${formatNumber(entry.number)} right`,
    back: { text: 'Back to the history', href: `/investigations/${item.reference}/history#event-${entry.number}` },
    fixed: keptFields(task, entry), prefill: { ...correctionValues(task, entry, people), action: 'correct' },
  };
};
