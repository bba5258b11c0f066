import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestSpan, Telemetry } from '#platform/telemetry';

/** An address that leads nowhere could be anything that somebody typed. */
const NOWHERE = 'none';

/** These stay open for as long as somebody listens. */
const STREAMS: ReadonlySet<string> = new Set(['/live']);

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? NOWHERE;

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
const methodOf = ({ method }: FastifyRequest): string => (METHODS.has(method) ? method : 'OTHER');

const measure = (fastify: FastifyInstance, metrics: NonNullable<Telemetry['metrics']>): void => {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    metrics.answered(methodOf(request), route, reply.statusCode, STREAMS.has(route) ? undefined : reply.elapsedTime);
    done();
  });
};

const trace = (fastify: FastifyInstance, tracing: NonNullable<Telemetry['tracing']>): void => {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  const end = (request: FastifyRequest, { statusCode }: Pick<FastifyReply, 'statusCode'>): void => {
    const [method, route] = [methodOf(request), routeOf(request)];
    spans.get(request)?.end(`${method} ${route}`, { 'http.request.method': method, 'http.route': route, 'http.response.status_code': statusCode }, statusCode >= 500);
    spans.delete(request);
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    spans.set(request, tracing.request(request.id));
    done();
  });
  // Bodies arrive on the socket's own time: what belongs to the request begins when it has been read.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.within(done);
    else done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    end(request, reply);
    done();
  });
  fastify.addHook('onRequestAbort', (request, done) => {
    end(request, { statusCode: 499 });
    done();
  });
};

/** Measures and traces each request, by the pattern of its route and never by its address. Comes before what could turn it away. */
export const watchRequests = (fastify: FastifyInstance, { metrics, tracing }: Telemetry): void => {
  if (metrics) measure(fastify, metrics);
  if (tracing) trace(fastify, tracing);
};
