// Commands over HTTP: validated, sealed, decided, durable, answered. The server and the load have a process each on the same machine.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const start = (file, args = [], env = {}) => fork(path.join(here, file), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...env } });
const told = (child) => new Promise((resolve, reject) => {
  child.once('message', resolve);
  child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
});
const ask = (child, message) => {
  const answer = told(child);
  child.send(message);
  return answer;
};

export const measured = async (server, load, job) => {
  server.send('mark');
  const seen = await ask(load, job);
  const { cpuSeconds, largestRss } = await ask(server, 'used');
  if (seen.failed > 0) throw new Error(`${seen.failed} of ${seen.sent} requests were not answered well`);
  const share = `generator ${Math.round(seen.cpuShare * 100)} % of a core, server ${(cpuSeconds / (seen.sent / seen.perSecond) * 100).toFixed(0)} % (RSS ${Math.round(largestRss / 2 ** 20)} MiB)`;
  return { ...seen, share, cpuPerRequest: cpuSeconds / seen.sent };
};

const ms = (value) => Math.round(value * 10) / 10;

const runs = [
  { what: 'review', words: 'record a review (one sealed text)' },
  { what: 'open', words: 'open an investigation with a crime (two sealed texts)' },
];

const closedLoop = async (server, load, door, what) => {
  await measured(server, load, { loop: 'closed', ...door, what, inFlight: 64, seconds: 3 }); // warms both up
  return measured(server, load, { loop: 'closed', ...door, what, inFlight: 64, seconds: 8 });
};

const rowsOf = async (server, load, door, { what, words }, bare) => {
  const closed = await closedLoop(server, load, door, what);
  const open = await measured(server, load, { loop: 'open', ...door, what, rate: 1500, seconds: 8 });
  return [
    { what: `HTTP: ${words}, closed loop, 64 in flight`, value: closed.perSecond, unit: 'a second', target: '3,000', note: `${Math.round(closed.perSecond / bare.perSecond * 100)} % of the bare one; p99 ${ms(closed.p99)} ms; ${closed.share}` },
    { what: `HTTP: the same body checked and appended by bare Nest on Fastify`, value: bare.perSecond, unit: 'a second', note: `nobody signs in, nothing is decided or sealed; seen before: 8,000 to 11,000; ${bare.share}` },
    { what: `HTTP: ${words}, open loop, 1,500 a second, p99`, value: ms(open.p99), unit: 'ms', target: 'under 50', note: `p50 ${ms(open.p50)} ms, worst ${ms(open.worst)} ms; ${open.share}` },
  ];
};

/** A server over a new folder and a load of its own, for as long as the work takes. */
export async function serving(work, env = {}, file = '../support/http-server.mjs') {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  const server = start(file, [folder], env);
  const load = start('http/load.mjs');
  try {
    const { url, token } = await told(server);
    return await work(server, load, { port: Number(new URL(url).port), token });
  } finally {
    load.send('stop');
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.send('stop');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

const bareRuns = () => serving(async (server, load, door) => {
  const seen = [];
  for (const { what } of runs) seen.push(await closedLoop(server, load, door, what));
  return seen;
}, {}, 'http/bare.mjs');

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export const bench = async () => {
  const bare = await bareRuns();
  return serving(async (server, load, door) => {
    const rows = [];
    for (const [i, run] of runs.entries()) rows.push(...(await rowsOf(server, load, door, run, bare[i])));
    return rows;
  });
};
