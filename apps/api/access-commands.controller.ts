import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { admissionOf } from '../guard';
import { investigationAccessRoutes, operationAccessRoutes } from './access.routes';
import type { CommandAnswer } from './answers';
import { Asking } from './asking';
import { CommandDesk } from './command-desk';
import type { CommandRoute } from './command-route';
import { OperationRights } from './operation-rights';
import { investigationOf } from './records';
import { addCommandRoutes } from './route-table';

/** Access lists of investigations. Its methods come from the table of routes: one a command. */
@ApiTags('access')
@Controller('api/v1/investigations')
export class InvestigationAccessController {
  constructor(private readonly desk: CommandDesk, private readonly asking: Asking) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { id } = request.params as { readonly id: string };
    const answer = await this.desk.take(route, investigationOf(admissionOf(request), id), request, reply);
    // Whoever was given access, or broke the glass, goes on to read.
    await this.asking.settled(answer.position);
    return answer;
  }
}

/** Access lists of operations. */
@ApiTags('access')
@Controller('api/v1/operations')
export class OperationAccessController {
  constructor(private readonly desk: CommandDesk, private readonly rights: OperationRights, private readonly asking: Asking) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { code } = request.params as { readonly code: string };
    await this.rights.mustAllow(admissionOf(request), code);
    const answer = await this.desk.take(route, code, request, reply);
    await this.asking.settled(answer.position);
    // An operation has no id: what was taken away has.
    return route.makes === undefined ? { ...answer, id: (request.body as { readonly grantId: string }).grantId } : answer;
  }
}

addCommandRoutes(InvestigationAccessController, investigationAccessRoutes);
addCommandRoutes(OperationAccessController, operationAccessRoutes);
