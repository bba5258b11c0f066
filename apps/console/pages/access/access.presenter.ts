import type { AccessEntry, BreakGlassReview, CouldSee } from '#contexts/oversight';
import type { LocalDate } from '#kernel';
import { address } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { boxDate, counted, formatDay, formatMoment } from '../../words/format';
import { roleWords } from '../../words/roles';
import type { CaseHeader } from '../investigation/case-header';

/** An entry of the access list with its words opened; null where they were erased. */
export interface AccessRow {
  readonly entry: AccessEntry;
  readonly basis: string | null;
  /** Of a use of the break-glass. */
  readonly review?: BreakGlassReview;
}

export interface AccessInput {
  readonly header: CaseHeader;
  readonly reference: string;
  readonly rows: readonly AccessRow[];
  /** Ms. */
  readonly now: number;
  /** Operations that it belongs to, and how many of their lists read it now or will. */
  readonly operations: readonly { readonly operation: string; readonly href: string; readonly reading: number }[];
  readonly mayGrant: boolean;
  readonly mayReview: boolean;
  /** Who could see it on a day; absent for whoever may not ask. */
  readonly onDay?: { readonly typed: string; readonly day?: LocalDate; readonly error?: string; readonly people: readonly CouldSee[] };
}

/** How an entry stands at this moment (ms); `runs`: it gives access, or will. */
export const stateOf = ({ fromAt, untilAt, ended }: AccessEntry, now: number) => {
  if (ended) return { text: `Ended by ${ended.by}, ${formatMoment(ended.at)}`, colour: 'govuk-tag--grey', tag: 'Ended', runs: false };
  if (now >= untilAt) return { text: '', colour: 'govuk-tag--grey', tag: 'Over', runs: false };
  return now < fromAt ? { text: '', colour: 'govuk-tag--blue', tag: 'Begins later', runs: true } : { text: '', colour: 'govuk-tag--green', tag: 'Has access', runs: true };
};

/** Whom an entry gives access. */
export const whoOf = ({ to }: AccessEntry): { readonly who: string; readonly kind: string } =>
  (to.kind === 'USER' ? { who: to.id, kind: 'One user' } : { who: to.agency, kind: 'Everybody of the agency' });

const reviewWords = ({ entry: { kind }, review }: AccessRow): string => {
  if (kind === 'GRANT') return '';
  if (!review) return 'Nobody has reviewed it yet';
  return `${review.finding === 'JUSTIFIED' ? 'Justified' : 'Not justified'}, says ${review.by}, ${formatMoment(review.at)}`;
};

const rowOf = (row: AccessRow, { reference, now, mayGrant, mayReview }: AccessInput) => {
  const { id, kind, from, until, fromAt, untilAt, agreement, by, at } = row.entry;
  const state = stateOf(row.entry, now);
  const own = `/investigations/${reference}/access`;
  return {
    ...whoOf(row.entry), ...(kind === 'BREAK_GLASS' && { kind: 'Taken in an emergency' }),
    when: kind === 'BREAK_GLASS' ? `${formatMoment(fromAt)} to ${formatMoment(untilAt)}` : `${formatDay(from)} to ${formatDay(until)}`,
    basis: row.basis ?? '(erased)', agreement, review: reviewWords(row), state, by: `${by}, ${formatMoment(at)}`,
    ...(kind === 'GRANT' && mayGrant && state.runs && { withdraw: address(`${own}/withdraw`, { grant: id }) }),
    ...(kind === 'BREAK_GLASS' && mayReview && !row.review && { reviewHref: address(`/break-glass/${id}/review`, { named: reference }) }),
  };
};

const relationsOf = ({ officer, supervisor, team, opener, granted, member }: CouldSee['relation']): string => [
  officer === 'me' && 'officer in the case', supervisor === 'me' && 'supervisor', team === 'me' && 'in its team', opener && 'opened it', granted && 'on its access list', member && 'on the access list of its operation',
].filter((words) => words !== false).join(', ') || 'by their role';

const dayOf = (onDay: NonNullable<AccessInput['onDay']>) => ({
  typed: onDay.day ? boxDate(onDay.day) : onDay.typed, error: onDay.error, ...(onDay.day && { words: formatDay(onDay.day) }), total: counted(onDay.people.length, 'person', 'people'),
  people: onDay.people.map(({ userId, role, agency, team, relation }) => ({ who: userId, post: [roleWords(role), team ?? agency].join(', '), why: relationsOf(relation) })),
});

/** Who has access to one investigation, who had, and who could see it on a day. */
export const accessPage = (input: AccessInput): Page => {
  const { header, reference, rows, operations, mayGrant, onDay } = input;
  const own = `/investigations/${reference}/access`;
  const errors = onDay?.error ? [{ field: 'on', text: onDay.error }] : [];
  return {
    view: 'pages/access/access.njk', title: `${reference}: access`, section: 'investigations', ...(errors.length > 0 && { status: 400 }),
    model: {
      header, reference, path: own, errors, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      rows: [...rows].reverse().map((row) => rowOf(row, input)), operations: operations.map(({ operation, href, reading }) => ({ operation, href, words: `${counted(reading, 'entry', 'entries')} of its list ${reading === 1 ? 'gives' : 'give'} access to this investigation` })),
      ...(mayGrant && { grant: `${own}/grant` }), ...(onDay && { onDay: dayOf(onDay) }),
    },
  };
};
