import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Seeded } from '#test/seeded';
import type { Process, Several } from './processes';

/** Longest wait for something that was killed to be there again, ms: everything else is being killed meanwhile. */
const AGAIN = 120_000;

/** Fails where a promise has not settled in time. */
export const within = async <T>(ms: number, what: string, promise: Promise<T>): Promise<T> => {
  const timer = new AbortController();
  const late = delay(ms, undefined, { signal: timer.signal, ref: false }).then(() => Promise.reject(new Error(`${what} has not come to an end in ${ms / 1000} s`)));
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
};

/** Something that is struck and comes back by itself a while later. */
export class Victim {
  private back: Promise<void> = Promise.resolve();
  strikes = 0;

  /** @param share of fifteen faults */
  constructor(readonly name: string, readonly share: number, private readonly strike: () => Promise<void>, private readonly comeBack: () => Promise<void>) {}

  /** Settles when it is down: it comes back while the next one is struck. @param down ms */
  async fall(down: number): Promise<void> {
    await this.standing();
    this.strikes++;
    await this.strike();
    this.back = delay(down).then(this.comeBack);
    this.back.catch(() => undefined); // told by whoever waits for it
  }

  standing(): Promise<void> {
    return within(AGAIN, `the return of ${this.name}`, this.back);
  }
}

const flush = async (url: string): Promise<void> => {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 2_000, commandTimeout: 2_000, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => undefined);
  // A Redis that is down just now has forgotten everything without being told to.
  await redis.connect().then(() => redis.flushall()).catch(() => undefined);
  redis.disconnect();
};

const victimOf = (process: Process): Victim =>
  new Victim(process.name, 1, () => process.kill(), async () => {
    process.launch();
    await process.ready();
  });

/** The processes, and what they share: that is struck more often, because every process feels it. */
export const victimsOf = (several: Several, processes: readonly Process[]): readonly Victim[] => [
  ...processes.map(victimOf),
  new Victim('event store', 3, () => several.killPeer(), () => several.startPeer()),
  new Victim('Redis', 2, () => several.redis.kill(), () => several.redis.launch()),
  new Victim('all that Redis holds', 3, () => flush(several.redis.url), async () => undefined),
  new Victim('PostgreSQL', 2, () => several.postgres.kill(), async () => void (await several.postgres.start())),
];

/** Who is struck, in which order: in every fifteen faults each has its share. */
export function* inTurn(victims: readonly Victim[], seeded: Seeded, faults: number): Generator<Victim> {
  for (let left: Victim[] = []; faults > 0; faults--) {
    if (left.length === 0) left = victims.flatMap((victim) => Array.from({ length: victim.share }, () => victim));
    yield left.splice(seeded.below(left.length), 1)[0]!;
  }
}
