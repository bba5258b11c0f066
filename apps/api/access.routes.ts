import type { InvestigationId } from '#kernel';
import { accessListCommand, accessListRequests, accessListRoutes } from '#contexts/oversight';
import type { AccessListCommandName, Listed, ListedFor } from '#contexts/oversight';
import type { CommandRoute, Order } from './command-route';

type Kind = Listed['kind'];

const names = { GrantAccess: 'GrantOperationAccess', ExtendAccess: 'ExtendOperationAccess', WithdrawAccess: 'WithdrawOperationAccess' } as const;

const nameOf = (of: Kind, command: AccessListCommandName): CommandRoute['name'] => (of === 'OPERATION' ? names[command as keyof typeof names] : command as Exclude<AccessListCommandName, 'ExtendAccess'>);

const makes: Partial<Record<AccessListCommandName, string>> = { GrantAccess: 'grantId', BreakGlass: 'breakGlassId' };

const routesOf = (kind: Kind, listedBy: (named: string) => ListedFor): readonly CommandRoute[] => accessListRoutes.filter(([of]) => of === kind).map(([of, command, path, summary]) => ({
  name: nameOf(of, command), path, summary, makes: makes[command], mayStand: command in makes, request: accessListRequests[command],
  order: (named, request, sender) => accessListCommand(command, listedBy(named!), request as never, sender) as Order,
}));

/** Every command about the access list of an investigation and its address below `/api/v1/investigations`. */
export const investigationAccessRoutes = routesOf('INVESTIGATION', (id) => ({ kind: 'INVESTIGATION', investigationId: id as InvestigationId }));

const ofOperation = (reaches: readonly InvestigationId[]): readonly CommandRoute[] => routesOf('OPERATION', (operation) => ({ kind: 'OPERATION', operation, reaches }));

/** Every command about the access list of an operation and its address below `/api/v1/operations`. */
export const operationAccessRoutes = ofOperation([]);

/** The same command for a sender who may give access to these investigations of the operation. */
export const reaching = ({ name }: CommandRoute, reaches: readonly InvestigationId[]): CommandRoute => ofOperation(reaches).find((route) => route.name === name)!;

/** The commands whose sender proves anew who they are. */
export const stepUpCommands: ReadonlySet<string> = new Set(['GrantAccess', 'WithdrawAccess', 'BreakGlass', 'GrantOperationAccess', 'ExtendOperationAccess', 'WithdrawOperationAccess']);
