import type { ActItem, LookItem, LookPage, UnusualDay } from '#contexts/oversight';
import type { Page } from '../../rendering/page';
import { counted, formatDay, formatMoment, formatNumber } from '../../words/format';
import { actWords, categoryWords } from '../../words/looks';
import { activityAddress, lookRow, namedRecord } from '../views/look-rows';
import type { Names } from '../views/look-rows';
import { filterBoxes, lookAddress } from '../views/question';
import type { LooksQuestion } from '../views/question';
import type { BreakGlassNotice } from './audit-parts';

export interface AuditHomeInput {
  readonly breakGlass: readonly BreakGlassNotice[];
  /** Of the list of denials: days and page. */
  readonly question: LooksQuestion;
  readonly denials: LookPage<LookItem>;
  readonly unusual: readonly UnusualDay[];
  readonly names: Names;
  /** Of the form that asks for one user. */
  readonly token: string;
  /** What was typed into it; `unknown`: nobody has that number who ever did or saw anything. */
  readonly typed?: string;
  readonly unknown?: boolean;
}

const summaryOf = ({ errors }: LooksQuestion) => errors.map(({ field, text }) => ({ text, href: `#${field}` }));

const UNKNOWN = 'Nobody with that number has recorded or looked at anything';

/** Findings for those who oversee: what must be answered for comes first. */
export const auditPage = ({ breakGlass, question, denials, unusual, names, token, typed = '', unknown }: AuditHomeInput): Page => ({
  view: 'pages/audit/audit.njk', title: 'Audit', section: 'audit', ...((unknown || question.errors.length > 0) && { status: 400 }),
  model: {
    token, typed, error: unknown && UNKNOWN, summary: [...summaryOf(question), ...(unknown ? [{ text: UNKNOWN, href: '#user' }] : [])], filters: filterBoxes(question),
    breakGlass: breakGlass.map(({ reference, href, user, at }) => ({ reference, href, user, userHref: activityAddress(names, user), when: formatMoment(at) })),
    denials: denials.items.map((look) => lookRow(look, names)),
    deniedTotal: counted(denials.total, 'denial'),
    deniedNone: question.from || question.to || question.errors.length > 0 ? 'Nobody was turned away in the time chosen.' : 'Nobody was turned away.',
    deniedFirst: question.cursor === undefined ? undefined : { href: lookAddress('/audit', question), labelText: 'Newest' },
    deniedNext: denials.next && { href: lookAddress('/audit', question, denials.next), labelText: `Older, of ${formatNumber(denials.total)}` },
    unusual: unusual.map((day) => ({
      day: formatDay(day.day), user: day.user, href: activityAddress(names, day.user, { from: day.day, to: day.day }),
      records: formatNumber(day.records), usual: day.usual === 0 ? 'no earlier day' : formatNumber(day.usual), denials: formatNumber(day.denials),
    })),
  },
});

/** What somebody saw, or what they recorded. */
export type Side = 'saw' | 'did';

export interface ActivityInput {
  readonly user: string;
  readonly question: LooksQuestion;
  readonly side: Side;
  readonly saw: LookPage<LookItem>;
  readonly did: LookPage<ActItem>;
  readonly names: Names;
  /** Title of an event type in words. */
  readonly titleOf: (category: string, type: string) => string;
}

const subjectOf = ({ category, id }: ActItem, names: Names): ReturnType<typeof namedRecord> => {
  if (category === 'investigation') return namedRecord(names, 'investigation', id);
  return category === 'nominal' ? namedRecord(names, 'person', id) : { text: categoryWords(category) };
};

const actRow = (act: ActItem, { names, titleOf }: ActivityInput) => ({
  when: formatMoment(act.recordedAt), what: actWords[act.operation], title: titleOf(act.category, act.type), number: formatNumber(act.number), href: `/events/${act.number}`, record: subjectOf(act, names),
});

/** Everything that one user did and saw. */
export const activityPage = (input: ActivityInput): Page => {
  const { user, question, side, saw, did, names } = input;
  const path = activityAddress(names, user);
  const shown = side === 'saw' ? saw : did;
  const to = (of: Side, cursor?: string): string => lookAddress(path, question, cursor, of === 'did' ? { show: of } : {});
  return {
    view: 'pages/audit/activity.njk', title: `What ${user} did and saw`, section: 'audit', ...(question.errors.length > 0 && { status: 400 }),
    model: {
      heading: `What ${user} did and saw`, path, clearHref: path, filters: filterBoxes(question), errors: question.errors, summary: summaryOf(question), side,
      tabs: [
        { text: `Saw (${formatNumber(saw.total)})`, href: to('saw'), active: side === 'saw' }, { text: `Recorded (${formatNumber(did.total)})`, href: to('did'), active: side === 'did' },
      ],
      total: side === 'saw' ? counted(saw.total, 'look') : counted(did.total, 'entry', 'entries'),
      saw: saw.items.map((look) => lookRow(look, names)), did: did.items.map((act) => actRow(act, input)),
      first: question.cursor === undefined ? undefined : { href: to(side), labelText: 'Newest' },
      next: shown.next && { href: to(side, shown.next), labelText: `Older, of ${formatNumber(shown.total)}` },
    },
  };
};
