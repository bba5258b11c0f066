import { Bench } from '../../../api/api.fixtures';
import { inProcessJobs } from '#platform/jobs';
import type { Jobs, Reaction } from '#platform/jobs';
import { jobsPage } from './jobs.presenter';
import type { JobsInput } from './jobs.presenter';

const RECORD = '5128c2da-24d5-4ccf-aa1f-169e7817d7cb';
const job = { reaction: 'escalate-overdue-reviews', subject: RECORD, due: '2019-12-31', id: `escalate-overdue-reviews~${RECORD}~2019-12-31` };
const input: JobsInput = { health: { reactions: [], troubles: [] }, lags: [], running: [], works: [], dead: [], now: 1_000_000, token: 't' };
const modelOf = (more: Partial<JobsInput>): Record<string, unknown> => jobsPage({ ...input, ...more }).model as Record<string, unknown>;

describe('the page of jobs', () => {
  it('counts by kind, and says how long the oldest waits and when due work was looked for', () =>
    expect(modelOf({
      health: { reactions: [{ reaction: job.reaction, waiting: 1_200, running: 2, dead: 1, oldestWaitSeconds: 65 }], troubles: [] }, lags: [{ reaction: job.reaction, lagSeconds: 12 }],
    }).reactions).toEqual([{ reaction: 'Escalate reviews that are overdue', waiting: '1,200', running: '2', dead: '1', oldest: '1 minute', looked: '12 seconds ago', failing: undefined }]));

  it('has no counts where the place of the jobs is away, and says so', () => {
    const { reactions, troubles } = modelOf({ health: { reactions: [], troubles: ['UNREACHABLE'] }, lags: [{ reaction: 'new-one', lagSeconds: 7_300, failing: 'FAULT' }] });
    expect(reactions).toEqual([{ reaction: 'new-one', waiting: '-', running: '-', dead: '-', oldest: '-', looked: '2 hours ago', failing: 'A fault of the program; see its log' }]);
    expect(troubles).toEqual(['Redis does not answer in time. Jobs wait, and none is lost.']);
  });

  it('shows how far long work and jobs have come', () =>
    expect(modelOf({
      works: [{ work: 'IMPORT', startedAt: 940_000, progress: { stage: 'RECORDING', done: 1, total: 3 } }, { work: 'REBUILD', startedAt: 999_000 }],
      running: [{ ...job, attempt: 2, startedAt: 995_000, progress: { stage: 'READING', done: 1_500 } }],
    }).underWay).toEqual([
      { what: 'Import', due: '', age: '1 minute', attempt: '', progress: 'recording, 33%' }, { what: 'Rebuild of read models', due: '', age: '1 second', attempt: '', progress: '' },
      { what: 'Escalate reviews that are overdue', due: '31 December 2019', age: '5 seconds', attempt: '2', progress: 'reading, 1,500' },
    ]));

  it('names no record', () =>
    expect(JSON.stringify(modelOf({ running: [{ ...job, attempt: 1, startedAt: 0 }], dead: [{ ...job, name: 'digest', code: 'FAULT', attempts: 10, diedAt: 0 }] }))).not.toContain(RECORD));
});

describe('an administrator over jobs that were given up', () => {
  let bench: Bench;
  let jobs: Jobs;
  let broken: boolean;
  const cookieOf = async (id: string, role: string): Promise<string> =>
    `daybook=${await bench.daybook.signIn.sessions.open({ kind: 'user', id, name: 'Somebody', role, agency: 'South Yorkshire Police', multiFactor: true, provedAt: Date.now() }, { subject: id })}`;
  const page = (cookie: string, url = '/jobs') => bench.app.inject({ method: 'GET', url, headers: { cookie } });
  const send = (cookie: string, fields: Readonly<Record<string, string>>) =>
    bench.app.inject({ method: 'POST', url: '/jobs', payload: new URLSearchParams(fields).toString(), headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' } });
  const fieldsIn = (html: string): Record<string, string> => Object.fromEntries([...html.slice(html.indexOf('action="/jobs"')).matchAll(/name="(token|job)" value="([^"]+)"/g)].slice(0, 2).map(([, name, value]) => [name!, value!]));
  const until = async (holds: () => Promise<boolean>): Promise<void> => { while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2)); };
  const requeued = async (): Promise<readonly unknown[]> => {
    const found: unknown[] = [];
    for await (const events of bench.daybook.store.readAll('', { filter: { categories: ['user'] } }))
      found.push(...events.filter(({ type }) => type === 'JobRequeued').map(({ data }) => JSON.parse(Buffer.from(data).toString('utf8')) as unknown));
    return found;
  };

  beforeEach(async () => {
    broken = true;
    const reaction: Reaction = { name: job.reaction, due: () => [], perform: async () => { if (broken) throw Object.assign(new Error('Ann Other'), { code: 'NOT_SO' }); } };
    jobs = inProcessJobs({ reactions: [reaction], attempts: { most: 2, wait: () => 1 } });
    bench = await Bench.open();
    for (const method of ['health', 'running', 'deadLetters', 'runAgain'] as const) jest.spyOn(bench.daybook.dueWork.jobs, method).mockImplementation(((...of: never[]) => (jobs[method] as (...all: never[]) => unknown)(...of)) as never);
    jobs.start();
    await jobs.ensure([job]);
    await until(async () => (await jobs.deadLetters(1)).length === 1);
  }, 60_000);
  afterEach(async () => {
    await jobs.close(0);
    await bench.close();
  });

  it('sees kind, day, attempts and code, and no record', async () => {
    const { statusCode, body } = await page(await cookieOf('SYP 7900', 'ADMIN'));
    expect(statusCode).toBe(200);
    for (const text of ['Escalate reviews that are overdue', '31 December 2019', 'NOT_SO', 'Run again']) expect(body).toContain(text);
    expect(body).not.toMatch(new RegExp(`${RECORD}|Ann Other`));
  });

  it('has one done again, which is on record, once', async () => {
    const admin = await cookieOf('SYP 7900', 'ADMIN');
    const fields = fieldsIn((await page(admin)).body);
    broken = false;
    const sent = await send(admin, fields);
    expect(sent.statusCode).toBe(303);
    expect((await page(admin, String(sent.headers.location))).body).toContain('The job is being done again');
    await until(async () => (await jobs.health()).reactions.every(({ dead, running, waiting }) => dead + running + waiting === 0));
    expect((await send(admin, fields)).body).toContain('That job is not given up any more');
    expect(await requeued()).toEqual([{ userId: 'SYP 7900', reaction: job.reaction, subject: RECORD, due: '2019-12-31', code: 'NOT_SO', attempts: 2 }]);
  });

  it('does nothing without a token of the page, and for nobody else', async () => {
    const [admin, detective] = [await cookieOf('SYP 7900', 'ADMIN'), await cookieOf('DC 2235', 'DETECTIVE')];
    const { job: name } = fieldsIn((await page(admin)).body);
    expect((await send(admin, { job: name!, token: 'x' })).body).toContain('This page was open too long');
    expect([(await page(detective)).statusCode, (await send(detective, { job: name!, token: 'x' })).statusCode]).toEqual([403, 403]);
    expect([await requeued(), (await jobs.deadLetters(1)).length]).toEqual([[], 1]);
  });
});

