import type { ActItem, LookItem, LookPage, UnusualDay } from '#contexts/oversight';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { counted, formatDay, formatMoment, formatNumber } from '../../words/format';
import { actWords, categoryWords } from '../../words/looks';
import { activityAddress, lookRow, namedRecord } from '../views/look-rows';
import type { Namer } from '../views/look-rows';
import { filterBoxes, lookAddress } from '../views/question';
import type { LooksQuestion } from '../views/question';
import type { BreakGlassNotice } from './audit-parts';

export interface AuditHomeInput {
  readonly breakGlass: readonly BreakGlassNotice[];
  readonly denials: LookPage<LookItem>;
  readonly unusual: readonly UnusualDay[];
  readonly namer: Namer;
}

const summaryOf = ({ errors }: LooksQuestion) => errors.map(({ field, text }) => ({ text, href: `#${field}` }));

/** Findings for those who oversee: what must be answered for comes first. */
export const auditPage = ({ breakGlass, denials, unusual, namer }: AuditHomeInput): Page => ({
  view: 'pages/audit/audit.njk', title: 'Audit', section: 'audit',
  model: {
    breakGlass: breakGlass.map(({ reference, href, user, at }) => ({ reference, href, user, userHref: activityAddress(user), when: formatMoment(at) })),
    denials: denials.items.map((look) => lookRow(look, namer)),
    deniedTotal: counted(denials.total, 'denial'),
    deniedNext: denials.next && { href: address('/audit', { cursor: denials.next }), labelText: `Older, of ${formatNumber(denials.total)}` },
    unusual: unusual.map((day) => ({
      day: formatDay(day.day), user: day.user, href: activityAddress(day.user, { from: day.day, to: day.day }),
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
  readonly namer: Namer;
  /** Title of an event type in words. */
  readonly titleOf: (category: string, type: string) => string;
}

const subjectOf = ({ category, id }: ActItem, namer: Namer): ReturnType<typeof namedRecord> => {
  if (category === 'investigation') return namedRecord(namer, 'investigation', id);
  return category === 'nominal' ? namedRecord(namer, 'person', id) : { text: categoryWords(category) };
};

const actRow = (act: ActItem, { namer, titleOf }: ActivityInput) => ({
  when: formatMoment(act.recordedAt), what: actWords[act.operation], title: titleOf(act.category, act.type), number: formatNumber(act.number), record: subjectOf(act, namer),
});

/** Everything that one user did and saw. */
export const activityPage = (input: ActivityInput): Page => {
  const { user, question, side, saw, did, namer } = input;
  const path = activityAddress(user);
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
      saw: saw.items.map((look) => lookRow(look, namer)), did: did.items.map((act) => actRow(act, input)),
      first: question.cursor === undefined ? undefined : { href: to(side), labelText: 'Newest' },
      next: shown.next && { href: to(side, shown.next), labelText: `Older, of ${formatNumber(shown.total)}` },
    },
  };
};
