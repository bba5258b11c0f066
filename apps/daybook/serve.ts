import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { serveMetrics, watchCertificates } from '#platform/telemetry';
import type { MetricsServer } from '#platform/telemetry';
import { LiveStreams } from '../console';
import type { Daybook } from './compose';
import { Health } from './health';
import { Leaving } from './leaving';
import { doesDueWork, hasPages } from './parts';
import type { Part } from './parts';
import { createServer } from './server';
import { tlsAddresses } from './watch/tls-addresses';
import { watchState } from './watch/watch-state';

/** Requests under way get so long to finish when the program stops. Milliseconds. */
const GRACE = 10_000;
/** A process of several says so long that it is leaving before it does, when the settings do not say how long. Milliseconds. */
const DRAIN = 5_000;

export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Where Prometheus asks; undefined when nothing is measured. */
  readonly metricsUrl: string | undefined;
  /** Stops listening, lets requests under way finish, closes the daybook. May be called more than once. */
  stop(): Promise<void>;
}

/** Counts requests that have come in and are not answered. */
class UnderWay {
  private count = 0;
  private waiting: (() => void) | undefined;

  constructor(fastify: FastifyInstance) {
    fastify.server.on('request', (_request, response) => {
      this.count++;
      response.once('close', () => this.gone());
    });
  }

  /** Settles when there is none, or when they have had their time. */
  async finished(ms: number): Promise<void> {
    if (this.count === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.waiting = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  private gone(): void {
    if (--this.count === 0) this.waiting?.();
  }
}

interface Stopping {
  readonly app: NestFastifyApplication;
  readonly underWay: UnderWay;
  readonly leaving: Leaving;
  readonly part: Part;
  /** Milliseconds between saying that nobody is to be sent here and closing the door. */
  readonly drain: number;
}

const stopServing = async ({ app, underWay, leaving, part, drain }: Stopping): Promise<void> => {
  const { server } = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await leaving.begin(drain);
  server.close();
  server.closeIdleConnections();
  if (hasPages(part)) app.get(LiveStreams).close();
  await underWay.finished(GRACE);
  await app.close();
};

/** Metrics have an address of their own, never one that pages and API answer at. */
const metricsOf = async (daybook: Daybook, app: NestFastifyApplication, part: Part): Promise<MetricsServer | undefined> => {
  const { settings: { telemetry }, watch: { telemetry: { metrics, program } } } = daybook;
  if (!metrics || !telemetry.metrics) return undefined;
  const health = app.get(Health);
  watchState(metrics, program, { ...daybook, readiness: () => health.readiness(), openStreams: () => (hasPages(part) ? app.get(LiveStreams).count : 0) });
  watchCertificates(metrics, tlsAddresses(daybook.settings));
  return serveMetrics(metrics, telemetry.metrics);
};

/** Serves a daybook, or the part of it that is this process's, at the address of its settings until it is stopped. */
export const serve = async (daybook: Daybook, part: Part = 'all'): Promise<RunningServer> => {
  if (part !== 'worker') daybook.signIn.checkServing();
  const leaving = new Leaving();
  const app = await createServer(daybook, part, leaving);
  const underWay = new UnderWay(app.getHttpAdapter().getInstance() as unknown as FastifyInstance);
  const { listen, port, drain = part === 'all' ? 0 : DRAIN } = daybook.settings;
  const metrics = await metricsOf(daybook, app, part);
  try {
    await app.listen(port, listen);
  } catch (error) {
    await metrics?.close();
    throw error;
  }
  daybook.signIn.listening(await app.getUrl());
  if (doesDueWork(part)) daybook.dueWork.begin();
  let stopped: Promise<void> | undefined;
  // If it dies after the server has stopped, everything acknowledged is on disk; the folder's lock goes with the process.
  const stop = (): Promise<void> => (stopped ??= stopServing({ app, underWay, leaving, part, drain }).finally(() => metrics?.close()).finally(() => daybook.close()));
  return { url: await app.getUrl(), metricsUrl: metrics?.url, stop };
};

/** Stops the server when the operating system or a terminal asks for it; a second request ends the process at once. */
export const stopOnSignals = (running: RunningServer): void => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void running.stop().then(() => process.exit(0), () => process.exit(1));
    });
  }
};
