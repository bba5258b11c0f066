import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandDesk } from './command-desk';
import type { CommandAnswer } from './answers';
import type { CommandRoute } from './command-route';
import { investigationRoutes } from './investigation.routes';
import { NamedPeople } from './named-people';
import { Records } from './records';
import { addCommandRoutes } from './route-table';

/** Its methods come from the table of routes: one a command. */
@ApiTags('investigations: recording')
@Controller('api/v1/investigations')
export class InvestigationCommandsController {
  constructor(private readonly desk: CommandDesk, private readonly records: Records, private readonly people: NamedPeople) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { id } = request.params as { readonly id?: string };
    request.body = await this.people.inBody(request.body);
    return this.desk.take(route, id === undefined ? undefined : this.records.investigation(id), request, reply);
  }
}

addCommandRoutes(InvestigationCommandsController, investigationRoutes);
