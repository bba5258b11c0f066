import { KurrentEventStore } from '#platform/event-store';
import type { EmbeddedEventStore, FollowState } from '#platform/event-store';
import type { JobsTrouble } from '#platform/jobs';
import type { Families, Metrics } from '#platform/telemetry';
import type { Daybook } from '../compose';
import type { Readiness } from '../health';

const STATES: readonly FollowState[] = ['CATCHING_UP', 'LIVE', 'AWAY', 'DIVERGED'];
const TROUBLES: readonly JobsTrouble[] = ['UNREACHABLE', 'UNTRUSTED', 'READ_ONLY', 'MAY_EVICT', 'WRONG_DATA', 'REFUSED'];

/** Longest wait for the copy of the log when the metrics are asked for, ms. */
const PATIENCE = 2_000;

const flag = (value: boolean): number => (value ? 1 : 0);

/** An embedded log is live while it takes what is written. */
const stateOf = (store: EmbeddedEventStore): FollowState => {
  if (store instanceof KurrentEventStore) return store.following;
  return store.trouble === undefined ? 'LIVE' : 'AWAY';
};

/** How long the copy on this host takes to hold what the server holds just now, seconds; no more than the patience. */
const copyLag = async (store: KurrentEventStore): Promise<number> => {
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([store.head().catch(() => new Promise(() => undefined)), new Promise((resolve) => { timer = setTimeout(resolve, PATIENCE); })]);
  clearTimeout(timer);
  return (performance.now() - begun) / 1000;
};

const watchStore = (metrics: Metrics, store: EmbeddedEventStore): void => {
  const { families } = metrics;
  families.storeInfo.labels(store instanceof KurrentEventStore ? 'kurrentdb' : 'embedded').set(1);
  let live = performance.now();
  metrics.onAsked('log', async () => {
    const state = stateOf(store);
    for (const each of STATES) families.storeState.labels(each).set(flag(each === state));
    if (state === 'LIVE') live = performance.now();
    families.storeNotLive.set(state === 'LIVE' ? 0 : (performance.now() - live) / 1000);
    families.head.set(store.currentHead().number);
    families.commits.reset();
    families.commits.inc(store.commits);
    if (store instanceof KurrentEventStore) families.copyLag.set(await copyLag(store));
  });
};

const setReadModels = (families: Families, { readModels }: Readiness): void => {
  for (const { name, lagEvents, lagSeconds, parkedStreams } of readModels) {
    families.lagEvents.labels(name).set(lagEvents);
    families.lagSeconds.labels(name).set(lagSeconds);
    families.parked.labels(name).set(parkedStreams);
  }
};

/** What cannot be asked is left out: no number is another thing than none. */
const setJobs = (families: Families, { jobs }: Readiness): void => {
  families.jobs.reset();
  families.jobWait.reset();
  for (const { reaction, waiting, running, dead, oldestWaitSeconds, lagSeconds } of jobs) {
    for (const [state, count] of Object.entries({ waiting, running, dead })) if (count !== null) families.jobs.labels(reaction, state).set(count);
    if (waiting !== null) families.jobWait.labels(reaction).set(oldestWaitSeconds ?? 0);
    families.dueLag.labels(reaction).set(lagSeconds);
  }
};

const setCheckpoints = (families: Families, { checkpoint: { newestAgeSeconds: here, newestOutsideAgeSeconds: outside } }: Readiness): void => {
  families.checkpointAge.reset();
  for (const [place, age] of Object.entries({ here, outside })) if (age !== null) families.checkpointAge.labels(place).set(age);
};

/** The parts of a program whose state is looked at when the metrics are asked for. */
export interface Watched extends Pick<Daybook, 'store' | 'keysBehind' | 'dueWork' | 'signIn' | 'program'> {
  readonly readiness: () => Promise<Readiness>;
  readonly openStreams: () => number;
}

/** Has the metrics tell how a program stands whenever they are asked for. */
export const watchState = (metrics: Metrics, name: string, { store, keysBehind, dueWork, signIn, program, readiness, openStreams }: Watched): void => {
  const { families } = metrics;
  families.info.labels(name, program.split(' ').at(-1)!).set(1);
  families.keysBehind.set(flag(keysBehind));
  watchStore(metrics, store);
  metrics.onAsked('health', async () => {
    const seen = await readiness();
    families.ready.set(flag(seen.ready));
    families.degraded.set(flag(seen.degraded));
    families.spool.set(seen.spoolLength);
    for (const set of [setReadModels, setJobs, setCheckpoints]) set(families, seen);
  });
  metrics.onAsked('jobs', async () => {
    const { troubles } = await dueWork.jobs.health();
    for (const trouble of TROUBLES) families.jobsTrouble.labels(trouble).set(flag(troubles.includes(trouble)));
  });
  metrics.onAsked('sessions', async () => families.sessions.set((await signIn.sessions.all()).length));
  metrics.onAsked('pages', () => families.liveStreams.set(openStreams()));
};
