import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of';

/** Told of errors that are ours: what kind, where, and the id that the answer carries. */
export type OnFault = (fault: { readonly error: string; readonly code?: string; readonly instance: string }) => void;

/** Answers every error as a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly onFault: OnFault) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    const found = problemOf(error, request.headers['if-match'] !== undefined);
    const instance = `urn:request:${request.id}`;
    if (found.status >= 500) this.report(error, instance);
    if (found.status === 503) void reply.header('Retry-After', '1');
    if (found.revision !== undefined) void reply.header('ETag', `"${found.revision}"`);
    void reply.status(found.status).type('application/problem+json; charset=utf-8').send(JSON.stringify({ ...found, instance }));
  }

  private report(error: unknown, instance: string): void {
    const { name, code } = error as { name?: unknown; code?: unknown };
    this.onFault({ error: typeof name === 'string' ? name : typeof error, code: typeof code === 'string' ? code : undefined, instance });
  }
}
