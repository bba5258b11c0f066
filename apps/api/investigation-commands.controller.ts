import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandDesk } from './command-desk';
import { admissionOf } from '../guard';
import type { CommandAnswer } from './answers';
import type { CommandRoute } from './command-route';
import { EntryRights } from './entry-rights';
import { investigationRoutes } from './investigation.routes';
import { NamedPeople } from './named-people';
import { investigationOf } from './records';
import { addCommandRoutes } from './route-table';

const puttingRight: ReadonlySet<string> = new Set(['CorrectEntry', 'VoidEntry']);

/** Its methods come from the table of routes: one a command. */
@ApiTags('investigations: recording')
@Controller('api/v1/investigations')
export class InvestigationCommandsController {
  constructor(private readonly desk: CommandDesk, private readonly people: NamedPeople, private readonly entries: EntryRights) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { id } = request.params as { readonly id?: string };
    const admission = admissionOf(request);
    request.body = await this.people.inBody(admission, request.body);
    const investigation = id === undefined ? undefined : investigationOf(admission, id);
    if (investigation && puttingRight.has(route.name)) await this.entries.mustAllow(admission, investigation, request.body);
    return this.desk.take(route, investigation, request, reply);
  }
}

addCommandRoutes(InvestigationCommandsController, investigationRoutes);
