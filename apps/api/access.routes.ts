import type { InvestigationId } from '#kernel';
import { accessListCommand, accessListRequests, accessListRoutes } from '#contexts/oversight';
import type { AccessListCommandName, Listed } from '#contexts/oversight';
import type { CommandRoute, Order } from './command-route';

type Kind = Listed['kind'];

const listedBy: Record<Kind, (named: string) => Listed> = {
  INVESTIGATION: (id) => ({ kind: 'INVESTIGATION', investigationId: id as InvestigationId }),
  OPERATION: (operation) => ({ kind: 'OPERATION', operation }),
};

const names = { GrantAccess: 'GrantOperationAccess', WithdrawAccess: 'WithdrawOperationAccess' } as const;

const nameOf = (of: Kind, command: AccessListCommandName): CommandRoute['name'] => (of === 'OPERATION' ? names[command as keyof typeof names] : command);

const makes: Partial<Record<AccessListCommandName, string>> = { GrantAccess: 'grantId', BreakGlass: 'breakGlassId' };

const routesOf = (kind: Kind): readonly CommandRoute[] => accessListRoutes.filter(([of]) => of === kind).map(([of, command, path, summary]) => ({
  name: nameOf(of, command), path, summary, makes: makes[command], request: accessListRequests[command],
  order: (named, request, sender) => accessListCommand(command, listedBy[of](named!), request as never, sender) as Order,
}));

/** Every command about the access list of an investigation and its address below `/api/v1/investigations`. */
export const investigationAccessRoutes = routesOf('INVESTIGATION');

/** Every command about the access list of an operation and its address below `/api/v1/operations`. */
export const operationAccessRoutes = routesOf('OPERATION');

/** The commands whose sender proves anew who they are. */
export const stepUpCommands: ReadonlySet<string> = new Set(['GrantAccess', 'WithdrawAccess', 'BreakGlass', 'GrantOperationAccess', 'WithdrawOperationAccess']);
