import type { LookItem, ShownKind } from '#contexts/oversight';
import { address } from '../../rendering/http';
import { doorWords, operationWords, reasonWords } from '../../words/looks';
import { counted, formatMoment } from '../../words/format';
import { roleWords } from '../../words/roles';

/** Reference of a record, where whoever reads the page may know it. */
export type Namer = (kind: ShownKind, id: string) => string | undefined;

/** Records named in one row; the others are counted. */
const MOST_NAMED = 10;

/** Looks that reached the log later than this after they happened, ms, are marked. */
const LATE = 60_000;

const paths: Partial<Record<ShownKind, string>> = { investigation: '/investigations', person: '/people', event: '/events' };

/** A record by reference with its page; without one where it may not be named. */
export const namedRecord = (namer: Namer, kind: ShownKind, id: string): { readonly text: string; readonly href?: string } => {
  const reference = kind === 'event' ? id : namer(kind, id);
  if (reference === undefined) return { text: kind === 'investigation' || kind === 'person' ? 'A record that you may not see' : kind.replaceAll('-', ' ') };
  return { text: kind === 'event' ? `Event ${reference}` : reference, ...(paths[kind] && { href: `${paths[kind]}/${encodeURIComponent(reference)}` }) };
};

const recordsOf = ({ shown, more }: LookItem, namer: Namer) => {
  const ids = shown.flatMap(({ kind, ids: of }) => of.map((id) => ({ kind, id })));
  const beyond = Math.max(0, ids.length - MOST_NAMED) + more;
  return {
    records: ids.slice(0, MOST_NAMED).map(({ kind, id }) => namedRecord(namer, kind, id)),
    ...(beyond > 0 && { beyond: `and ${counted(beyond, 'more record')}` }),
  };
};

/** Where everything is told that one user did and saw. */
export const activityAddress = (user: string, parameters: Readonly<Record<string, string>> = {}): string => address(`/audit/people/${encodeURIComponent(user)}`, parameters);

/** One look as a row of a table. */
export const lookRow = (look: LookItem, namer: Namer) => ({
  number: look.number, when: formatMoment(look.at),
  ...(Date.parse(look.recordedAt) - look.at > LATE && { late: `reached the log ${formatMoment(Date.parse(look.recordedAt))}` }),
  who: look.user ?? 'Nobody signed in', ...(look.user !== null && { whoHref: activityAddress(look.user) }),
  post: [look.role && roleWords(look.role), look.agency, look.team].filter((part) => part !== null).join(', '),
  what: operationWords[look.operation], door: doorWords[look.door] ?? look.door, route: look.route,
  reason: look.operation === 'DENIAL' ? '' : reasonWords(look.reason),
  ...(look.recipients !== null && { recipients: `To ${look.recipients}` }),
  ...(look.denied !== null && { denied: look.denied.replace(':', ', ').replaceAll('_', ' ').toLowerCase() }),
  covert: look.covert, ...recordsOf(look, namer),
});
