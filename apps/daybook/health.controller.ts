import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Health } from './health';
import type { Readiness } from './health';

const answer = (description: string) => ({ description, content: { 'application/json': { schema: { type: 'object' } } } });

/** For whoever keeps the process running; no record is shown. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ operationId: 'live', summary: 'The process serves' })
  @ApiResponse({ status: 200, ...answer('It does') })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ operationId: 'ready', summary: 'Whether it can answer, how far each read model is behind, and what is wrong although it can' })
  @ApiResponse({ status: 200, ...answer('It has caught up and answers') })
  @ApiResponse({ status: 503, ...answer('It has not caught up yet') })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    void reply.status(readiness.ready ? 200 : 503);
    if (!readiness.ready) void reply.header('Retry-After', '1');
    return readiness;
  }
}
