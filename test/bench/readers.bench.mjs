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

const READERS = ['DS 2256', 'DC 2235', 'SYP 7401', 'SYP 7510'];

/** What each reader asks: the headline figures of two districts and a list, as far as they may. Looks of one reader follow each other in one stream, so there are several. */
const questionsOf = async (first) => {
  const paths = ['/api/v1/figures?area=Rotherham', '/api/v1/figures?area=Sheffield', '/api/v1/investigations?area=Rotherham&limit=25'];
  const questions = [];
  for (const reader of READERS) {
    const token = (await first.command('token', '--as', reader, '--minutes', '60')).trim();
    for (const each of paths) {
      const { status } = await fetch(first.url + each, { headers: { authorization: `Bearer ${token}` } });
      if (status === 200) questions.push([each, token]);
    }
  }
  return questions;
};

const answered = async (load, job) => {
  const answer = answerOf(load);
  load.send({ loop: 'closed', what: 'read', inFlight: IN_FLIGHT, ...job });
  const seen = await answer;
  if (seen.failed > 0) throw new Error(`${seen.failed} of ${seen.sent} questions were not answered well`);
  return seen;
};

const rowOf = (ports, paths, { perSecond, p99, cpuShare }) => ({
  what: `questions answered by ${ports.length === 1 ? 'one JSON door' : 'two JSON doors'}`, value: perSecond, unit: 'a second',
  note: `${IN_FLIGHT} in flight: ${paths.length} questions of ${READERS.length} readers (figures, lists), each look on record in the event store; p99 ${p99.toFixed(0)} ms; generator ${Math.round(cpuShare * 100)} % of one of ${os.cpus().length} cores, which it shares with the five processes, event store, Redis and PostgreSQL`,
});

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export const bench = async () => {
  const several = await Several.start({ kind: 'sample', sample: 'rotherham-2019' });
  const load = fork(path.join(here, 'http/load.mjs'));
  try {
    const DAYBOOK_SNAPSHOT = await several.snapshot();
    const [first, second] = await Promise.all(parts.map(([name, part]) => several.process(name, part, { DAYBOOK_SNAPSHOT })));
    const paths = await questionsOf(first);
    const rows = [];
    for (const ports of [[first.port], [first.port, second.port]]) {
      await answered(load, { paths, ports, seconds: 2 }); // warms up
      rows.push(rowOf(ports, paths, await answered(load, { paths, ports, seconds: SECONDS })));
    }
    return rows;
  } finally {
    load.send('stop');
    await several.stop();
  }
};
