import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reader } from '#platform/access';
import type { Door } from '#contexts/oversight';
import type { TypedTooLate } from '../console';
import { Guard, recordLooks, Targets } from '../guard';
import type { DeniedError } from '../guard';
import type { Daybook } from './compose';
import { doors } from './doors';

const doorOf = (url: string): Door => {
  if (url.startsWith('/api/')) return 'API';
  return /\.(csv|json)$/.test(url) ? 'DOWNLOAD' : 'PAGE';
};

// Whoever has no session is sent to sign in: that is no act of anybody yet. One with a wrong token is.
const worthKeeping = ({ code }: DeniedError, reader: Reader | undefined): boolean => code === 'NOT_ALLOWED' || code === 'RECORD_RESTRICTED' || (code === 'STEP_UP_NEEDED' && reader !== undefined);

/** Lets in whom the policies let in, and holds each answer that shows records until that is on record. Comes after who asks is known. */
export const letIn = (fastify: FastifyInstance, { access, reasons, looks, people, store }: Daybook, typed: () => Pick<TypedTooLate, 'keep'>): void => {
  const denied = async (request: FastifyRequest, error: DeniedError): Promise<void> => {
    const { reader } = request as { readonly reader?: Reader };
    if (!worthKeeping(error, reader)) return;
    const route = request.routeOptions.url ?? '';
    await looks.record(reader, {
      kind: 'denial', door: doorOf(route), route, action: error.code, record: error.named?.record ?? 'page', ...(error.named && { asked: error.named.text }),
    });
  };
  new Guard({ table: doors, access, targets: new Targets({ people, store }), reasons, clock: () => Date.now(), denied, keepTyped: (request) => typed().keep(request) }).stand(fastify);
  recordLooks(fastify, doors, async ({ reader, route, shown, reason }) => {
    const url = route.slice(route.indexOf(' ') + 1);
    await looks.record(reader, {
      kind: 'consultation', door: doorOf(url), route: url, shown: shown.map(({ kind, ids }) => ({ kind, ids })),
      more: shown.reduce((sum, { more = 0 }) => sum + more, 0), question: Object.assign({}, ...shown.map(({ question }) => question)), ...(reason && { reason }),
    });
  });
};
