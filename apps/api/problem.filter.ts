import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultFields } from '#platform/telemetry';
import type { Logger } from '#platform/telemetry';
import { failed } from '../guard';
import { CatchingUpError, ProblemError } from './problem';
import { problemOf } from './problem-of';

/** RFC 6750; RFC 9470 where a fresh proof of identity is asked for. */
const challengeOf = (code: string): string | undefined => {
  if (code === 'NOT_SIGNED_IN') return 'Bearer realm="daybook"';
  return code === 'STEP_UP_NEEDED' ? 'Bearer error="insufficient_user_authentication", max_age="300"' : undefined;
};

/** Answers every error as a problem document; the log is told of those that are ours. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Pick<Logger, 'error'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    failed(request, error);
    const found = problemOf(error, request.headers['if-match'] !== undefined);
    const instance = `urn:request:${request.id}`;
    const isOurs = found.status >= 500 && !(error instanceof ProblemError || error instanceof CatchingUpError);
    if (isOurs) this.logger.error('request failed', { ...faultFields(error), instance, status: found.status });
    const challenge = challengeOf(found.code);
    if (challenge) void reply.header('WWW-Authenticate', challenge);
    if (found.status === 503) void reply.header('Retry-After', '1');
    if (found.revision !== undefined) void reply.header('ETag', `"${found.revision}"`);
    void reply.status(found.status).type('application/problem+json; charset=utf-8').send(JSON.stringify({ ...found, instance }));
  }
}
