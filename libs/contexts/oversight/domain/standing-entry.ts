import { dayNumber, officerKey } from '#kernel';
import type { LocalDate } from '#kernel';
import type { AccessListCommand } from './access-list.commands';
import type { AccessListState } from './access-list.decider';
import type { Grant, Grantee } from './access-list.events';

type Of<T extends AccessListCommand['type']> = Extract<AccessListCommand, { type: T }>;

const sameGrantee = (a: Grantee, b: Grantee): boolean => {
  if (a.kind === 'USER') return b.kind === 'USER' && officerKey(a.id) === officerKey(b.id);
  return b.kind === 'AGENCY' && officerKey(a.agency) === officerKey(b.agency);
};

/** The last day that a grant may have: the same day of the next year; after 29 February, 1 March. */
export const lastDayOf = ({ from }: Pick<Grant, 'from'>): LocalDate => {
  const next = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
  return (Number.isNaN(dayNumber(next)) ? `${next.slice(0, 4)}-03-01` : next) as LocalDate;
};

const grantIn = ({ data }: Of<'GrantAccess'>, { grants, withdrawn }: AccessListState): string | undefined => {
  const { to, from, until = lastDayOf(data), reaches = [] } = data;
  return Object.values(grants).find((each) => !withdrawn[each.grantId] && sameGrantee(each.to, to) && each.from === from && each.until === until
    && reaches.every((id) => each.reaches?.includes(id)))?.grantId;
};

const breakGlassIn = ({ data: { at }, context: { actor } }: Of<'BreakGlass'>, { breakGlasses, findings }: AccessListState): string | undefined =>
  Object.entries(breakGlasses).find(([id, { reader, until }]) => officerKey(reader) === officerKey(actor.id) && until > at && findings[id] !== 'NOT_JUSTIFIED')?.[0];

/** The id of the entry that gives already what a command asks for; undefined when none does. */
export const standingEntry = (command: AccessListCommand, state: AccessListState): string | undefined => {
  if (command.type === 'GrantAccess') return grantIn(command, state);
  return command.type === 'BreakGlass' ? breakGlassIn(command, state) : undefined;
};
