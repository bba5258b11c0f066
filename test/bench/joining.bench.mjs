// How long one more process of several takes until it holds what the log holds: with an empty folder, and from a snapshot. The server is the one of
// the tests, in a process of its own. DAYBOOK_BENCH_EVENTS: size of the log.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDaybook } from '../../dist/apps/daybook/compose.js';
import { snapshotOf } from '../../dist/apps/daybook/snapshots.js';
import { readSettings } from '../../dist/libs/platform/settings/index.js';
import { fill } from './rebuild/cases.mjs';

const EVENTS = Number(process.env.DAYBOOK_BENCH_EVENTS ?? 200_000);
/** Recorded after the snapshot was made. */
const SINCE = 1_000;
const here = path.dirname(fileURLToPath(import.meta.url));

const startPeer = async (folder) => {
  const child = spawn(process.execPath, [path.join(here, '../peers/eventstoredb/run.cjs'), '--child', '--port', '0', '--data', folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  return { url: JSON.parse(line).listening, stop: () => new Promise((resolve) => { child.once('close', resolve); child.kill(); }) };
};

const inStep = async ({ store, reads }) => {
  const { number } = await store.head();
  if (!(await reads.waitFor(store.positionOfNumber(number), 600_000))) throw new Error('the read models did not catch up');
};

/** Seconds until a new process has caught up. */
const joined = async (environment) => {
  const began = performance.now();
  const daybook = await openDaybook(readSettings(environment));
  await inStep(daybook);
  const seconds = (performance.now() - began) / 1000;
  await daybook.close();
  return seconds;
};

/** @returns {Promise<{ what: string, value: number, unit: string, target?: string, note?: string }[]>} */
export async function bench() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-joining-'));
  const at = (name) => path.join(folder, name);
  const peer = await startPeer(at('server'));
  const of = (name, more = {}) => ({ DAYBOOK_DATA: at(name), DAYBOOK_KEYS: at('keys'), DAYBOOK_EVENT_STORE: peer.url, ...more });
  try {
    const first = await openDaybook(readSettings(of('first')));
    const events = await fill(first.store, EVENTS);
    await inStep(first);
    const began = performance.now();
    const { files } = await snapshotOf(first, at('snapshots'));
    const making = (performance.now() - began) / 1000;
    await fill(first.store, SINCE, 8);
    await inStep(first);
    await first.close();
    const fromZero = await joined(of('zero'));
    const fromSnapshot = await joined(of('joined', { DAYBOOK_SNAPSHOT: at('snapshots') }));
    const size = `${events.toLocaleString('en-GB')} events, and ${SINCE.toLocaleString('en-GB')} after the snapshot`;
    return [
      { what: 'a new process with an empty folder, until it has caught up', value: fromZero, unit: 's', note: size },
      { what: 'the same from a snapshot', value: fromSnapshot, unit: 's', note: size },
      { what: 'making that snapshot beside the process', value: making, unit: 's', note: `${(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(0)} MB` },
    ];
  } finally {
    await peer.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
