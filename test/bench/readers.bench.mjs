// How many questions one and two JSON doors answer over one ledger: two apis, a console and two workers over the server of the tests, Redis and PostgreSQL,
// all of them and the load on the same cores.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
require('../support/typescript.cjs');
const { Several } = require('../several/processes.ts');
const here = path.dirname(fileURLToPath(import.meta.url));
const IN_FLIGHT = 32;
const SECONDS = 8;

const answerOf = (child) => new Promise((resolve, reject) => {
  child.once('message', resolve);
  child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
});

const parts = [['api1', 'api'], ['api2', 'api'], ['console1', 'console'], ['worker1', 'worker'], ['worker2', 'worker']];

/** The headline figures of a district and of all, a list, and one record. */
const pathsOf = async (url, token) => {
  const list = '/api/v1/investigations?area=Rotherham&team=Rotherham%20CID&limit=25';
  const { items } = await (await fetch(url + list, { headers: { authorization: `Bearer ${token}` } })).json();
  return ['/api/v1/figures?area=Rotherham', '/api/v1/figures?area=all', list, `/api/v1/investigations/${items[0].id}`];
};

const answered = async (load, job) => {
  const answer = answerOf(load);
  load.send({ loop: 'closed', what: 'read', inFlight: IN_FLIGHT, ...job });
  const seen = await answer;
  if (seen.failed > 0) throw new Error(`${seen.failed} of ${seen.sent} questions were not answered well`);
  return seen;
};

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export const bench = async () => {
  const several = await Several.start({ kind: 'sample', sample: 'rotherham-2019' });
  const load = fork(path.join(here, 'http/load.mjs'));
  try {
    const DAYBOOK_SNAPSHOT = await several.snapshot();
    const [first, second] = await Promise.all(parts.map(([name, part]) => several.process(name, part, { DAYBOOK_SNAPSHOT })));
    const token = (await first.command('token', '--as', 'DS 2256', '--minutes', '60')).trim();
    const paths = await pathsOf(first.url, token);
    const rows = [];
    for (const ports of [[first.port], [first.port, second.port]]) {
      await answered(load, { token, paths, ports, seconds: 2 }); // warms up
      const { perSecond, p99, cpuShare } = await answered(load, { token, paths, ports, seconds: SECONDS });
      rows.push({
        what: `questions answered by ${ports.length === 1 ? 'one JSON door' : 'two JSON doors'}`, value: perSecond, unit: 'a second',
        note: `${IN_FLIGHT} in flight: figures, a list, one record; p99 ${p99.toFixed(1)} ms; generator ${Math.round(cpuShare * 100)} % of one of ${os.cpus().length} cores, five processes, event store, Redis and PostgreSQL on the same`,
      });
    }
    return rows;
  } finally {
    load.send('stop');
    await several.stop();
  }
};
