import { Redis } from 'ioredis';
import type { CommandContext, Decider, Message } from '#kernel';
import { EventCodec, Ledger, memoryEventStore, START } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { bullmqJobs, jobId, Reconciler } from '#platform/jobs';
import type { Doing, Due, Jobs, JobsTrouble, Reaction } from '#platform/jobs';
import { memoryKeyStore, openVault } from '#platform/vault';
import { freePort, RedisServer, redisMissing } from '#test/redis-server';
import { Seeded } from '#test/seeded';
import { SlowProxy } from '#test/slow-proxy';

const ROUNDS = process.env.DAYBOOK_FAULTS === 'soak' ? 1_000 : 60;
const seed = Number(process.env.DAYBOOK_SEED ?? Date.now() % 2 ** 31);
const DAY = '2019-12-31';
const JOBS = 24;
const PREFIX = 'faults';
/** What takes longer is told of. */
const LONG_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await pause(10);
};

type Escalated = Message<'Escalated', { readonly subject: string }>;
type Escalate = Message<'Escalate', { readonly subject: string }> & { readonly context: CommandContext };

const escalation: Decider<Escalate, boolean, Escalated> = {
  initialState: false,
  decide: ({ data }, done) => (done ? [] : [{ type: 'Escalated', data }]),
  evolve: () => true,
};

const contextOf = (attempt: number): CommandContext => ({
  commandId: `00000000-0000-5000-8000-${String(attempt).padStart(12, '0')}`, correlationId: 'c', actor: { kind: 'system', id: 'test' },
  effectiveAt: { precision: 'day', from: '2019-12-31' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT',
});

/** Escalates into a ledger; every attempt is a command of its own, so that its decider alone says whether it is done. */
class Escalations implements Reaction {
  readonly name = 'escalate';
  readonly done = new Set<string>();
  attempts = 0;
  private subjects: readonly string[] = [];
  private hook: { readonly at: number; readonly befall: () => void } | undefined;

  constructor(private readonly ledger: Ledger, private readonly random: Seeded) {}

  /** New work, and what befalls once so many of it are done. */
  give(subjects: readonly string[], at: number, befall: () => void): void {
    this.subjects = subjects;
    this.hook = { at: this.done.size + at, befall };
  }

  get left(): number {
    return this.subjects.filter((subject) => !this.done.has(subject)).length;
  }

  get isDone(): boolean {
    return this.subjects.every((subject) => this.done.has(subject));
  }

  due({ after, limit }: { readonly after?: Due; readonly limit: number }): readonly Due[] {
    return this.subjects.filter((subject) => !this.done.has(subject) && (!after || subject > after.subject)).slice(0, limit).map((subject) => ({ subject, due: DAY }));
  }

  async perform({ subject }: Doing): Promise<void> {
    await pause(this.random.below(20));
    await this.ledger.transact(escalation, `action-${subject}`, { type: 'Escalate', data: { subject }, context: contextOf(this.attempts++) });
    this.done.add(subject);
    if (!this.hook || this.done.size < this.hook.at) return;
    const { befall } = this.hook;
    this.hook = undefined;
    befall();
  }
}

/** A Redis, what may befall it, and how to ask it past all that. */
interface Ground {
  readonly server: RedisServer;
  readonly proxy: SlowProxy;
  readonly direct: Redis;
  readonly random: Seeded;
  /** Settles when a program says of its health that this is the matter. */
  says(trouble: JobsTrouble): Promise<void>;
  /** Subjects of this round. */
  readonly subjects: readonly string[];
}

const key = (name: string): string => `daybook-${PREFIX}:escalate:${name}`;
const idOf = (subject: string): string => jobId({ reaction: 'escalate', subject, due: DAY });

const wrongData: readonly ((ground: Ground) => Promise<unknown>)[] = [
  ({ direct }) => direct.multi().del(key('wait')).set(key('wait'), 'not a list').exec(),
  ({ direct }) => direct.multi().del(key('active')).set(key('active'), 'not a list').exec(),
  ({ direct }) => direct.multi().del(key('failed')).hset(key('failed'), 'a', 'b').exec(),
  ({ direct }) => direct.multi().del(key('meta')).set(key('meta'), 'not a hash').exec(),
  ({ direct }) => direct.del(key('wait')),
  ({ direct }) => direct.del(key('wait'), key('active'), key('marker')),
  ({ direct }) => direct.lpush(key('wait'), 'nothing', 'like:a:job', '7'),
  ({ direct }) => direct.zadd(key('delayed'), '0', 'nothing'),
  ({ direct, subjects }) => Promise.all(subjects.map((subject) => direct.hset(key(idOf(subject)), 'data', '{ not JSON'))),
  ({ direct, subjects }) => Promise.all(subjects.map((subject) => direct.hset(key(idOf(subject)), 'data', '{"reaction":"escalate","subject":"another","due":"2019-01-01"}'))),
  ({ direct, subjects }) => Promise.all(subjects.map((subject) => direct.set(key(idOf(subject)), 'not a hash'))),
  ({ direct, subjects }) => Promise.all(subjects.map((subject) => direct.del(key(idOf(subject))))),
];

const faults: Readonly<Record<string, { readonly share: number; readonly befall: (ground: Ground) => Promise<unknown> }>> = {
  'kill -9': {
    share: 9,
    befall: async ({ server, says, random }) => {
      await server.kill();
      await says('UNREACHABLE');
      await pause(random.below(300));
      await server.launch();
    },
  },
  FLUSHALL: { share: 17, befall: ({ direct }) => direct.flushall() },
  'SIGSTOP for 5 s': {
    share: 4,
    befall: async ({ server, says }) => {
      server.signal('SIGSTOP');
      await Promise.all([says('UNREACHABLE'), pause(5_000)]);
      server.signal('SIGCONT');
    },
  },
  '2 s of latency': {
    share: 4,
    befall: async ({ proxy, says }) => {
      proxy.delay = 2_000;
      await Promise.all([says('UNREACHABLE'), pause(3_000)]);
      proxy.delay = 0;
    },
  },
  'a read-only replica': {
    share: 10,
    befall: async ({ direct, says, random }) => {
      await direct.replicaof('127.0.0.1', await freePort());
      await says('READ_ONLY');
      await pause(random.below(300));
      await direct.replicaof('NO', 'ONE');
    },
  },
  'wrong data': { share: 16, befall: (ground) => ground.random.pick(wrongData)(ground) },
};

const inLog = async (store: EventStore): Promise<readonly string[]> => {
  const streams: string[] = [];
  for await (const page of store.readAll(START)) streams.push(...page.map(({ stream }) => stream));
  return streams.sort();
};

class Room {
  readonly troubles = new Set<JobsTrouble>();
  private readonly programs: { readonly jobs: Jobs; readonly reconciler: Reconciler }[] = [];

  private constructor(readonly server: RedisServer, readonly proxy: SlowProxy, readonly direct: Redis, readonly random: Seeded, readonly store: EventStore, readonly work: Escalations) {}

  static async open(random: Seeded): Promise<Room> {
    const server = await RedisServer.start('--appendonly', 'yes');
    const direct = new Redis(server.url, { maxRetriesPerRequest: null });
    direct.on('error', () => undefined);
    const store = memoryEventStore();
    const ledger = new Ledger(store, new EventCodec(), await openVault(memoryKeyStore()), () => Date.parse(`${DAY}T17:00:00Z`), 'test');
    const room = new Room(server, await SlowProxy.before(server.port), direct, random, store, new Escalations(ledger, random));
    for (let i = 0; i < 2; i++) room.join();
    return room;
  }

  /** One round: new work, what befalls in the midst of it, and that all of it is done once. */
  async round(n: number, befall: (ground: Ground) => Promise<unknown>): Promise<void> {
    const subjects = Array.from({ length: JOBS }, (_, i) => `${String(n).padStart(4, '0')}-${String(i).padStart(2, '0')}`);
    let over: Promise<unknown> | undefined;
    this.work.give(subjects, 1 + this.random.below(JOBS / 2), () => { over = befall({ ...this, says: (trouble) => this.says(trouble), subjects }); });
    await this.orTold(`round ${n} to be over`, async () => {
      await until(() => this.work.isDone && over !== undefined);
      await over;
    });
  }

  /** Whoever waits for long says for what, so that a run that does not end can be understood. */
  async orTold(what: string, waits: () => Promise<void>): Promise<void> {
    const late = setTimeout(() => void this.told().then((told) => process.stderr.write(`waits for ${what}, ${this.work.left} are not done: ${told}\n`)), LONG_MS);
    await waits();
    clearTimeout(late);
  }

  /** What the programs and Redis say of themselves, for whoever looks into a round that does not end. */
  private async told(): Promise<string> {
    const programs = await Promise.all(this.programs.map(async ({ jobs, reconciler }) => ({ health: await jobs.health(), running: await jobs.running().catch(String), dead: await jobs.deadLetters(5).catch(String), lags: reconciler.lags() })));
    const keys = await Promise.race([this.direct.keys('*'), pause(1_000)]);
    return JSON.stringify({ programs, keys, role: (await Promise.race([this.direct.info('replication'), pause(1_000)])) ?? 'no answer' });
  }

  async isWell(): Promise<boolean> {
    const healths = await Promise.all(this.programs.map(({ jobs }) => jobs.health()));
    return healths.every(({ reactions, troubles }) => troubles.length === 0 && reactions.every(({ waiting, running, dead }) => waiting + running + dead === 0));
  }

  async close(): Promise<void> {
    for (const { jobs, reconciler } of this.programs) {
      await reconciler.stop();
      await jobs.close(1_000);
    }
    this.direct.disconnect();
    await this.proxy.close();
    await this.server.stop();
  }

  private join(): void {
    const reactions = [this.work];
    const jobs = bullmqJobs({
      reactions, url: `redis://127.0.0.1:${this.proxy.port}`, prefix: PREFIX, workers: 2, attempts: { most: 10, wait: () => 20 },
      times: { lock: 8_000, lookForLost: 500, look: 1_000, rest: 50, suspect: 400 }, onTrouble: (trouble) => this.troubles.add(trouble),
    });
    const reconciler = new Reconciler({ jobs, reactions, clock: () => Date.parse(`${DAY}T17:00:00Z`), every: 100, gap: 50, page: 10 });
    jobs.start();
    reconciler.start();
    this.programs.push({ jobs, reconciler });
  }

  private async says(trouble: JobsTrouble): Promise<void> {
    const [{ jobs }] = this.programs as [typeof this.programs[0]];
    await until(async () => (await jobs.health()).troubles.includes(trouble));
  }
}

const run = redisMissing ? describe.skip : describe;

run(`work that is due, done by two programs over one Redis${redisMissing ? ` (${redisMissing})` : ''}, in ${ROUNDS} rounds (DAYBOOK_SEED=${seed})`, () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  beforeAll(() => void process.on('unhandledRejection', note));
  afterAll(() => void process.off('unhandledRejection', note));

  const shares = Object.values(faults).reduce((sum, { share }) => sum + share, 0);
  it.concurrent.each(Object.keys(faults))('has one effect each under %s, and all is well again by itself', async (name) => {
    const { share, befall } = faults[name]!;
    const rounds = Math.round((ROUNDS * share) / shares);
    const room = await Room.open(new Seeded(seed + share + name.length));
    try {
      for (let n = 0; n < rounds; n++) await room.round(n, befall);
      await room.orTold('all to be well', () => until(() => room.isWell()));
      const subjects = Array.from({ length: rounds * JOBS }, (_, i) => `action-${String(Math.floor(i / JOBS)).padStart(4, '0')}-${String(i % JOBS).padStart(2, '0')}`);
      expect(await inLog(room.store)).toEqual(subjects);
      if (name === 'wrong data') expect(room.troubles).toContain('WRONG_DATA');
    } finally {
      await room.close();
    }
    expect(uncaught).toEqual([]);
  }, 1_200_000);
});

