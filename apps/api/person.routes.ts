import type { NominalId } from '#kernel';
import { nominalCommand, nominalRequests } from '#contexts/nominals';
import type { NominalCommandName } from '#contexts/nominals';
import type { CommandRoute, Order } from './command-route';

type Row = readonly [name: NominalCommandName, path: string, summary: string, makes?: string];

const rows: readonly Row[] = [
  ['RegisterPerson', '', 'Register a person', 'nominalId'],
  ['CorrectPerson', ':id/corrections', 'Put a person\'s details right'],
  ['AddPersonAlias', ':id/aliases', 'Add another name of a person', 'aliasId'],
  ['VoidPersonEntry', ':id/voids', 'Take away an entry that should never have been made'],
];

/** Every command about a person and its address below `/api/v1/people`. */
export const personRoutes: readonly CommandRoute[] = rows.map(([name, path, summary, makes]) => ({
  name, path, summary, makes,
  request: nominalRequests[name],
  order: (id, request, sender) => nominalCommand(name, id as NominalId | undefined, request as never, sender) as Order,
}));
