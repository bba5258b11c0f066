// `npm run drill`: a backup while the program serves and is written to, its restore into empty folders, and what was lost and how long it took.
// DAYBOOK_DRILL_SECONDS: how long it is written to before, and as long after the copy began (default 5 each). Everything is in a temporary folder, which goes.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const { DAYBOOK_DRILL_SECONDS = '5', ...inherited } = process.env;
const SECONDS = Number(DAYBOOK_DRILL_SECONDS);
const program = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'dist/apps/cli/main.js');
const place = mkdtempSync(path.join(os.tmpdir(), 'daybook-drill-'));
const inPlace = (...names) => path.join(place, ...names);
const environment = (name) => ({ ...inherited, DAYBOOK_DATA: inPlace(name, 'data'), DAYBOOK_KEYS: inPlace(name, 'keys'), DAYBOOK_PORT: '0' });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const since = (began) => (performance.now() - began) / 1000;
const WORDS = 'Drill: words that only their key opens';

const daybook = (env, ...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`daybook ${args.join(' ')}: ${stderr}`);
  return stdout;
};

/** A command that leaves this process to write meanwhile. */
const meanwhile = (env, ...args) => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => { said += bytes; });
  child.on('close', (exit) => (exit === 0 ? resolve() : reject(new Error(`daybook ${args.join(' ')}: ${said}`))));
});

const served = (env, ...args) => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, [program, 'start', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said += bytes;
    const url = /serves (http:\/\/\S+?)\. /.exec(said)?.[1];
    if (url) resolve({ url, child, stop: () => new Promise((ended) => { child.on('close', ended); child.kill('SIGTERM'); }) });
  });
  child.on('close', () => reject(new Error(said)));
});

const headersOf = (env) => ({ authorization: `Bearer ${daybook(env, 'token', '--as', 'DS 2256').trim()}`, 'content-type': 'application/json', 'daybook-access-reason': 'AUDIT_OR_DIP_SAMPLE' });

/** Opens investigations one after the other. Notes each with the time of its answer. */
const writing = (url, headers) => {
  const acks = [];
  let isOver = false;
  const write = async () => {
    while (!isOver) {
      const body = JSON.stringify({ effectiveAt: '2019-12-31', kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], title: WORDS });
      const answer = await fetch(`${url}/api/v1/investigations`, { method: 'POST', headers: { ...headers, 'idempotency-key': crypto.randomUUID() }, body });
      if (answer.status !== 201) throw new Error(`opening answered ${answer.status}: ${await answer.text()}`);
      acks.push({ at: performance.now(), where: answer.headers.get('location') });
    }
  };
  const all = Promise.all(Array.from({ length: 4 }, write));
  return { acks, stop: () => { isOver = true; return all; } };
};

const mebibytes = (file) => (statSync(file).size / 2 ** 20).toFixed(1);
const tell = (what, value) => console.log(`${what.padEnd(72)} ${value}`);
let running;
try {
  const here = environment('here');
  running = await served(here, '--sample', 'rotherham-2019');
  const load = writing(running.url, headersOf(here));
  await sleep(SECONDS * 1000);
  const began = performance.now();
  await meanwhile(here, 'backup', inPlace('log.backup'));
  const copied = performance.now();
  await meanwhile(here, 'keys', 'backup', inPlace('keys.backup'));
  const backedUp = performance.now();
  await sleep(SECONDS * 1000);
  running.child.kill('SIGKILL'); // the machine is gone
  const lostAt = performance.now();
  await load.stop().catch(() => undefined);

  const started = performance.now();
  const there = environment('there');
  daybook(there, 'restore', inPlace('log.backup'));
  copyFileSync(inPlace('here', 'keys', 'kek'), inPlace('kek'));
  there.DAYBOOK_KEK_FILE = inPlace('kek');
  daybook(there, 'keys', 'restore', inPlace('keys.backup'));
  running = await served(there);
  const headers = headersOf(there);
  const ready = since(started);

  const missing = [];
  for (const ack of load.acks) {
    const answer = await fetch(`${running.url}${ack.where}`, { headers });
    const text = await answer.text();
    if (answer.status === 404) missing.push(ack);
    else if (!text.includes(WORDS)) throw new Error(`${ack.where} answered ${answer.status} without its words`);
  }
  const tooMany = missing.filter(({ at }) => at < began);
  daybook(there, 'rebuild');
  tell('log backup, keys backup', `${((copied - began) / 1000).toFixed(2)} s, ${((backedUp - copied) / 1000).toFixed(2)} s (${mebibytes(inPlace('log.backup'))} MiB, ${mebibytes(inPlace('keys.backup'))} MiB)`);
  tell('acknowledged in all; before the backup began; lost', `${load.acks.length}; ${load.acks.filter(({ at }) => at < began).length}; ${missing.length}`);
  tell('acknowledged before the backup began, and lost: must be 0', tooMany.length);
  tell('recovery point: the loss reaches back from the end', missing.length === 0 ? '0 s' : `${((lostAt - missing[0].at) / 1000).toFixed(2)} s`);
  tell('recovery time: from empty folders to pages that answer', `${ready.toFixed(2)} s`);
  tell('read models rebuilt from the restored log', 'equal');
  process.exitCode = tooMany.length === 0 && load.acks.length > 0 ? 0 : 1;
} finally {
  if (running?.child.exitCode === null && running.child.signalCode === null) await running.stop();
  rmSync(place, { recursive: true, force: true });
}
