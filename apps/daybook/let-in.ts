import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reader } from '#platform/access';
import type { Door } from '#contexts/oversight';
import type { TypedTooLate } from '../console';
import { Guard, recordLooks, Targets } from '../guard';
import type { DeniedError, Look, NamedRecord } from '../guard';
import type { Daybook } from './compose';
import { doors } from './doors';

const doorOf = (url: string): Door => {
  if (url.startsWith('/api/')) return 'API';
  return /\.(csv|json)$/.test(url) ? 'DOWNLOAD' : 'PAGE';
};

/** The address of a row, without its method. */
const patternOf = (route: string): string => route.slice(route.indexOf(' ') + 1);

// Whoever has no session is sent to sign in: that is no act of anybody yet. One with a wrong token is.
const worthKeeping = ({ code }: DeniedError, reader: Reader | undefined): boolean => code === 'NOT_ALLOWED' || code === 'RECORD_RESTRICTED' || code === 'PROCESSING_RESTRICTED' || (code === 'STEP_UP_NEEDED' && reader !== undefined);

/** Keeps each token that was refused: of nobody, for nothing in it is proved. */
export const tokenRefusals = ({ looks }: Pick<Daybook, 'looks'>) => async ({ routeOptions: { url = '' } }: FastifyRequest): Promise<void> =>
  looks.record(undefined, { kind: 'denial', door: doorOf(url), route: url, action: 'TOKEN_REFUSED', record: 'page' });

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
  const record = async ({ reader, route, shown, reason }: Look): Promise<void> => {
    const url = patternOf(route);
    await looks.record(reader, {
      kind: 'consultation', door: doorOf(url), route: url, shown: shown.map(({ kind, ids }) => ({ kind, ids })),
      more: shown.reduce((sum, { more = 0 }) => sum + more, 0), question: Object.assign({}, ...shown.map(({ question }) => question)), ...(reason && { reason }),
    });
  };
  const miss = (reader: Reader, route: string, { record: kind, text }: NamedRecord): Promise<void> => {
    const url = patternOf(route);
    return looks.record(reader, { kind: 'denial', door: doorOf(url), route: url, action: 'NOT_FOUND', record: kind, asked: text });
  };
  recordLooks(fastify, doors, { record, miss, denied });
};
