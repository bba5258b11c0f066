import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RateSettings } from '#platform/settings';
import { problem, ProblemError } from '../api';

/** Requests a minute. */
export interface Rates {
  /** Of one person with a browser. */
  readonly person: number;
  /** Of one reader who brings a token: another system. */
  readonly program: number;
  /** Of one address that nobody has signed in from. */
  readonly address: number;
  /** Of one address to the pages and endpoints of sign-in; counted beside `address`. */
  readonly signIn: number;
}

// A whole station may stand behind one address, so those of addresses fit a shift that signs in together.
const live: Rates = { person: 3_000, program: 300_000, address: 3_000, signIn: 600 };
// Nothing there is worth guessing, and tests press hard.
const invented: Rates = { person: 60_000, program: 300_000, address: 60_000, signIn: 6_000 };

/** The limits of a folder: those that are set, else the defaults of its kind. */
export const ratesOf = ({ reader, address, signIn }: RateSettings, kind: 'sample' | 'trial' | 'live'): Rates => {
  const usual = kind === 'live' ? live : invented;
  return { person: reader ?? usual.person, program: reader ?? usual.program, address: address ?? usual.address, signIn: signIn ?? usual.signIn };
};

const MINUTE = 60_000;
/** Readers or addresses that are counted at a time; the one unused for longest starts anew. */
const COUNTED = 50_000;

/** Where identities are proved: the places worth guessing at. At the end of a shift an identity provider tells of many sessions at once. */
const SIGN_IN = /^\/(sign-in(?!\/back-channel)|choose-user|identity)(\/|\?|$)/;
const HEALTH = /^\/health\//;

type Limiter = (request: FastifyRequest) => Promise<{ readonly isAllowed: boolean; readonly isExceeded?: boolean; readonly ttlInSeconds?: number }>;

const byReader = ({ reader }: FastifyRequest): string => reader?.id ?? '';
const byAddress = ({ ip }: FastifyRequest): string => normalizeIP(ip);

const refuseBeyond = async (limiter: Limiter, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const { isExceeded, ttlInSeconds } = await limiter(request);
  if (!isExceeded) return;
  void reply.header('Retry-After', String(Math.max(1, ttlInSeconds ?? 1)));
  throw new ProblemError(problem(429, 'TOO_MANY', 'Too many requests in this minute. Nothing was done; send it again after the seconds given in Retry-After.'));
};

/**
 * Answers 429 to who asks for more than their share of a minute. Who asks is the signed-in reader, or else an address, so stand it behind
 * what finds the reader and before what turns strangers away: guesses at a token count against the address. Health is never refused.
 */
export const limitRates = async (fastify: FastifyInstance, { person, program, address, signIn }: Rates): Promise<void> => {
  await fastify.register(rateLimit, { global: false, timeWindow: MINUTE, cache: COUNTED });
  const limiter = (max: number, keyGenerator: (request: FastifyRequest) => string): Limiter => fastify.createRateLimit({ max, keyGenerator });
  const [people, programs, addresses, doors] = [limiter(person, byReader), limiter(program, byReader), limiter(address, byAddress), limiter(signIn, byAddress)];
  fastify.addHook('onRequest', async (request, reply) => {
    if (HEALTH.test(request.url)) return;
    const { reader } = request;
    if (SIGN_IN.test(request.url)) await refuseBeyond(doors, request, reply);
    const own = reader === undefined ? addresses : reader.session === undefined ? programs : people;
    await refuseBeyond(own, request, reply);
  });
};
