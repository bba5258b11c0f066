import { Redis } from 'ioredis';
import { RedisServer, redisMissing } from '#test/redis-server';
import { bullmqJobs } from '../../index';
import { jobsContract } from '../../jobs.contract';

if (redisMissing) it.skip(`jobs in Redis: ${redisMissing}`, () => undefined);
else {
  let server: RedisServer;
  let redis: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  jobsContract('Redis', async () => ({
    open: async (options) => bullmqJobs({ ...options, url: server.url, prefix: 'contract', times: { rest: 20 } }),
    flush: async () => void (await redis.flushall()),
    close: async () => void (await redis.flushall()),
  }), { outlives: true });
}
