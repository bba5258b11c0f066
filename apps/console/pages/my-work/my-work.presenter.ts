import { dayNumber, officerKey } from '#kernel';
import type { InvestigationId, LocalDate } from '#kernel';
import type { Sensitivity, WorkItem } from '#contexts/investigations';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { sensitivityTag } from '../../words/codes';
import { counted, formatDay, formatNumber } from '../../words/format';

export interface MyWorkInput {
  /** Id of whoever reads it. */
  readonly me: string;
  readonly today: LocalDate;
  readonly items: readonly WorkItem[];
  readonly page: number;
  readonly last: number;
  readonly size: number;
  readonly total: number;
  sensitivityOf(id: InvestigationId): Sensitivity | undefined;
}

/** Why it is here, and what takes it off the list besides an answer. */
const reasonOf = ({ kind, since }: WorkItem, today: LocalDate): { readonly reason: string; readonly detail: string; readonly task?: { readonly text: string; readonly slug: string } } => {
  const days = counted(dayNumber(today) - dayNumber(since), 'day');
  if (kind === 'OutstandingSuspectEscalated') return { reason: 'Suspect outstanding for over 12 weeks', detail: `Since ${formatDay(since)}, ${days}` };
  return { reason: 'Supervisor review overdue', detail: `Waiting since ${formatDay(since)}, ${days}`, task: { text: 'Record a review', slug: 'review' } };
};

/** Why it is on this reader's list and not on a supervisor's. */
const whyMine = ({ supervisor }: WorkItem, me: string): string | undefined => {
  if (supervisor === null) return 'No supervisor in the case';
  return officerKey(supervisor) === officerKey(me) ? undefined : `${supervisor} does not supervise any more`;
};

const rowOf = (item: WorkItem, { me, today, sensitivityOf }: MyWorkInput) => {
  const { reference, number, area, team, officer, dueOn, overdueDays } = item;
  const [base, { reason, detail, task }] = [`/investigations/${reference}`, reasonOf(item, today)];
  return {
    reference, href: base, sensitivity: sensitivityTag(sensitivityOf(item.investigationId)), area, reason, detail, mine: whyMine(item, me), due: formatDay(dueOn), overdue: `${counted(overdueDays, 'day')} overdue`,
    team: team ?? 'No team', officer: officer ?? 'Not allocated', task: task && { text: task.text, href: `${base}/record/${task.slug}` },
    answer: address(`${base}/record/answer-escalation`, { escalation: String(number) }),
  };
};

/** What was escalated to the reader and waits, the oldest first. References alone. */
export const myWorkPage = (input: MyWorkInput): Page => {
  const { items, page, last, size, total } = input;
  const to = (number: number): string => address('/my-work', { page: number === 1 ? undefined : String(number) });
  const first = (page - 1) * size;
  return {
    view: 'pages/my-work/my-work.njk', title: `My work: ${counted(total, 'matter')}`, section: 'my-work',
    model: {
      heading: 'My work', total: total === 0 ? 'Nothing that was escalated to you waits.' : `${counted(total, 'matter')} escalated to you ${total === 1 ? 'waits' : 'wait'}.`, rows: items.map((item) => rowOf(item, input)),
      showing: items.length > 0 ? `Showing ${formatNumber(first + 1)} to ${formatNumber(first + items.length)} of ${formatNumber(total)}, the longest overdue first` : '',
      previous: page > 1 && { href: to(page - 1), labelText: `Page ${page - 1}` }, next: page < last && { href: to(page + 1), labelText: `Page ${page + 1} of ${formatNumber(last)}` },
    },
  };
};
