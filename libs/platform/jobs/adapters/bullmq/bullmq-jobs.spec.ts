import { Redis } from 'ioredis';
import { freePort, RedisServer, redisMissing } from '#test/redis-server';
import { bullmqJobs } from '../../index';
import type { BullmqOptions, JobsTrouble } from '../../index';
import { Escalations, jobsContract, until } from '../../jobs.contract';
import { troubleOf } from './troubles';

describe('an error of the queue', () => {
  it.each<[string, JobsTrouble | undefined]>([
    ["READONLY You can't write against a read only replica. script: 1f, on @user_script:1.", 'READ_ONLY'],
    ['WRONGTYPE Operation against a key holding the wrong kind of value', 'WRONG_DATA'],
    ['ERR user_script:64: attempt to compare nil with number', 'WRONG_DATA'],
    ["OOM command not allowed when used memory > 'maxmemory'. script: 1f, on @user_script:1.", 'REFUSED'],
    ["NOPERM User daybook has no permissions to run the 'eval' command", 'REFUSED'],
    ['Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option for details.', 'UNREACHABLE'],
    ['connect ECONNREFUSED 127.0.0.1:6379', 'UNREACHABLE'], ['Command timed out', 'UNREACHABLE'], ['Connection is closed.', 'UNREACHABLE'],
    ['LOADING Redis is loading the dataset in memory', 'UNREACHABLE'],
    ['Missing lock for job escalate~a~2019-12-31. moveToFinished', undefined], ['Missing key for job escalate~a~2019-12-31. moveToFinished', undefined],
    ['something new', 'REFUSED'],
  ])('%s: %s', (message, trouble) => expect(troubleOf(new Error(message))).toBe(trouble));

  it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])(
    '%s: its certificate is not accepted', (code) => expect(troubleOf(Object.assign(new Error('certificate of redis.example'), { code }))).toBe('UNTRUSTED'));
});

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
  const at = (more: Partial<BullmqOptions> & Pick<BullmqOptions, 'reactions'>): BullmqOptions =>
    ({ url: server.url, prefix: 'contract', attempts: { most: 2, wait: () => 1 }, times: { rest: 20 }, ...more });

  jobsContract('Redis', async () => ({
    open: async (options) => bullmqJobs(at(options)),
    flush: async () => void (await redis.flushall()),
    close: async () => void (await redis.flushall()),
  }), { outlives: true });

  describe('jobs in Redis', () => {
    afterEach(async () => void (await redis.flushall()));

    it('leave nothing there but ids, dates and codes', async () => {
      const work = new Escalations(2, () => { throw Object.assign(new Error('no such person: Ann Other'), { path: '/home/ann' }); });
      const jobs = bullmqJobs(at({ reactions: [work] }));
      await jobs.ensure(work.jobs);
      jobs.start();
      await until(async () => (await jobs.deadLetters(2)).length === 2);
      await jobs.close(1_000);
      const hash = await redis.hgetall('daybook-contract:escalate:escalate~action-0000~2019-12-31');
      expect(hash).toMatchObject({ data: JSON.stringify(work.jobs[0]), failedReason: 'FAULT', stacktrace: '[]' });
      expect(JSON.stringify(hash)).not.toMatch(/Ann|person|home/i);
    });

    it('of two ledgers are not taken for each other', async () => {
      const [one, other] = [new Escalations(3), new Escalations(3)];
      const [ours, theirs] = [bullmqJobs(at({ reactions: [one] })), bullmqJobs(at({ reactions: [other], prefix: 'another' }))];
      await ours.ensure(one.jobs);
      theirs.start();
      expect([await ours.waiting('escalate'), await theirs.waiting('escalate')]).toEqual([3, 0]);
      await Promise.all([ours.close(0), theirs.close(0)]);
      expect(other.performed).toEqual([]);
    });

    it('say that they may be thrown away when the memory is full', async () => {
      const jobs = bullmqJobs(at({ reactions: [] }));
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
      expect((await jobs.health()).troubles).toEqual(['MAY_EVICT']);
      await redis.config('SET', 'maxmemory-policy', 'noeviction');
      expect((await jobs.health()).troubles).toEqual([]);
      await jobs.close(0);
    });

    it('say that something else stood in their place until they are asked for again, also when nothing is due', async () => {
      const [key, jobs] = ['daybook-contract:escalate:wait', bullmqJobs(at({ reactions: [new Escalations(1)] }))];
      await redis.set(key, 'not a list');
      await expect(jobs.waiting('escalate')).rejects.toThrow();
      expect((await jobs.health()).troubles).toEqual(['WRONG_DATA']);
      await until(async () => (await redis.exists(key)) === 0);
      expect([await jobs.waiting('escalate'), (await jobs.health()).troubles]).toEqual([0, []]);
      await jobs.close(0);
    });

    it('are refused in time while nobody listens, also at the start, and are done when somebody does', async () => {
      const port = await freePort();
      const work = new Escalations(2);
      const told: JobsTrouble[] = [];
      const jobs = bullmqJobs(at({ reactions: [work], url: `redis://127.0.0.1:${port}`, onTrouble: (trouble) => told.push(trouble) }));
      jobs.start();
      await expect(jobs.ensure(work.jobs)).rejects.toMatchObject({ code: 'JOBS_UNAVAILABLE', trouble: 'UNREACHABLE' });
      expect([(await jobs.health()).troubles, told[0]]).toEqual([['UNREACHABLE'], 'UNREACHABLE']);
      const late = await RedisServer.start('--port', String(port));
      await until(() => jobs.ensure(work.jobs).then(() => true, () => false));
      await until(() => work.isDone);
      await jobs.close(1_000);
      await late.stop();
    });

    it('end in time when Redis is away at the stop', async () => {
      const own = await RedisServer.start();
      const work = new Escalations(1, () => new Promise(() => undefined));
      const jobs = bullmqJobs(at({ reactions: [work], url: own.url }));
      await jobs.ensure(work.jobs);
      jobs.start();
      await until(() => work.performed.length === 1);
      await own.stop();
      await jobs.close(1);
      await expect(jobs.health()).resolves.toMatchObject({ reactions: [] });
    });
  });
}
