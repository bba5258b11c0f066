import type { FastifyRequest } from 'fastify';
import { MalformedError } from '#kernel';

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * The revision that the sender saw (`If-Match: "12"`); undefined when the request is not conditional, which `*` counts as.
 * @throws MalformedError
 */
export const expectedRevisionOf = ({ headers: { 'if-match': given } }: FastifyRequest): number | undefined => {
  if (given === undefined || given === '*') return undefined;
  const revision = /^"(\d{1,15})"$/.exec(given)?.[1];
  if (revision === undefined) throw new MalformedError('If-Match', 'must be one revision in quotes, such as "12"');
  return Number(revision);
};

/**
 * What makes a resend the same request.
 * @throws MalformedError
 */
export const idempotencyKeyOf = ({ headers: { 'idempotency-key': given } }: FastifyRequest): string | undefined => {
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !KEY.test(given)) throw new MalformedError('Idempotency-Key', 'must be 1 to 200 visible ASCII characters, sent once');
  return given;
};
