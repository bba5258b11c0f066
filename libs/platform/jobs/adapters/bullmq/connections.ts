import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { JobsUnavailableError } from '../../jobs';
import { inTime, troubleOf } from './troubles';

/** Milliseconds after which a single command to Redis has failed. */
const COMMAND_MS = 5_000;
/** Milliseconds that a question waits for a connection. */
const READY_MS = 1_000;
const LONGEST_WAIT = 2_000;

const common: RedisOptions = {
  connectTimeout: 5_000,
  disconnectTimeout: 500,
  keepAlive: 10_000,
  retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_WAIT),
  // After a failover the address may lead to another server than the connection does.
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
};

/** The connections of one process to Redis. Whatever befalls one is told, ends nothing, and is mended by connecting again. */
export class Connections {
  /** For questions: each fails in time, and none waits long for a connection. */
  readonly asking: Redis;
  /** For those who do jobs: these wait for it, because they have nothing else to do. */
  readonly working: Redis;
  private readonly all: Redis[] = [];
  private isUntrusted = false;

  constructor(url: string, private readonly onError: (error: unknown) => void) {
    this.asking = this.watched(new Redis(url, { ...common, commandTimeout: COMMAND_MS, maxRetriesPerRequest: 1 }));
    // A server that takes commands and never answers counts as away; longer than any wait for a job.
    this.working = this.watched(new Redis(url, { ...common, maxRetriesPerRequest: null, socketTimeout: 4 * COMMAND_MS }));
  }

  /** Settles when it can be asked; fails when that is not soon. @throws JobsUnavailableError */
  async ready(): Promise<void> {
    if (this.asking.status === 'ready') return;
    try {
      await inTime(new Promise<void>((resolve) => this.asking.once('ready', resolve)), READY_MS);
    } catch (error) {
      throw this.isUntrusted ? new JobsUnavailableError('UNTRUSTED', { cause: error }) : error;
    }
  }

  /** At once; what was asked and not answered fails. */
  end(): void {
    for (const redis of this.all) redis.disconnect();
  }

  private watched(redis: Redis): Redis {
    redis.on('error', (error) => {
      this.isUntrusted = troubleOf(error) === 'UNTRUSTED';
      this.onError(error);
    });
    this.all.push(redis);
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (override) => this.watched(duplicate(override));
    return redis;
  }
}
