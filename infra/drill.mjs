// A drill of backup and restore for one machine with the embedded log: a folder of the sample takes commands, is backed up under that load, is killed as no program can prevent, and is restored into
// empty folders. Prints what was lost (RPO: events, and seconds between the copy and the end) and how long nobody could work (RTO: from the first command of the restore to the first page), and exits 1
// where the restored log is not, byte for byte, a beginning of the one that was lost, or lacks what was acknowledged before its copy began. Everything happens in a folder of its own.
//   node infra/drill.mjs [seconds of load between backup and end, 10]     after npm run build
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEmbeddedReader } from '../dist/libs/platform/event-store/index.js';

const between = Number(process.argv[2] ?? 10);
if (!(between > 0)) {
  console.error('node infra/drill.mjs [seconds of load between the backup and the end]');
  process.exit(2);
}
const program = path.join(import.meta.dirname, '../dist/apps/cli/main.js');
const WRITERS = 8;
const WARM_SECONDS = 3;
const SUPERVISOR = 'DS 2256';

const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-drill-'));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const running = new Set();
const envOf = (name) => ({
  PATH: process.env.PATH, DAYBOOK_DATA: path.join(place, name, 'data'), DAYBOOK_KEYS: path.join(place, name, 'keys'), DAYBOOK_PORT: String(port),
  DAYBOOK_RATE_LIMIT: '99999999', DAYBOOK_RATE_LIMIT_ADDRESS: '99999999',
});

const daybook = (name, ...args) => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, [program, ...args], { env: envOf(name), stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, complaint] = ['', ''];
  child.stdout.on('data', (bytes) => { said += bytes; });
  child.stderr.on('data', (bytes) => { complaint += bytes; });
  child.on('close', (exit) => (exit === 0 ? resolve(said.trim()) : reject(new Error(`daybook ${args.join(' ')} ended with ${exit}: ${complaint}`))));
});

/** In a group of its own, so that its children die with it. */
const start = async (name) => {
  const child = spawn(process.execPath, [program, 'start'], { env: envOf(name), stdio: 'ignore', detached: true });
  running.add(child);
  const gone = new Promise((resolve) => child.once('close', () => { running.delete(child); resolve(); }));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the program ended by itself with ${child.exitCode}`);
    if (await fetch(`${base}/health/ready`).then(({ status }) => status === 200, () => false)) break;
    await delay(20);
  }
  return { kill: async () => { process.kill(-child.pid, 'SIGKILL'); await gone; } };
};

/** Writers that never wait for each other, each with a case of its own. */
const load = (token) => {
  const acks = [];
  let isOver = false;
  const post = async (address, body) => {
    const answer = await fetch(`${base}/api/v1${address}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${address.replace(/[0-9a-f-]{36}/, '...')} was answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const write = async (writer) => {
    const { id } = await post('/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], team: 'Team 1', title: `Drill ${writer}`, summary: 'Opened for a drill of backup and restore.',
      crimes: [{ offence: '8/21', crimeReference: `14/${900_000 + writer}/19`, force: '14' }] });
    for (let n = 1; !isOver; n++) {
      const receipt = await post(`/investigations/${id}/reviews`, { review: 'PERIODIC_SUPERVISOR', supervisor: SUPERVISOR, findings: `Review ${n} of a drill.` });
      acks.push({ at: performance.now(), position: Number(receipt.position) });
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  writing.catch(() => undefined);
  return {
    acks,
    /** From here on an answer that does not come is what the drill is about. */
    end: async () => { isOver = true; await writing.catch(() => undefined); },
    check: () => Promise.race([writing, delay(1)]),
  };
};

/** Every byte of every event up to a position, in the order of the log. */
const digest = async (file, until) => {
  const [reader, hash] = [openEmbeddedReader(file), createHash('sha256')];
  try {
    const { position } = await reader.head();
    const end = Math.min(until ?? Infinity, Number(position));
    let events = 0;
    for await (const page of reader.readAll('')) {
      for (const { position: at, number, stream, revision, id, type, data, metadata } of page) {
        if (Number(at) > end) break;
        events++;
        hash.update(`${at} ${number} ${stream} ${revision} ${id} ${type} ${data.length} ${metadata.length} `).update(data).update(metadata);
      }
      if (Number(page.at(-1).position) >= end) break;
    }
    return { head: Number(position), events, sha256: hash.digest('hex') };
  } finally {
    await reader.close();
  }
};

const seconds = (ms) => (ms / 1000).toFixed(2);
const say = (line) => console.log(line);

const drill = async () => {
  say(`a folder of the sample is made in ${place}`);
  await daybook('lost', 'init', '--as', 'sample', '--sample', 'rotherham-2019');
  const lost = await start('lost');
  const writers = load(await daybook('lost', 'token', '--as', SUPERVISOR));
  await delay(WARM_SECONDS * 1000);
  await writers.check();

  const begun = performance.now();
  await daybook('lost', 'backup', path.join(place, 'log.backup'));
  await daybook('lost', 'keys', 'backup', path.join(place, 'keys.backup'));
  fs.copyFileSync(path.join(place, 'lost/keys/kek'), path.join(place, 'kek'));
  const backedUp = performance.now();
  await delay(between * 1000);
  await writers.check();
  const end = performance.now();
  await lost.kill();
  await writers.end();
  say(`backed up under load in ${seconds(backedUp - begun)} s; killed ${seconds(end - backedUp)} s after that, ${writers.acks.length} commands acknowledged in all`);

  const down = performance.now();
  fs.mkdirSync(path.join(place, 'restored/keys'), { recursive: true, mode: 0o700 });
  fs.copyFileSync(path.join(place, 'kek'), path.join(place, 'restored/keys/kek'));
  await daybook('restored', 'restore', path.join(place, 'log.backup'));
  await daybook('restored', 'keys', 'restore', path.join(place, 'keys.backup'));
  const restored = performance.now();
  const again = await start('restored');
  const page = await fetch(`${base}/`);
  const up = performance.now();
  const health = await (await fetch(`${base}/health/ready`)).json();
  if (page.status >= 500) throw new Error(`the first page was answered ${page.status}`);
  await again.kill();

  // The restored program may have written since: who looked, for one. What came with the backup is what counts.
  const kept = await digest(path.join(place, 'log.backup'));
  const [before, after] = [await digest(path.join(place, 'lost/data/log.db'), kept.head), await digest(path.join(place, 'restored/data/log.db'), kept.head)];
  const whole = await digest(path.join(place, 'lost/data/log.db'));
  const missed = writers.acks.filter(({ at, position }) => at < begun && position > kept.head).length;
  const gone = writers.acks.filter(({ position }) => position > kept.head);
  const faults = [
    ...(before.sha256 === kept.sha256 && after.sha256 === kept.sha256 ? [] : ['the restored log is not a beginning of the one that was lost']),
    ...(missed === 0 ? [] : [`${missed} commands that were acknowledged before the backup began are not in it`]),
    ...(JSON.stringify(health).includes('KEY_MISSING') ? ['texts cannot be read: a key is missing'] : []),
  ];
  say(`digest of the first ${kept.events} events: lost ${before.sha256}`);
  say(`                              restored ${after.sha256}`);
  say(`RPO: ${whole.head - kept.head} events of ${whole.head} (${gone.length} acknowledged commands), ${seconds(gone.length === 0 ? 0 : end - gone[0].at)} s: what was written after the copy began`);
  say(`RTO: ${seconds(up - down)} s: ${seconds(restored - down)} s to restore log and keys, ${seconds(up - restored)} s until the first page was answered`);
  for (const fault of faults) say(`FAULT: ${fault}`);
  return faults.length === 0 ? 0 : 1;
};

try {
  process.exitCode = await drill();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 4;
} finally {
  for (const child of running) process.kill(-child.pid, 'SIGKILL');
  fs.rmSync(place, { recursive: true, force: true });
}
