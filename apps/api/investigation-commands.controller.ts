import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandDesk } from './command-desk';
import { admissionOf } from '../guard';
import type { CommandAnswer } from './answers';
import { Asking } from './asking';
import type { CommandRoute } from './command-route';
import { EntryRights } from './entry-rights';
import { investigationRoutes } from './investigation.routes';
import { NamedPeople } from './named-people';
import { investigationOf } from './records';
import { addCommandRoutes } from './route-table';

const puttingRight: ReadonlySet<string> = new Set(['CorrectEntry', 'VoidEntry']);
/** What decides who may read a record, or a person on it: once answered, nobody reads as before. */
const decidingAccess: ReadonlySet<string> = new Set(['ReassessSensitivity', 'LinkOperation', 'UnlinkOperation', 'LinkSuspect', 'NameSuspect', 'CorrectEntry']);

/** Its methods come from the table of routes: one a command. */
@ApiTags('investigations: recording')
@Controller('api/v1/investigations')
export class InvestigationCommandsController {
  constructor(private readonly desk: CommandDesk, private readonly people: NamedPeople, private readonly entries: EntryRights, private readonly asking: Asking) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { id } = request.params as { readonly id?: string };
    const admission = admissionOf(request);
    request.body = await this.people.inBody(admission, request.body);
    const investigation = id === undefined ? undefined : investigationOf(admission, id);
    if (investigation && puttingRight.has(route.name)) await this.entries.mustAllow(admission, investigation, request.body);
    const answer = await this.desk.take(route, investigation, request, reply);
    if (decidingAccess.has(route.name)) await this.asking.settled(answer.position);
    return answer;
  }
}

addCommandRoutes(InvestigationCommandsController, investigationRoutes);
