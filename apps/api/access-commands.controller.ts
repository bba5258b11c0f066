import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#kernel';
import { admissionOf, OperationLists } from '../guard';
import type { Admission } from '../guard';
import { investigationAccessRoutes, operationAccessRoutes, reaching } from './access.routes';
import type { CommandAnswer } from './answers';
import { Asking } from './asking';
import { CommandDesk } from './command-desk';
import type { CommandRoute } from './command-route';
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

/** The grants that a body names; what is none is left to the check of the request. */
const namedIn = (body: unknown): readonly string[] => {
  const { grantId, grantIds } = (body ?? {}) as { readonly grantId?: unknown; readonly grantIds?: unknown };
  return [grantId, ...(Array.isArray(grantIds) ? grantIds as unknown[] : [])].filter((id) => typeof id === 'string');
};

/** Access lists of operations. */
@ApiTags('access')
@Controller('api/v1/operations')
export class OperationAccessController {
  constructor(private readonly desk: CommandDesk, private readonly lists: OperationLists, private readonly asking: Asking) {}

  async answer(route: CommandRoute, request: FastifyRequest, reply: FastifyReply): Promise<CommandAnswer> {
    const { code } = request.params as { readonly code: string };
    const admission = admissionOf(request);
    const reaches = await this.lists.giving(admission, code);
    const named = namedIn(request.body);
    await this.mustSee(admission, code, route, named);
    const answer = await this.desk.take(reaching(route, reaches), code, request, reply);
    await this.asking.settled(answer.position);
    // An operation has no id: what was taken away, or let reach more, has.
    return route.makes === undefined ? { ...answer, id: named[0] ?? '' } : answer;
  }

  /** A grant that is not there for them is answered as one that is not there. */
  private async mustSee(admission: Admission, code: string, { name }: CommandRoute, named: readonly string[]): Promise<void> {
    if (named.length === 0) return;
    const there = await this.lists.entries(admission, code);
    const theirs = (id: string): boolean => there.some(({ entry, theirs: own }) => entry.id === id && (own || name === 'ExtendOperationAccess'));
    if (!named.every(theirs)) throw new DomainError('GRANT_UNKNOWN', { field: name === 'ExtendOperationAccess' ? 'grantIds' : 'grantId' });
  }
}

addCommandRoutes(InvestigationAccessController, investigationAccessRoutes);
addCommandRoutes(OperationAccessController, operationAccessRoutes);
