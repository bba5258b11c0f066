import { jobId, Reconciler } from './index';
import type { Doing, Due, Job, Jobs, JobsOptions, Reaction } from './index';

/** A place where jobs are kept. */
export interface Place {
  /** A program that works there. */
  open(options: JobsOptions): Promise<Jobs>;
  /** Loses everything that is kept there; programs that are open go on. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const DAY = '2019-12-31';
const quick = { most: 3, wait: () => 1 };

/** Asks until it holds. The test ends by its own limit when it never does. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** Work as the product has it: due until it is recorded, and recorded once, however often it is done. */
export class Escalations implements Reaction {
  readonly recorded: string[] = [];
  readonly performed: Job[] = [];
  readonly name: string;
  private readonly due_: readonly Due[];

  constructor(count: number, private readonly before: (doing: Doing) => Promise<void> | void = () => undefined, name = 'escalate') {
    this.name = name;
    this.due_ = Array.from({ length: count }, (_, i) => ({ subject: `action-${String(i).padStart(4, '0')}`, due: DAY }));
  }

  get jobs(): readonly Job[] {
    return this.due_.map((due) => ({ reaction: this.name, ...due }));
  }

  due({ after, limit }: { readonly after?: Due; readonly limit: number }): readonly Due[] {
    return this.due_.filter(({ subject }) => !this.recorded.includes(subject) && (!after || subject > after.subject)).slice(0, limit);
  }

  async perform(doing: Doing): Promise<void> {
    const { reaction, subject, due } = doing;
    this.performed.push({ reaction, subject, due });
    await this.before(doing);
    this.decide(subject);
  }

  get isDone(): boolean {
    return this.recorded.length === this.due_.length;
  }

  private decide(subject: string): void {
    if (!this.recorded.includes(subject)) this.recorded.push(subject);
  }
}

const reconcilerOf = (jobs: Jobs, ...reactions: readonly Reaction[]): Reconciler => new Reconciler({ jobs, reactions, clock: () => Date.parse(`${DAY}T17:00:00Z`), page: 7 });
const countsOf = async (jobs: Jobs) => (await jobs.health()).reactions.map(({ waiting, running, dead }) => ({ waiting, running, dead }));
const NONE = { waiting: 0, running: 0, dead: 0 };

/** What every place where jobs are kept must do. `lay` makes a new, empty one. A place that outlives its programs can be flushed under them. */
export const jobsContract = (name: string, lay: () => Promise<Place>, { outlives }: { readonly outlives: boolean }): void =>
  describe(`${name} keeps the contract of jobs`, () => {
    let place: Place;
    let opened: Jobs[];
    beforeEach(async () => {
      place = await lay();
      opened = [];
    });
    afterEach(async () => {
      for (const jobs of opened) await jobs.close(0);
      await place.close();
    });
    const open = async (reaction: Reaction, more: Partial<JobsOptions> = {}): Promise<Jobs> => {
      const jobs = await place.open({ reactions: [reaction], attempts: quick, ...more });
      opened.push(jobs);
      return jobs;
    };

    it('does each job, and keeps nothing of it', async () => {
      const work = new Escalations(20);
      const jobs = await open(work);
      await jobs.ensure(work.jobs);
      jobs.start();
      await until(() => work.isDone);
      await until(async () => (await countsOf(jobs))[0]!.running === 0);
      expect([await countsOf(jobs), [...work.recorded].sort()]).toEqual([[NONE], work.jobs.map(({ subject }) => subject)]);
    });

    it('has jobs wait until it is started, and says how long', async () => {
      const work = new Escalations(2);
      let now = 1_000_000;
      const jobs = await open(work, { now: () => now });
      await jobs.ensure(work.jobs);
      now += 90_000;
      expect((await jobs.health()).reactions).toEqual([{ reaction: 'escalate', waiting: 2, running: 0, dead: 0, oldestWaitSeconds: 90 }]);
    });

    it('makes a job once, however often and by however many it is asked for', async () => {
      const work = new Escalations(3);
      const jobs = await open(work);
      await Promise.all([jobs.ensure(work.jobs), jobs.ensure([...work.jobs, ...work.jobs]), jobs.ensure(work.jobs)]);
      expect([await jobs.waiting('escalate'), await countsOf(jobs)]).toEqual([3, [{ ...NONE, waiting: 3 }]]);
    });

    it('tells the same subject due at another time from the first', async () => {
      const work = new Escalations(0);
      const jobs = await open(work);
      const job = { reaction: 'escalate', subject: 'action-1', due: DAY };
      await jobs.ensure([job, { ...job, due: '2020-01-28' }, { ...job, due: '2020-01-28T09:00:00.000Z' }]);
      expect(await jobs.waiting('escalate')).toBe(3);
    });

    it('refuses what could be a name', async () => {
      const jobs = await open(new Escalations(0));
      await expect(jobs.ensure([{ reaction: 'escalate', subject: 'Ann Other', due: DAY }])).rejects.toMatchObject({ code: 'MALFORMED', field: 'subject' });
    });

    it('does not take more at a time than it has workers', async () => {
      let [now, most] = [0, 0];
      const work = new Escalations(12, async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 2));
        now--;
      });
      const jobs = await open(work, { workers: 3 });
      await jobs.ensure(work.jobs);
      jobs.start();
      await until(() => work.isDone);
      expect(most).toBe(3);
    });

    it('is not held up in one reaction by another', async () => {
      let release = (): void => undefined;
      const stuck = new Escalations(5, () => new Promise<void>((resolve) => { release = resolve; }), 'stuck');
      const work = new Escalations(5);
      const jobs = await place.open({ reactions: [stuck, work], attempts: quick, workers: 1 });
      opened.push(jobs);
      await jobs.ensure([...stuck.jobs, ...work.jobs]);
      jobs.start();
      await until(() => work.isDone);
      expect(stuck.recorded).toEqual([]);
      release();
    });

    describe('when an attempt fails', () => {
      it('tries again, later each time, and tells the attempt', async () => {
        const [seen, waits]: [number[], number[]] = [[], []];
        const work = new Escalations(1, ({ attempt }) => {
          seen.push(attempt);
          if (attempt < 3) throw new Error('not yet');
        });
        const jobs = await open(work, { attempts: { most: 3, wait: (failures) => (waits.push(failures), 1) } });
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(() => work.isDone);
        expect([seen, waits]).toEqual([[1, 2, 3], [1, 2]]);
      });

      it('gives it up after the last, keeps its code and nothing that was said, and goes on with the others', async () => {
        const work = new Escalations(3, ({ subject }) => {
          if (subject === 'action-0001') throw Object.assign(new Error('no such person: Ann Other'), { code: 'ACTION_NOT_OPEN' });
        });
        const jobs = await open(work, { now: () => 5_000 });
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(async () => (await jobs.deadLetters(10)).length === 1 && work.recorded.length === 2);
        expect(await jobs.deadLetters(10)).toEqual([{ ...work.jobs[1], id: jobId(work.jobs[1]!), code: 'ACTION_NOT_OPEN', attempts: 3, diedAt: expect.any(Number) }]);
        await jobs.ensure(work.jobs.slice(1, 2));
        expect(await countsOf(jobs)).toEqual([{ ...NONE, dead: 1 }]);
      });

      it('has FAULT for the code of what has none', async () => {
        const work = new Escalations(1, () => { throw new Error('Ann Other'); });
        const jobs = await open(work);
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(async () => (await jobs.deadLetters(1)).length === 1);
        expect((await jobs.deadLetters(1))[0]!.code).toBe('FAULT');
      });

      it('does not count it when the store was away', async () => {
        let failures = 0;
        const work = new Escalations(1, () => {
          if (++failures <= 7) throw Object.assign(new Error('away'), { code: 'STORE_UNAVAILABLE' });
        });
        const jobs = await open(work);
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(() => work.isDone);
        expect(await jobs.deadLetters(1)).toEqual([]);
      });

      it('tells whoever keeps the log', async () => {
        const told: unknown[] = [];
        const work = new Escalations(1, ({ attempt }) => { if (attempt === 1) throw new Error('once'); });
        const jobs = await open(work, { onFailed: (job, error) => told.push([job, (error as Error).message]) });
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(() => work.isDone);
        expect(told).toEqual([[work.jobs[0], 'once']]);
      });
    });

    describe('a dead job', () => {
      let broken: boolean;
      const die = async (count: number): Promise<{ readonly work: Escalations; readonly jobs: Jobs }> => {
        broken = true;
        const work = new Escalations(count, () => { if (broken) throw new Error('broken'); });
        const jobs = await open(work);
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(async () => (await jobs.deadLetters(10)).length === count);
        broken = false;
        return { work, jobs };
      };

      it('is done when it is run again', async () => {
        const { work, jobs } = await die(1);
        expect(await jobs.runAgain(jobId(work.jobs[0]!))).toBe(true);
        await until(() => work.isDone);
        await until(async () => (await countsOf(jobs))[0]!.running === 0);
        expect(await countsOf(jobs)).toEqual([NONE]);
      });

      it('has all its attempts again', async () => {
        const { work, jobs } = await die(1);
        broken = true;
        const before = work.performed.length;
        await jobs.runAgain(jobId(work.jobs[0]!));
        await until(async () => (await jobs.deadLetters(1)).length === 1);
        expect([work.performed.length - before, (await jobs.deadLetters(1))[0]!.attempts]).toEqual([3, 3]);
      });

      it('is not run again when there is none', async () => {
        const { jobs } = await die(1);
        expect([await jobs.runAgain('escalate~nothing~2019-12-31'), await jobs.runAgain('x'), await jobs.runAgain('../:*')]).toEqual([false, false, false]);
      });

      it('is forgotten when its work is not due any more', async () => {
        const { work, jobs } = await die(3);
        await jobs.forgetDead('escalate', (id) => id === jobId(work.jobs[1]!));
        expect((await jobs.deadLetters(10)).map(({ subject }) => subject)).toEqual(['action-0001']);
      });
    });

    it('shows how far a job has come', async () => {
      let release = (): void => undefined;
      const work = new Escalations(1, ({ report }) => {
        report({ stage: 'READING', done: 40, total: 100 });
        return new Promise<void>((resolve) => { release = resolve; });
      });
      const jobs = await open(work);
      await jobs.ensure(work.jobs);
      jobs.start();
      await until(async () => (await jobs.running())[0]?.progress !== undefined);
      expect(await jobs.running()).toEqual([{ ...work.jobs[0], id: jobId(work.jobs[0]!), attempt: 1, startedAt: expect.any(Number), progress: { stage: 'READING', done: 40, total: 100 } }]);
      release();
    });

    describe('when it is closed', () => {
      it('lets what runs finish, and takes no more', async () => {
        let release = (): void => undefined;
        const work = new Escalations(3, () => new Promise<void>((resolve) => { release = resolve; }));
        const jobs = await open(work, { workers: 1 });
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(() => work.performed.length === 1);
        const closed = jobs.close(60_000);
        release();
        await closed;
        expect([work.recorded.length, work.performed.length]).toEqual([1, 1]);
      });

      it('gives back what does not finish in time, and says so to it; the next program does it', async () => {
        let told = false;
        const work = new Escalations(1, ({ signal }) => new Promise<void>((_, reject) => signal.addEventListener('abort', () => { told = true; reject(new Error('stopped')); })));
        const jobs = await open(work);
        await jobs.ensure(work.jobs);
        jobs.start();
        await until(() => work.performed.length === 1);
        await jobs.close(1);
        expect([told, work.recorded]).toEqual([true, []]);
        const after = new Escalations(1);
        const next = await open(after);
        await reconcilerOf(next, after).round();
        next.start();
        await until(() => after.isDone);
      });

      it('may be closed twice', async () => {
        const jobs = await open(new Escalations(1));
        await Promise.all([jobs.close(0), jobs.close(0)]);
        await expect(jobs.close(0)).resolves.toBeUndefined();
      });
    });

    describe('whatever happens to a job, its work has one effect', () => {
      const all = (work: Escalations): string[] => work.jobs.map(({ subject }) => subject);
      const settle = async (work: Escalations, ...programs: readonly Jobs[]): Promise<void> => {
        const reconcilers = programs.map((jobs) => reconcilerOf(jobs, work));
        await until(async () => {
          await Promise.all(reconcilers.map((reconciler) => reconciler.round()));
          return work.isDone;
        });
      };

      it('when it is lost', async () => {
        const work = new Escalations(30);
        const first = await open(work);
        await reconcilerOf(first, work).round();
        await first.close(0);
        await place.flush();
        const second = await open(work);
        second.start();
        await settle(work, second);
        expect([...work.recorded].sort()).toEqual(all(work));
      });

      it('when it is kept after the work was done', async () => {
        const work = new Escalations(10);
        const jobs = await open(work);
        await jobs.ensure(work.jobs);
        work.recorded.push(...all(work));
        jobs.start();
        await until(() => work.performed.length === 10);
        expect([...work.recorded].sort()).toEqual(all(work));
      });

      it('when it is doubled, by one program and by two', async () => {
        const work = new Escalations(30, () => new Promise((resolve) => setTimeout(resolve, 1)));
        const [one, other] = [await open(work), await open(work)];
        one.start();
        other.start();
        await Promise.all([one.ensure(work.jobs), other.ensure(work.jobs)]);
        await settle(work, one, other);
        expect([...work.recorded].sort()).toEqual(all(work));
      });

      if (outlives) it('when everything is flushed while it is done', async () => {
        const work = new Escalations(30, ({ subject }) => (subject === 'action-0010' ? place.flush() : undefined));
        const jobs = await open(work);
        jobs.start();
        await settle(work, jobs);
        expect([...work.recorded].sort()).toEqual(all(work));
      });
    });
  });
