import { inProcessJobs, Reconciler } from './index';
import type { DueQuestion, Job, Jobs, Reaction } from './index';
import { Escalations, until } from './jobs.contract';

const clock = (): number => Date.parse('2019-12-31T17:00:00Z');

describe('the reconciler', () => {
  let jobs: Jobs;
  let running: Reconciler[];
  beforeEach(() => { running = []; });
  afterEach(async () => {
    for (const reconciler of running) await reconciler.stop();
    await jobs.close(0);
  });
  const over = (reactions: readonly Reaction[], more: Partial<ConstructorParameters<typeof Reconciler>[0]> = {}): Reconciler => {
    jobs = inProcessJobs({ reactions });
    const reconciler = new Reconciler({ jobs, reactions, clock, ...more });
    running.push(reconciler);
    return reconciler;
  };
  const waiting = async (): Promise<readonly number[]> => (await jobs.health()).reactions.map((counts) => counts.waiting);

  it('makes sure of a job for all that is due, page by page, at the moment of the injected clock', async () => {
    const work = new Escalations(25);
    const asked: DueQuestion[] = [];
    const reaction: Reaction = { name: work.name, due: (question) => (asked.push(question), work.due(question)), perform: (doing) => work.perform(doing) };
    await over([reaction], { page: 10 }).round();
    expect([await waiting(), asked.map(({ now, after, limit }) => [now, after?.subject, limit])])
      .toEqual([[25], [[clock(), undefined, 10], [clock(), 'action-0009', 10], [clock(), 'action-0019', 10]]]);
  });

  it('ends with a reaction that answers the same page for ever', async () => {
    const reaction: Reaction = { name: 'same', due: () => [{ subject: 'a', due: '2019-01-01' }, { subject: 'b', due: '2019-01-01' }], perform: async () => undefined };
    await over([reaction], { page: 2 }).round();
    expect(await waiting()).toEqual([2]);
  });

  it('is not stopped in one reaction by another that fails, says which fails and why, and takes it back when it does not', async () => {
    let broken = true;
    const told: unknown[] = [];
    const failing: Reaction = { name: 'failing', due: () => { if (broken) throw Object.assign(new Error(), { code: 'STORE_UNAVAILABLE' }); return []; }, perform: async () => undefined };
    const reconciler = over([failing, new Escalations(3)], { onFailed: (reaction) => told.push(reaction) });
    await reconciler.round();
    expect([await waiting(), told, reconciler.lags().map(({ failing: code }) => code)]).toEqual([[0, 3], ['failing'], ['STORE_UNAVAILABLE', undefined]]);
    broken = false;
    await reconciler.round();
    expect(reconciler.lags().map(({ failing: code }) => code)).toEqual([undefined, undefined]);
  });

  it('never asks twice at the same time', async () => {
    let [under, most, rounds] = [0, 0, 0];
    const slow: Reaction = {
      name: 'slow', perform: async () => undefined,
      due: async () => {
        rounds++;
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        return [];
      },
    };
    const reconciler = over([slow], { gap: 1 });
    reconciler.start();
    await Promise.all([reconciler.round(), reconciler.round()]);
    reconciler.request();
    await until(() => rounds > 1 && under === 0);
    expect(most).toBe(1);
  });

  it('asks again soon after something was recorded, and by itself in the end', async () => {
    let rounds = 0;
    const counted: Reaction = { name: 'counted', due: () => (rounds++, []), perform: async () => undefined };
    const [asked, byItself] = [over([counted], { gap: 1 }), over([counted], { gap: 1, every: 2 })];
    asked.start();
    await until(() => rounds === 1);
    asked.request();
    await until(() => rounds === 2);
    await asked.stop();
    byItself.start();
    await until(() => rounds > 5);
  });

  it('tells how long ago its due work was last asked for to the end', async () => {
    let elapsed = 0;
    const work = new Escalations(6);
    const reconciler = over([work], { elapsed: () => elapsed, page: 2, mostWaiting: 4 });
    elapsed = 30_000;
    await reconciler.round();
    expect([await waiting(), reconciler.lags()]).toEqual([[4], [{ reaction: 'escalate', lagSeconds: 30 }]]);
    jobs.start();
    await until(() => work.recorded.length === 4);
    await reconciler.round();
    elapsed = 40_000;
    expect(reconciler.lags()).toEqual([{ reaction: 'escalate', lagSeconds: 10 }]);
  });

  it('forgets dead jobs that are not due any more, and those alone', async () => {
    const work = new Escalations(3, () => { throw new Error('broken'); });
    const reactions = [work];
    jobs = inProcessJobs({ reactions, attempts: { most: 1, wait: () => 1 } });
    const reconciler = new Reconciler({ jobs, reactions, clock });
    await reconciler.round();
    jobs.start();
    await until(async () => (await jobs.deadLetters(3)).length === 3);
    work.recorded.push('action-0001');
    await reconciler.round();
    expect((await jobs.deadLetters(3)).map(({ subject }) => subject).sort()).toEqual(['action-0000', 'action-0002']);
  });

  it('takes no id that could be a name', async () => {
    const made: Job[] = [];
    const reaction: Reaction = { name: 'careless', due: () => [{ subject: 'Ann Other', due: '2019-12-31' }], perform: async () => undefined };
    const reconciler = over([reaction], { jobs: { ensure: async (some) => void made.push(...some), forgetDead: async () => undefined, waiting: async () => 0 } });
    await reconciler.round();
    expect([made, reconciler.lags()[0]!.failing]).toEqual([[], 'MALFORMED']);
  });
});
