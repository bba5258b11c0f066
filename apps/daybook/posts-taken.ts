import type { FastifyInstance } from 'fastify';
import { officerKey } from '#kernel';
import type { Clock } from '#kernel';
import type { Reader } from '#platform/access';
import { faultFields } from '#platform/telemetry';
import type { Logger } from '#platform/telemetry';
import { postTaken } from '#contexts/oversight';

/** Users whose last post is remembered; one who is forgotten costs a look into the ledger, which finds it the same. */
const USERS = 5_000;

interface Parts {
  readonly bus: { execute(order: ReturnType<typeof postTaken>): Promise<unknown> };
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

const postOf = ({ role, agency, team }: Reader): string => JSON.stringify([role, agency, team ?? null]);

/**
 * Writes down who is what in the service as they sign in, so that it can be said later who could see a record on a day. Holds nobody up: when it
 * cannot be written, that is logged, and tried again with the user's next request.
 */
export class PostsTaken {
  private readonly last = new Map<string, string>();

  constructor(private readonly parts: Parts) {}

  /** Notices, at every request, whoever was not seen in this post by this process before. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, _reply, done) => {
      if (request.reader) void this.saw(request.reader);
      done();
    });
  }

  /** Settles when it is written or was before, also when it cannot be. */
  async saw(reader: Reader): Promise<void> {
    const [user, post] = [officerKey(reader.id), postOf(reader)];
    if (reader.kind !== 'user' || this.last.get(user) === post) return;
    this.remember(user, post);
    try {
      await this.parts.bus.execute(postTaken(reader, this.parts.clock()));
    } catch (error) {
      if (this.last.get(user) === post) this.last.delete(user);
      this.parts.logger.error('post not recorded', faultFields(error));
    }
  }

  private remember(user: string, post: string): void {
    this.last.delete(user);
    this.last.set(user, post);
    for (const [oldest] of this.last) {
      if (this.last.size <= USERS) return;
      this.last.delete(oldest);
    }
  }
}
