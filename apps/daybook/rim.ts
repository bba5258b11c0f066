import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyHttpOptions } from 'fastify';
import { StrangerError, TokenRefusedError } from '#platform/sign-in';
import type { SignIn } from '#platform/sign-in';
import { parseStrictJson, problem, ProblemError, problemOf } from '../api';

/** A request's whole body, in bytes: the longest text of ours with room to spare. */
export const BODY_LIMIT = 256 * 1024;

const statusOf = ({ code }: Error & { readonly code?: string }): number => {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
};

/** Answers what is not HTTP, or took too long to become a request, and hangs up: what follows on that connection cannot be told apart. */
const hangUp = (error: Error, socket: Socket): void => {
  if (!socket.writable) return void socket.destroy();
  const status = statusOf(error);
  const body = JSON.stringify(problemOf({ statusCode: status }));
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Connection: close', 'Content-Type: application/problem+json; charset=utf-8', `Content-Length: ${body.length}`];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
};

/** How long we wait for whom. Milliseconds. */
export const limits: FastifyHttpOptions<Server> = {
  bodyLimit: BODY_LIMIT,
  // What a log line and an answer name is the id of the trace too, which has no hyphens.
  genReqId: () => randomUUID().replaceAll('-', ''),
  requestIdHeader: false,
  clientErrorHandler: hangUp,
  requestTimeout: 20_000,
  connectionTimeout: 60_000,
  keepAliveTimeout: 65_000,
  routerOptions: { maxParamLength: 128 },
  http: { headersTimeout: 10_000, maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 5_000 },
};

// Strict from the start; a page that needs more sets its own Content-Security-Policy.
const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  // Browsers heed it only where the answer came over TLS.
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** Headers that every answer carries, errors included. */
export const protect = (reply: FastifyReply): void => void reply.headers(headers);

/** Where browsers are to find us, and whether it is for this machine alone. */
type Home = Pick<SignIn, 'publicUrl' | 'identity'>;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

let known = { url: '', host: '' };

/** The URL is the same for as long as the process listens, and taking one apart costs each request more than all the other questions here. */
const hostIn = (url: string): string => {
  if (known.url !== url) known = { url, host: new URL(url).host };
  return known.host;
};

/** A page of another site must not reach us by giving its own name our address. Whoever watches over the process asks it directly. */
const refuseOtherHosts = ({ host, url }: FastifyRequest, { publicUrl, identity }: Home): void => {
  const own = host !== undefined && (publicUrl === `http://${host}` || host.toLowerCase() === hostIn(publicUrl));
  if (!own && !((identity || url.startsWith('/health/')) && LOOPBACK.test(host ?? ''))) throw new ProblemError(problem(421, 'OTHER_HOST', 'This program does not answer under that host name.'));
};

const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const;

/** Invented users sign in by choice alone, which is for whoever sits at this machine. A proxy speaks from here for people who do not, and may put any name before us. */
const refuseProxies = ({ headers: sent, url }: FastifyRequest, { identity }: Home): void => {
  if (!identity || url.startsWith('/health/') || passedOn.every((name) => sent[name] === undefined)) return;
  throw new ProblemError(problem(421, 'OTHER_HOST', 'A program with invented users answers its own machine alone, and no proxy.'));
};

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);

const otherSite = (detail: string): ProblemError => new ProblemError(problem(403, 'OTHER_SITE', detail));

/** Browsers say where a request was caused. Older ones say at least the origin, and `null` for one that hides itself. */
const refuseOtherSites = ({ method, host, headers: sent }: FastifyRequest): void => {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest, origin } = sent;
  const foreign = site === undefined ? origin !== undefined && hostOf(origin) !== host?.toLowerCase() : site !== 'same-origin' && site !== 'none';
  if (!foreign) return;
  if (!safe.has(method)) throw otherSite('A page of another site may not send this.');
  // A link from elsewhere may lead here; a page from elsewhere may not draw our records into itself.
  if (site !== undefined && (mode !== 'navigate' || dest !== 'document')) throw otherSite('A page of another site may not load this.');
};

const isJson = (type: string | undefined): boolean => type !== undefined && /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type);

const hasBody = ({ headers: sent }: FastifyRequest): boolean =>
  sent['transfer-encoding'] !== undefined || Number(sent['content-length'] ?? 0) > 0;

/** Only the API is asked: forms of pages have a type of their own. */
const refuseOtherTypes = (request: FastifyRequest): void => {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (!request.url.startsWith('/api/') || safe.has(request.method)) return;
  const refused = type === undefined ? hasBody(request) : !isJson(type);
  if (refused || encoding !== undefined) throw new ProblemError(problem(415, 'NOT_JSON', 'Send application/json, UTF-8, not compressed.'));
};

const readable = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** A query string that is not UTF-8, holds NUL or names what every object has would be read as something else than was sent. */
const refuseOddQueries = ({ url }: FastifyRequest): void => {
  const at = url.indexOf('?');
  if (at < 0) return;
  for (const pair of url.slice(at + 1).split('&')) {
    const [name = '', ...rest] = pair.split('=');
    const [field, value] = [readable(name), readable(rest.join('='))];
    const errors = [{ field: field ?? '', message: 'must be UTF-8 without NUL, percent-encoded' }];
    if (field === undefined || value?.includes('\0') !== false) throw new ProblemError(problem(400, 'MALFORMED', 'The query string cannot be read.', { errors }));
    if (field === '__proto__') throw new ProblemError(problem(400, 'MALFORMED', 'The query string names what is not a field.', { errors: [{ field, message: '__proto__ is not a field of this request' }] }));
  }
};

/** The first word of an address says by which door it comes; one in another spelling, or with a fragment, would be routed by one door and judged by another. */
const PLAIN = /^\/[^/?%#]*([/?][^#]*)?$/;

const refuseOddAddresses = ({ url }: FastifyRequest): void => {
  if (!PLAIN.test(url)) throw new ProblemError(problem(404, 'NOT_FOUND', 'There is nothing at this address.'));
};

/** What stands before every route: headers, whom we answer, how bodies are read. */
export const guard = (fastify: FastifyInstance, home: Home): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    protect(reply);
    refuseOddAddresses(request);
    refuseOtherHosts(request, home);
    refuseProxies(request, home);
    refuseOtherSites(request);
    refuseOtherTypes(request);
    refuseOddQueries(request);
    done();
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : parseStrictJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
};

const tokenProblem = (fault: unknown, reply: FastifyReply): unknown => {
  if (fault instanceof StrangerError) return new ProblemError(problem(403, 'NO_ROLE', 'No rule of this program gives the holder of this token a role.'));
  if (!(fault instanceof TokenRefusedError)) return fault;
  void reply.header('WWW-Authenticate', 'Bearer error="invalid_token"');
  return new ProblemError(problem(401, 'TOKEN_REFUSED', 'The access token is not one that this program takes, or no longer.'));
};

/** Turns away who brings a token that is not good. Stands behind what counts requests, so that guessing ends. */
export const refuseBadTokens = (fastify: FastifyInstance, refused: (request: FastifyRequest) => Promise<void>): void => {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.tokenFault === undefined) return;
    await refused(request);
    throw tokenProblem(request.tokenFault, reply);
  });
};
