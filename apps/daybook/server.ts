import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemFilter, serveDescription } from '../api';
import { setUpConsole } from '../console';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Daybook } from './compose';
import { DaybookModule } from './daybook.module';
import { limitRates, ratesOf } from './rate-limit';
import { guard, limits, protect } from './rim';

const adapterOf = (filter: ProblemFilter): FastifyAdapter => new FastifyAdapter({
  ...limits,
  // The router turns an address away before any hook of ours runs.
  frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    protect(reply);
    filter.answer(error, request, reply);
  },
});

/**
 * Every room of the program behind one HTTP server that does not listen yet. Closing it ends open connections and leaves the daybook open.
 */
export const createServer = async (daybook: Daybook): Promise<NestFastifyApplication> => {
  const filter = new ProblemFilter(daybook.logger);
  const adapter = adapterOf(filter);
  guard(adapter.getInstance());
  await limitRates(adapter.getInstance(), ratesOf(daybook.settings.rates, daybook.folder.kind));
  const app = await NestFactory.create<NestFastifyApplication>(DaybookModule.for(daybook), adapter, {
    bodyParser: false, logger: false, abortOnError: false, forceCloseConnections: true,
  });
  app.useGlobalFilters(filter);
  await setUpConsole(app, filter, daybook.logger);
  serveDescription(app);
  await app.init();
  await adapter.getInstance().ready();
  return app;
};
