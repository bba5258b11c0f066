import type { LookItem, ShownKind } from '#contexts/oversight';
import { address } from '../../rendering/http';
import type { RecordNamed } from '../audit/audit-parts';
import { doorWords, operationWords, reasonWords } from '../../words/looks';
import { counted, formatMoment } from '../../words/format';
import { roleWords } from '../../words/roles';

/** What whoever reads the page may be told of what a look names. */
export interface Names {
  /** Reference of a record, where the reader may know it. */
  referenceOf(kind: ShownKind, id: string): string | undefined;
  /** What stands for a user in addresses. */
  userId(user: string): string;
  /** What somebody who was turned away had asked for, by the number of the look: its reference where the reader may know of it, or nothing that they may. */
  readonly asked: ReadonlyMap<number, RecordNamed | undefined>;
}

const UNSEEN = 'A record that you may not see';

/** Records named in one row; the others are counted. */
const MOST_NAMED = 10;

/** Looks that reached the log later than this after they happened, ms, are marked. */
const LATE = 60_000;

const paths: Partial<Record<ShownKind, string>> = { investigation: '/investigations', person: '/people', event: '/events' };

/** A record by reference with its page; without one where it may not be named. */
export const namedRecord = (names: Names, kind: ShownKind, id: string): { readonly text: string; readonly href?: string } => {
  const reference = kind === 'event' ? id : names.referenceOf(kind, id);
  if (reference === undefined) return { text: kind === 'investigation' || kind === 'person' ? UNSEEN : kind.replaceAll('-', ' ') };
  return recordLink(kind, reference);
};

const recordLink = (kind: ShownKind, reference: string): { readonly text: string; readonly href?: string } =>
  ({ text: kind === 'event' ? `Event ${reference}` : reference, ...(paths[kind] && { href: `${paths[kind]}/${encodeURIComponent(reference)}` }) });

/** What was asked for by somebody who was turned away: hidden and not there at all are said alike. */
const askedFor = ({ number, named, denied }: LookItem, { asked }: Names) => {
  if (named === null) return { records: denied === null || denied.startsWith('page') ? [] : [{ text: 'Not kept' }] };
  const record = asked.get(number);
  return { records: [record ? recordLink(record.kind, record.reference) : { text: UNSEEN }] };
};

const recordsOf = (look: LookItem, names: Names) => {
  const { shown, more } = look;
  if (look.operation === 'DENIAL') return askedFor(look, names);
  const ids = shown.flatMap(({ kind, ids: of }) => of.map((id) => ({ kind, id })));
  const beyond = Math.max(0, ids.length - MOST_NAMED) + more;
  return {
    records: ids.slice(0, MOST_NAMED).map(({ kind, id }) => namedRecord(names, kind, id)),
    ...(beyond > 0 && { beyond: `and ${counted(beyond, 'more record')}` }),
  };
};

/** Where everything is told that one user did and saw; the address does not say who they are. */
export const activityAddress = ({ userId }: Pick<Names, 'userId'>, user: string, parameters: Readonly<Record<string, string>> = {}): string => address(`/audit/users/${userId(user)}`, parameters);

/** One look as a row of a table. */
export const lookRow = (look: LookItem, names: Names) => ({
  number: look.number, when: formatMoment(look.at),
  ...(Date.parse(look.recordedAt) - look.at > LATE && { late: `reached the log ${formatMoment(Date.parse(look.recordedAt))}` }),
  who: look.user ?? 'Nobody signed in', ...(look.user !== null && { whoHref: activityAddress(names, look.user) }),
  post: [look.role && roleWords(look.role), look.agency, look.team].filter((part) => part !== null).join(', '),
  what: operationWords[look.operation], door: doorWords[look.door] ?? look.door, route: look.route,
  reason: look.operation === 'DENIAL' ? '' : reasonWords(look.reason),
  ...(look.recipients !== null && { recipients: `To ${look.recipients}` }),
  ...(look.denied !== null && { denied: look.denied.replace(':', ', ').replaceAll('_', ' ').toLowerCase() }),
  covert: look.covert, ...recordsOf(look, names),
});
