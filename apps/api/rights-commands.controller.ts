import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { admissionOf } from '../guard';
import type { CommandAnswer } from './answers';
import { CommandDesk } from './command-desk';
import type { CommandRoute } from './command-route';
import { personOf } from './records';
import { RightsDesk } from './rights-desk';
import { rightsRoutes } from './rights.routes';
import { addCommandRoutes } from './route-table';

/** Its methods come from the table of routes: one a decision. */
@ApiTags('people: rights and retention')
@Controller('api/v1/people')
export class RightsCommandsController {
  constructor(private readonly desk: CommandDesk, private readonly rights: RightsDesk) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const admission = admissionOf(request);
    const id = personOf(admission);
    if (route.name === 'AuthoriseErasure') await this.rights.mustReadAll(admission.reader, id);
    return this.desk.take(route, id, request, reply);
  }
}

addCommandRoutes(RightsCommandsController, rightsRoutes);
