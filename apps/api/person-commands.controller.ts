import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { admissionOf } from '../guard';
import type { CommandAnswer } from './answers';
import { CommandDesk } from './command-desk';
import type { CommandRoute } from './command-route';
import { personRoutes } from './person.routes';
import { personOf } from './records';
import { addCommandRoutes } from './route-table';

/** Its methods come from the table of routes: one a command. */
@ApiTags('people')
@Controller('api/v1/people')
export class PersonCommandsController {
  constructor(private readonly desk: CommandDesk) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { id } = request.params as { readonly id?: string };
    return this.desk.take(route, id === undefined ? undefined : personOf(admissionOf(request)), request, reply);
  }
}

addCommandRoutes(PersonCommandsController, personRoutes);
