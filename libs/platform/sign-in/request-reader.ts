import cookies from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Reader } from '#platform/access';
import { sessionCookie } from './cookies';
import type { Session } from './sessions';
import type { SignIn } from './sign-in';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; undefined when nobody is signed in. */
    reader: Reader | undefined;
    /** The session that the browser holds, with its ends. */
    signedIn: Session | undefined;
    /** Whether the browser holds what was a session and is none any more. */
    sessionOver: boolean;
    /** Whose session that was, when it ran out by itself. Opens nothing. */
    lapsed: Session['reader'] | undefined;
    /** Why the token that came with it is not taken. */
    tokenFault: unknown;
  }
}

/** What pages use of a request about who is signed in. */
export type SignedInRequest = Pick<FastifyRequest, 'reader' | 'signedIn' | 'sessionOver' | 'lapsed'>;

// The identity provider reads its own credentials; the others are the same for everybody.
const nobodysPlace = /^\/(identity|health|assets)(\/|\?|$)/;
const api = /^\/api(\/|\?|$)/;
/** Asked by the page and not by the person: does not put off the end of a session. */
const notUse = /^((GET|HEAD) \/(session|live)|POST \/drafts)(\?|$)/;

const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

const byToken = async (request: FastifyRequest, signIn: SignIn, authorization: string): Promise<void> => {
  try {
    request.reader = await signIn.tokens.reader(BEARER.exec(authorization)?.[1] ?? '');
  } catch (error) {
    request.tokenFault = error;
  }
};

const bySession = async (request: FastifyRequest, signIn: SignIn): Promise<void> => {
  const id = request.cookies[sessionCookie(signIn.secure).name];
  if (!id) return;
  request.signedIn = await signIn.sessions.find(id, !notUse.test(`${request.method} ${request.url}`));
  request.reader = request.signedIn?.reader;
  request.sessionOver = request.signedIn === undefined;
  if (request.sessionOver) request.lapsed = await signIn.sessions.lapsed(id);
};

/**
 * Finds out who asks, from here on: `request.reader`. Pages take the session's cookie, the JSON door takes a token and nothing else, and a request
 * that brings a token is judged by that alone. It refuses nothing: what is wrong with a token is in `request.tokenFault`.
 */
export const identify = async (fastify: FastifyInstance, signIn: SignIn): Promise<void> => {
  await fastify.register(cookies);
  for (const name of ['reader', 'signedIn', 'lapsed', 'tokenFault'] as const) fastify.decorateRequest(name, undefined);
  fastify.decorateRequest('sessionOver', false);
  fastify.addHook('onRequest', async (request) => {
    const { url, headers: { authorization } } = request;
    if (nobodysPlace.test(url)) return;
    if (authorization !== undefined) await byToken(request, signIn, authorization);
    else if (!api.test(url)) await bySession(request, signIn);
  });
};
