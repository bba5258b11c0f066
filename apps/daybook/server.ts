import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemFilter, serveDescription } from '../api';
import { setUpConsole, TypedTooLate } from '../console';
import { identify } from '#platform/sign-in';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Daybook } from './compose';
import { DaybookModule } from './daybook.module';
import { Leaving } from './leaving';
import { letIn, tokenRefusals } from './let-in';
import { hasApi, hasPages } from './parts';
import type { Part } from './parts';
import { PostsTaken } from './posts-taken';
import { limitRates, ratesOf } from './rate-limit';
import { guard, limits, protect, refuseBadTokens } from './rim';
import { serveIdentity } from './sign-in/serve-identity';
import { watchRequests } from './watch/watch-requests';

const adapterOf = (filter: ProblemFilter, trustProxy: number): FastifyAdapter => new FastifyAdapter({
  ...limits,
  trustProxy: trustProxy > 0 && ((_address: string, hop: number) => hop < trustProxy),
  // The router turns an address away before any hook of ours runs.
  frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    protect(reply);
    filter.answer(error, request, reply);
  },
});

/** Where there are no pages, nobody types into any. */
const noForms: Pick<TypedTooLate, 'keep'> = { keep: async () => undefined };

/**
 * The rooms of a part of the program behind one HTTP server that does not listen yet. Closing it ends open connections and leaves the daybook open.
 */
export const createServer = async (daybook: Daybook, part: Part = 'all', leaving = new Leaving()): Promise<NestFastifyApplication> => {
  const filter = new ProblemFilter(daybook.logger);
  const { settings, signIn } = daybook;
  const adapter = adapterOf(filter, settings.signIn.trustProxy);
  const fastify = adapter.getInstance();
  watchRequests(fastify as never, daybook.watch.telemetry);
  leaving.watch(fastify as never);
  guard(fastify, signIn);
  await identify(fastify, signIn);
  await limitRates(fastify, ratesOf(settings.rates, daybook.folder.kind));
  refuseBadTokens(fastify, tokenRefusals(daybook));
  // Hooks stand before the routes that Nest adds; what they need of it, it has when the first request comes.
  letIn(fastify as never, daybook, () => (hasPages(part) ? app.get(TypedTooLate) : noForms));
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(DaybookModule.for(daybook, part, leaving), adapter, {
    bodyParser: false, logger: false, abortOnError: false, forceCloseConnections: true,
  });
  app.get(PostsTaken).watch(fastify as never);
  app.useGlobalFilters(filter);
  if (hasPages(part)) await setUpConsole(app, filter, daybook.logger);
  if (hasPages(part)) serveIdentity(app, signIn);
  if (hasApi(part)) serveDescription(app);
  await app.init();
  await fastify.ready();
  return app;
};
