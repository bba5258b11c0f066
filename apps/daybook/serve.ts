import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { LiveStreams } from '../console';
import type { Daybook } from './compose';
import { createServer } from './server';

/** Requests under way get so long to finish when the program stops. Milliseconds. */
const GRACE = 10_000;

export interface RunningServer {
  /** Where it listens, for example `http://127.0.0.1:3000`. */
  readonly url: string;
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

const stopServing = async (app: NestFastifyApplication, underWay: UnderWay): Promise<void> => {
  const { server } = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.close();
  server.closeIdleConnections();
  app.get(LiveStreams).close();
  await underWay.finished(GRACE);
  await app.close();
};

/** Serves a daybook at the address of its settings until it is stopped. */
export const serve = async (daybook: Daybook): Promise<RunningServer> => {
  daybook.signIn.checkServing();
  const app = await createServer(daybook);
  const underWay = new UnderWay(app.getHttpAdapter().getInstance() as unknown as FastifyInstance);
  const { listen, port } = daybook.settings;
  await app.listen(port, listen);
  daybook.signIn.listening(await app.getUrl());
  daybook.dueWork.begin();
  let stopped: Promise<void> | undefined;
  // If it dies after the server has stopped, everything acknowledged is on disk; the folder's lock goes with the process.
  const stop = (): Promise<void> => (stopped ??= stopServing(app, underWay).finally(() => daybook.close()));
  return { url: await app.getUrl(), stop };
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
