import { join } from 'node:path';
import type { ExceptionFilter } from '@nestjs/common';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '#platform/telemetry';
import { builtConsole } from './rendering/environment';
import { ConsoleErrors } from './rendering/errors.filter';
import { Pages } from './rendering/pages';

const views = [
  'dashboard/dashboard', 'investigations/investigations', 'suspects/suspects', 'investigation/overview', 'history/history', 'event/event', 'errors/error',
  'recording/form', 'recording/check', 'recording/doubt', 'recording/conflict', 'recording/recorded', 'recording/nothing', 'recording/already', 'recording/blocked', 'people/lookup', 'people/person', 'people/person-form', 'people/person-check', 'rights/rights', 'rights/rights-form', 'rights/extract', 'retention/retention', 'views/views', 'audit/audit', 'audit/activity', 'audit/purpose', 'help/help', 'help/counting-rules', 'help/accessibility', 'as-at/unreadable', 'session/notice', 'session/choice', 'session/account', 'access-reason/access-reason', 'restricted/restricted', 'access/access', 'access/access-form', 'sessions/sessions',
].map((name) => `pages/${name}.njk`);

// Repeated fields become lists; names that objects know already are nobody's fields of ours.
const formBody = (body: string): Record<string, string | string[]> => {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(body)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return fields;
};

/**
 * Gives a server what pages need: the form body, style sheet and scripts, error pages. Errors of other addresses stay with `otherDoor`.
 * Call it before the server is initialised.
 */
export const setUpConsole = async (app: NestFastifyApplication, otherDoor: ExceptionFilter, logger: Pick<Logger, 'error'>): Promise<void> => {
  const pages = app.get(Pages);
  pages.warm(views);
  app.getHttpAdapter().getInstance().addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, formBody(body as string)));
  await app.register(fastifyStatic, {
    root: join(builtConsole, 'public'), prefix: '/assets/', decorateReply: false, index: false, immutable: true, maxAge: '365d', preCompressed: true,
    setHeaders: (reply) => void reply.header('Cache-Control', 'public, max-age=31536000, immutable'),
  });
  app.useGlobalFilters(new ConsoleErrors(pages, otherDoor, logger));
};
