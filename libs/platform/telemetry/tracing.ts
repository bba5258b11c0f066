import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Span, SpanContext, Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, RandomIdGenerator, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-node';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { coded } from './coded';
import { outcomeOf } from './outcomes';

/** Everything that a span may carry: patterns, names of the program, codes and counts. A name of a person or a record has no place among them. */
export const ATTRIBUTES = [
  'http.request.method', 'http.route', 'http.response.status_code',
  'daybook.command', 'daybook.correlation_id', 'daybook.outcome', 'daybook.category', 'daybook.events', 'daybook.log', 'daybook.reaction', 'daybook.attempt',
] as const;
export type Attributes = { readonly [K in (typeof ATTRIBUTES)[number]]?: string | number };

/** Where a span stands, for those that follow from it. */
export type Place = SpanContext;

export interface SpanBegin {
  readonly attributes?: Attributes;
  /** What it follows from without being part of it. */
  readonly links?: readonly Place[];
}

/** A request that is being answered. */
export interface RequestSpan {
  /** Runs what belongs to it, so that spans within become parts of it. */
  within(run: () => void): void;
  end(name: string, attributes: Attributes, failed: boolean): void;
}

const clean = (attributes: Attributes): Record<string, string | number> => {
  const allowed: ReadonlySet<string> = new Set(ATTRIBUTES);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => allowed.has(name)).map(([name, value]) => [name, typeof value === 'string' ? coded(value) : value]));
};

/** Gives the next root the trace id that its request has already. */
class Ids extends RandomIdGenerator {
  next: string | undefined;
  private readonly usual = this.generateTraceId;

  override generateTraceId = (): string => {
    const { next } = this;
    this.next = undefined;
    return next ?? this.usual();
  };
}

export interface TracingOptions {
  readonly exporter: SpanExporter;
  /** Of the requests and jobs, from 0 to 1. */
  readonly share: number;
  /** Who tells: the program, and which process of it. */
  readonly program: string;
  readonly process: string;
}

/** Spans of what the program does. Begins every trace itself: what a caller sends of its own is not believed. */
export class Tracing {
  private readonly ids = new Ids();
  private readonly provider: NodeTracerProvider;
  private readonly tracer: Tracer;

  constructor({ exporter, share, program, process }: TracingOptions) {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.namespace': 'daybook', 'service.name': program, 'service.instance.id': process }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }), idGenerator: this.ids, spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    this.tracer = this.provider.getTracer('daybook');
  }

  /** Of the request or job that is under way here; undefined when there is none. */
  get traceId(): string | undefined {
    return trace.getActiveSpan()?.spanContext().traceId;
  }

  /** Where this is done; undefined when nobody will be told of it. */
  get place(): Place | undefined {
    const span = trace.getActiveSpan();
    return span?.isRecording() ? span.spanContext() : undefined;
  }

  /** @param traceId 32 hexadecimal digits: the id of the request */
  request(traceId: string): RequestSpan {
    this.ids.next = traceId;
    const span = this.tracer.startSpan('request', { kind: SpanKind.SERVER, root: true }, ROOT_CONTEXT);
    const here = trace.setSpan(ROOT_CONTEXT, span);
    return {
      within: (run) => context.with(here, run),
      end: (name, attributes, failed) => {
        span.updateName(name).setAttributes(clean(attributes));
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  }

  /** Runs work as a part of what is under way. */
  span<T>(name: string, begin: SpanBegin, work: () => Promise<T>): Promise<T> {
    return this.inSpan(this.begin(name, begin, context.active()), work);
  }

  /** Runs work that begins by itself. */
  root<T>(name: string, begin: SpanBegin, work: () => Promise<T>): Promise<T> {
    return this.inSpan(this.begin(name, begin, ROOT_CONTEXT), work);
  }

  /** Tells of what took so many ms until now, elsewhere, and followed from these places; undefined when it followed from none. */
  past(name: string, attributes: Attributes, ms: number, [parent, ...links]: readonly Place[]): Place | undefined {
    if (!parent) return undefined;
    const end = Date.now();
    const span = this.tracer.startSpan(name, { startTime: end - ms, attributes: clean(attributes), links: links.map((link) => ({ context: link })) }, trace.setSpanContext(ROOT_CONTEXT, parent));
    span.end(end);
    return span.spanContext();
  }

  /** Sends what waits. */
  close(): Promise<void> {
    return this.provider.shutdown();
  }

  private begin(name: string, { attributes = {}, links = [] }: SpanBegin, parent: Context): Span {
    return this.tracer.startSpan(name, { attributes: clean(attributes), links: links.map((link) => ({ context: link })) }, parent);
  }

  private async inSpan<T>(span: Span, work: () => Promise<T>): Promise<T> {
    try {
      return await context.with(trace.setSpan(context.active(), span), work);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('daybook.outcome', outcomeOf(error));
      throw error;
    } finally {
      span.end();
    }
  }
}

/** Milliseconds after which a collector that does not answer is given up for this batch. */
const TIMEOUT = 5_000;

/** Sends traces by OTLP over HTTP (JSON). @param onLost is told each time that spans could not be sent; they are dropped */
export const otlpExporter = (url: string, onLost: () => void): SpanExporter => {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: TIMEOUT }) as unknown as SpanExporter;
  return {
    export: (spans, done) => exporter.export(spans, (result) => {
      if (result.code !== 0) onLost();
      done(result);
    }),
    shutdown: () => exporter.shutdown(),
  };
};
