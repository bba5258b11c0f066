import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Whether a process is about to stop: it says at `/health/ready` that nobody is to be sent to it, and answers those who come all the same. */
export class Leaving {
  private leaving = false;

  get begun(): boolean {
    return this.leaving;
  }

  /** Has each answer end its connection from the time of leaving on: whoever keeps one open would send the next request into a closed door. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      if (this.leaving) void reply.header('Connection', 'close');
      done(null, payload);
    });
  }

  /** Settles when whoever hands out requests has had so long to hear of it, ms. */
  async begin(ms: number): Promise<void> {
    this.leaving = true;
    if (ms > 0) await delay(ms);
  }
}
