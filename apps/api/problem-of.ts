import { DomainError, MalformedError, StoreUnavailableError, WrongExpectedVersionError } from '#kernel';
import { EventTooLargeError, IdempotencyKeyReusedError } from '#platform/event-store';
import { KeyMissingError } from '#platform/vault';
import { InvalidRequestError } from '#platform/requests';
import { DeniedError } from '../guard';
import type { DenialCode } from '../guard';
import { refusalSentence } from '../words';
import { CatchingUpError, problem, ProblemError } from './problem';
import type { FieldProblem, Problem } from './problem';

const malformed = (errors: readonly FieldProblem[]): Problem =>
  problem(400, 'MALFORMED', 'The request is not of the form asked for. Nothing was written.', { errors });

/** Codes of what the address names and is not there; a person may also stand in a field of the body. */
const unknown = ({ code, facts }: DomainError): boolean =>
  code === 'INVESTIGATION_UNKNOWN' || code === 'LINK_UNKNOWN' || (code === 'PERSON_UNKNOWN' && facts.field === undefined);

const refused = (error: DomainError): Problem => {
  const { code, facts: { field, ...facts } } = error;
  const sentence = refusalSentence(code);
  const concerned = field ?? (facts.event === undefined ? undefined : 'event');
  return problem(unknown(error) ? 404 : 422, code, `${sentence}. Nothing was written.`, {
    errors: concerned === undefined ? [] : [{ field: concerned, message: sentence }], facts,
  });
};

const framework: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['MALFORMED', 'The request is not of the form asked for.'],
  401: ['NOT_SIGNED_IN', 'Send a bearer token of somebody who may do this.'],
  403: ['NOT_ALLOWED', 'You may not do this.'],
  404: ['NOT_FOUND', 'There is nothing at this address.'],
  405: ['METHOD_NOT_ALLOWED', 'This address does not take that method.'],
  408: ['TOO_SLOW', 'The request did not arrive in time.'],
  413: ['TOO_LARGE', 'The request is larger than this address takes.'],
  414: ['ADDRESS_TOO_LONG', 'The address is longer than we read.'],
  415: ['NOT_JSON', 'Send application/json.'],
  421: ['OTHER_HOST', 'This program does not answer under that host name.'],
  429: ['TOO_MANY', 'Too many requests.'],
  431: ['HEADERS_TOO_LARGE', 'The headers are larger than we read.'],
  503: ['CLOSING', 'The program is stopping.'],
};

const denials: Record<DenialCode, string> = {
  NOT_SIGNED_IN: 'Send a bearer token of somebody who may do this.',
  NOT_ALLOWED: 'You may not do this.',
  RECORD_RESTRICTED: 'The record exists and is restricted: ask its officer or supervisor.',
  REASON_NEEDED: 'Say why you open this record: Daybook-Access-Reason, and Daybook-Access-Words where the record is restricted.',
  STEP_UP_NEEDED: 'Prove again who you are: this needs a sign-in of the last five minutes.',
  PROCESSING_RESTRICTED: 'Processing of this person\'s data is restricted (Data Protection Act 2018 ss.46 to 48).',
};

const statusOf = (error: unknown): number => {
  const { statusCode, status } = (error ?? {}) as { statusCode?: unknown; status?: unknown };
  const found = statusCode ?? status;
  return typeof found === 'number' && found >= 400 && found < 600 ? found : 500;
};

/** Of an error of Nest or Fastify: its status and our own words, never its message, which may quote the request. */
const foreign = (error: unknown): Problem => {
  const status = statusOf(error);
  const [code, detail] = framework[status] ?? (status < 500
    ? ['MALFORMED', 'The request is not of the form asked for.']
    : ['INTERNAL', 'Something went wrong on our side. The log names it by the instance given here.']);
  return problem(status, code, detail);
};

/**
 * The problem document that an error becomes. Nothing of the request, no message of another program and no stack gets into it.
 * `conditional`: the sender gave the revision it had seen, so a stale one is 412 and not 409.
 */
export const problemOf = (error: unknown, conditional = false): Problem => {
  if (error instanceof KeyMissingError) return problem(503, error.code, 'A key is missing that was not destroyed: nothing was erased. The keys have to be restored from a younger backup.');
  if (error instanceof ProblemError || error instanceof CatchingUpError) return error.problem;
  if (error instanceof DeniedError) return problem(error.statusCode, error.code, denials[error.code]);
  if (error instanceof MalformedError) return malformed([{ field: error.field, message: `${error.field} ${error.rule}` }]);
  if (error instanceof DomainError) return refused(error);
  if (error instanceof IdempotencyKeyReusedError)
    return problem(422, error.code, 'This Idempotency-Key was used for another request. Nothing was written.');
  if (error instanceof WrongExpectedVersionError && error.actual < 0) return problem(404, 'NOT_FOUND', 'There is no such record.');
  if (error instanceof WrongExpectedVersionError)
    return conditional
      ? problem(412, 'REVISION_NOT_CURRENT', 'The record has moved on since the revision you name.', { revision: error.actual })
      : problem(409, 'CONCURRENT_CHANGE', 'Others keep changing this record. Send it again.', { revision: error.actual });
  if (error instanceof StoreUnavailableError) return problem(503, error.code, 'The store cannot answer now. Send it again with the same Idempotency-Key.');
  if (error instanceof EventTooLargeError) return foreign({ statusCode: 413 });
  if (error instanceof InvalidRequestError) return malformed(error.entries);
  return foreign(error);
};
