import type { NominalId } from '#kernel';
import { dataSubjectCommand, dataSubjectRequests, dataSubjectRoutes } from '#contexts/oversight';
import type { CommandRoute, Order } from './command-route';

/** Every decision about a person's data and its address below `/api/v1/people`. */
export const rightsRoutes: readonly CommandRoute[] = dataSubjectRoutes.map(([name, path, summary, makes]) => ({
  name, path, summary, makes,
  request: dataSubjectRequests[name],
  order: (id, request, sender) => dataSubjectCommand(name, id as NominalId, request as never, sender) as Order,
}));
