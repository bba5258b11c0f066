// Jobs through Redis, ours beside bare BullMQ in the same run: made in pages of 500, done by four workers that do nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { bullmqJobs } from '../../dist/libs/platform/jobs/index.js';

const JOBS = Number(process.env.BENCH_JOBS ?? 20_000);
const PAGE = 500;
const port = 6700 + (process.pid % 200);

const subjects = (name) => Array.from({ length: JOBS }, (_, i) => ({ reaction: name, subject: `action-${i}`, due: '2019-12-31' }));
const rate = (began) => Math.round(JOBS / ((performance.now() - began) / 1000));
const inPages = async (all, make) => {
  for (let i = 0; i < all.length; i += PAGE) await make(all.slice(i, i + PAGE));
};
const counter = () => {
  let left = JOBS;
  let finish;
  const done = new Promise((resolve) => { finish = resolve; });
  return { done, one: async () => { if (--left === 0) finish(); } };
};

const ours = async () => {
  const { done, one } = counter();
  const jobs = bullmqJobs({ reactions: [{ name: 'ours', due: () => [], perform: one }], url: `redis://127.0.0.1:${port}`, prefix: 'bench', workers: 4 });
  const made = performance.now();
  await inPages(subjects('ours'), (page) => jobs.ensure(page));
  const making = rate(made);
  const began = performance.now();
  jobs.start();
  await done;
  const doing = rate(began);
  await jobs.close(1_000);
  return { making, doing };
};

const bare = async () => {
  const { done, one } = counter();
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const queue = new Queue('bare', { connection });
  const made = performance.now();
  await inPages(subjects('bare'), (page) => queue.addBulk(page.map((data) => ({ name: 'bare', data, opts: { jobId: `${data.subject}~${data.due}`, removeOnComplete: true } }))));
  const making = rate(made);
  const began = performance.now();
  const worker = new Worker('bare', one, { connection, concurrency: 4 });
  await done;
  const doing = rate(began);
  await worker.close();
  await queue.close();
  return { making, doing };
};

const redis = async () => {
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server, 'spawn');
  for (let said = ''; !said.includes('Ready to accept connections');) said += String((await once(server.stdout, 'data'))[0]);
  return server;
};

const best = (runs, of) => Math.max(...runs.map((run) => run[of]));

/** By turns, each twice, the better of two: what else the machine does falls on both. */
export const bench = async () => {
  const server = await redis().catch(() => undefined);
  if (!server) return [];
  const runs = { bare: [], ours: [] };
  for (let turn = 0; turn < 2; turn++) {
    runs.bare.push(await bare());
    runs.ours.push(await ours());
  }
  server.kill('SIGKILL');
  const note = `${JOBS} jobs, pages of ${PAGE}, 4 workers that do nothing`;
  return [['made', 'making'], ['done', 'doing']].flatMap(([what, of]) => [
    { what: `jobs in Redis ${what}`, value: best(runs.ours, of), unit: '1/s', note: `${note}; ${Math.round((best(runs.ours, of) / best(runs.bare, of)) * 100)} % of bare BullMQ` },
    { what: `jobs ${what}, bare BullMQ`, value: best(runs.bare, of), unit: '1/s', note },
  ]);
};
