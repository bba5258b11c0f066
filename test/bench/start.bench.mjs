// How long a person waits for the first page: with the sample made on the way, and over a log that is large already; and for the history of a
// case that is very long. DAYBOOK_BENCH_LOG: events of the large log (default 1,000,000).
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDaybook } from '../../dist/apps/daybook/compose.js';
import { signInFor } from '../../dist/apps/daybook/sign-in/open-sign-in.js';
import { readSettings } from '../../dist/libs/platform/settings/index.js';
import { fill } from './rebuild/cases.mjs';

// The program knows no setting of that name, and refuses to start with one that it does not know.
const { DAYBOOK_BENCH_LOG = '1000000', ...inherited } = process.env;
const EVENTS = Number(DAYBOOK_BENCH_LOG);
const LONG = 10_000;
const program = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist/apps/cli/main.js');

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const environment = (folder, port) => ({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys'), DAYBOOK_PORT: String(port) });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Headers of somebody who is signed in at the port before the program is there: it finds the same keys. */
const credentials = async (folder, port) => {
  const settings = readSettings(environment(folder, port));
  mkdirSync(settings.keys, { recursive: true, mode: 0o700 });
  const signIn = signInFor({ kind: 'sample', keys: settings.keys }, settings);
  const token = await signIn.tokenFor('DS 2256', 60);
  signIn.close();
  return { authorization: `Bearer ${token}`, 'daybook-access-reason': 'AUDIT_OR_DIP_SAMPLE' };
};

/** Starts the program and asks for the first page until it holds the words. Gives the server, its address and the wait in seconds. */
const firstPage = async (folder, words, ...argv) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const headers = await credentials(folder, port);
  const began = performance.now();
  const server = spawn(process.execPath, [program, 'start', ...argv], { env: { ...inherited, ...environment(folder, port) }, stdio: 'ignore' });
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the program ended with ${server.exitCode}`);
    const text = await fetch(`${url}/`, { headers }).then((answer) => answer.text(), () => '');
    if (text.includes(words)) return { server, url, headers, seconds: (performance.now() - began) / 1000 };
    await sleep(25);
  }
};

const stopped = async ({ server }) => {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
};

const sampleStart = async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  try {
    const running = await firstPage(folder, '1,800', '--sample', 'rotherham-2019');
    await stopped(running);
    return running.seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const metadata = (i) => Buffer.from(JSON.stringify({
  v: 1, effectiveAt: { precision: 'minute', from: `${new Date(Date.UTC(2021, 0, 1) + i * 60_000).toISOString().slice(0, 16)}+00:00` },
  recordedAt: new Date(Date.UTC(2021, 0, 1) + i * 60_000).toISOString(), actor: { kind: 'unverified', id: 'unverified' }, commandId: randomUUID(),
  marking: 'OFFICIAL-SENSITIVE', regime: 'DPA_PART3', track: 'STANDARD', assertion: 'FACT', program: 'bench',
}));

/** One case that somebody is circulated in and no longer, thousands of times. Gives its id. */
const longCase = async (store) => {
  const [investigation, linkId] = [randomUUID(), randomUUID()];
  const dataOf = (i) => {
    if (i === 0) return ['InvestigationOpened', { investigationId: investigation, kind: 'CRIME', area: 'Rotherham', themes: ['CSE'] }];
    if (i === 1) return ['SuspectLinked', { linkId, quality: 'DESCRIBED' }];
    return i % 2 === 0 ? ['SuspectCirculated', { linkId, circulation: 'LOCAL_ONLY' }] : ['CirculationCancelled', { linkId }];
  };
  for (let from = 0; from < LONG; from += 500) {
    const events = Array.from({ length: 500 }, (_, k) => {
      const [type, data] = dataOf(from + k);
      return { id: randomUUID(), type, data: Buffer.from(JSON.stringify(data)), metadata: metadata(from + k) };
    });
    await store.append(`investigation-${investigation}`, events, from === 0 ? 'no_stream' : from - 1);
  }
  return investigation;
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const historyTime = async ({ url, headers }, id) => {
  const times = [];
  for (const moment of ['', '?effectiveAt=2021-01-03', '?recordedAt=2021-01-04', '?effectiveAt=2021-01-02&recordedAt=2021-01-06', '', '?recordedAt=2021-01-05', '']) {
    const began = performance.now();
    const answer = await fetch(`${url}/api/v1/investigations/${id}/history${moment}`, { headers });
    await answer.text();
    if (answer.status !== 200) throw new Error(`the history answered ${answer.status}`);
    times.push(performance.now() - began);
  }
  return median(times);
};

const largeStart = async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'daybook-bench-'));
  try {
    const daybook = await openDaybook(readSettings(environment(folder, 0)));
    await fill(daybook.store, EVENTS);
    const investigation = await longCase(daybook.store);
    await daybook.reads.waitFor((await daybook.store.head()).position, 600_000);
    await daybook.close();
    const running = await firstPage(folder, 'Active investigations');
    const history = await historyTime(running, investigation);
    await stopped(running);
    return { seconds: running.seconds, history };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export async function bench() {
  const sample = await sampleStart();
  const { seconds, history } = await largeStart();
  return [
    { what: 'start with the sample made on the way: first page', value: sample, unit: 's', target: '< 15' },
    { what: `start over ${EVENTS.toLocaleString('en-GB')} events: first page`, value: seconds, unit: 's', target: '< 3' },
    { what: `history of a case of ${LONG.toLocaleString('en-GB')} events, at seven moments: median over HTTP`, value: history, unit: 'ms', target: '< 100' },
  ];
}
