import { instantOf, londonDate } from '#kernel';
import type { InvestigationId } from '#kernel';
import { idFrom } from '#platform/event-store';
import { commandIdOf, contextOf, InvalidRequestError, textOf } from '#platform/requests';
import type { FactRequest, Sender } from '#platform/requests';
import type { Grantee, Listed } from '../domain/access-list.events';
import { accessListMessages } from './access-list.messages';
import type { AccessListCommandData, AccessListCommandName, AccessListMessage } from './access-list.messages';
import { BreakGlassRequest, ExtendAccessRequest, GrantAccessRequest, ReviewBreakGlassRequest, WithdrawAccessRequest } from './access-list.requests';

/** The request class of every command about an access list, by the command's name. */
export const accessListRequests = {
  GrantAccess: GrantAccessRequest,
  WithdrawAccess: WithdrawAccessRequest,
  BreakGlass: BreakGlassRequest,
  ReviewBreakGlass: ReviewBreakGlassRequest,
  ExtendAccess: ExtendAccessRequest,
} as const satisfies { readonly [N in AccessListCommandName]: new () => FactRequest };

export type AccessListRequest<N extends AccessListCommandName = AccessListCommandName> = InstanceType<(typeof accessListRequests)[N]>;

export const accessListCommandNames = Object.keys(accessListRequests) as AccessListCommandName[];

const granteeOf = ({ user, agency }: GrantAccessRequest): Grantee => {
  if (user !== undefined && agency === undefined) return { kind: 'USER', id: user };
  if (agency !== undefined && user === undefined) return { kind: 'AGENCY', agency };
  throw new InvalidRequestError([{ field: 'user', message: 'user or agency must be given, and not both' }]);
};

const notOver = (until: string | undefined, now: number): void => {
  if (until !== undefined && until < londonDate(now)) throw new InvalidRequestError([{ field: 'until', message: 'until must be today or later' }]);
};

/** What a list is of, and for that of an operation, the investigations of it to which the sender may give access. */
export type ListedFor = Listed & { readonly reaches?: readonly InvestigationId[] };

type DataOf = { readonly [N in AccessListCommandName]: (request: AccessListRequest<N>, on: ListedFor, commandId: string, now: number) => AccessListCommandData<N> };

const dataOf: DataOf = {
  GrantAccess: (request, { reaches, ...on }, commandId, now) => {
    const { from = londonDate(now), until, basis, agreement } = request;
    notOver(until, now);
    const grantId = idFrom(commandId, 'grant');
    return { on, grantId, to: granteeOf(request), from, ...(until && { until }), basis: textOf(commandId, 'data.basis', basis), ...(agreement !== undefined && { agreement }), ...(reaches && { reaches }) };
  },
  ExtendAccess: ({ grantIds, basis }, { reaches = [] }, commandId) => ({ grantIds, reaches, basis: textOf(commandId, 'data.basis', basis) }),
  WithdrawAccess: ({ grantId, basis }, _, commandId) => ({ grantId, ...(basis !== undefined && { basis: textOf(commandId, 'data.basis', basis) }) }),
  BreakGlass: ({ basis }, { reaches: _, ...on }, commandId, now) =>
    ({ on, breakGlassId: idFrom(commandId, 'break-glass'), at: instantOf(now), basis: textOf(commandId, 'data.basis', basis) }),
  ReviewBreakGlass: ({ breakGlassId, finding, note }, _, commandId) =>
    ({ breakGlassId, finding, ...(note !== undefined && { note: textOf(commandId, 'data.note', note) }) }),
};

/**
 * A validated request as the command for the bus. Ids of what it makes come from the command id, so that a resend makes no second one.
 * @throws InvalidRequestError when not exactly one of user and agency is given, or the last day has passed
 */
export const accessListCommand = <N extends AccessListCommandName>(name: N, on: ListedFor, request: AccessListRequest<N>, sender: Sender): AccessListMessage => {
  const commandId = commandIdOf(sender);
  const Order = accessListMessages[name] as new (...parts: unknown[]) => AccessListMessage;
  return new Order(on, dataOf[name](request, on, commandId, sender.now), contextOf(request, sender, commandId), sender.expectedRevision);
};

type Row = readonly [of: Listed['kind'], name: AccessListCommandName, path: string, summary: string];

/**
 * Every command about an access list, its address and what it does. Of investigations the address lies below `/api/v1/investigations`, `:id` being an
 * id or reference; of operations below `/api/v1/operations`, `:code` being a code.
 */
export const accessListRoutes: readonly Row[] = [
  ['INVESTIGATION', 'GrantAccess', ':id/access-grants', 'Give a user or an agency access to it'],
  ['INVESTIGATION', 'WithdrawAccess', ':id/access-withdrawals', 'Take access to it away again'],
  ['INVESTIGATION', 'BreakGlass', ':id/break-glass', 'Read it at once, for eight hours, and answer for it'],
  ['INVESTIGATION', 'ReviewBreakGlass', ':id/break-glass-reviews', 'Review a use of the break-glass'],
  ['OPERATION', 'GrantAccess', ':code/access-grants', 'Give a user or an agency access to every investigation of the operation to which you may give access'],
  ['OPERATION', 'ExtendAccess', ':code/access-extensions', 'Let those on the list have access to every investigation of it to which you may give access'],
  ['OPERATION', 'WithdrawAccess', ':code/access-withdrawals', 'Take access to them away again'],
];
