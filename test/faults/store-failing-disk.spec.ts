import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEmbeddedEventStore, START } from '#platform/event-store';
import { buildShim, shimMissing } from './store/disk-shim';
import { readTrace } from './store/disk-trace';
import { LogAudit } from './store/log-audit';
import type { Ack } from './store/log-audit';

type Told = Ack & { readonly refused?: string; readonly written?: 'no' | 'unknown'; readonly read?: string };
interface Run {
  readonly n: number;
  readonly place: string;
  readonly opened: string;
  readonly tell: readonly Told[];
}

const SOAK = process.env.DAYBOOK_FAULTS === 'soak';
const missing = shimMissing();
const when = missing ? describe.skip : describe;

when(`a disk that fails at every n-th call${missing ? `: ${missing}` : ''}`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-failing-'));
  let shim: string;
  let calls: { readonly writes: number; readonly syncs: number };
  beforeAll(async () => {
    shim = buildShim(folder);
    const trace = path.join(folder, 'trace');
    await child(['none', '0', '1', '0'], { DAYBOOK_TRACE: trace });
    const made = readTrace(trace);
    calls = { writes: made.filter(({ call }) => call === 'w').length, syncs: made.filter(({ call }) => call === 's').length };
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const child = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run[]> => {
    const process_ = spawn(process.execPath, [path.join(__dirname, 'store/failing-disk.child.cjs'), folder, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LD_PRELOAD: shim, ...env },
    });
    let [said, complaint] = ['', ''];
    process_.stdout.on('data', (bytes: Buffer) => { said += bytes.toString('utf8'); });
    process_.stderr.on('data', (bytes: Buffer) => { complaint += bytes.toString('utf8'); });
    return new Promise((resolve, reject) => {
      process_.on('close', (code) => (code === 0
        ? resolve(said.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Run))
        : reject(new Error(`the script died: ${complaint}`))));
    });
  };

  /** Lets each of the first `most` calls of a kind fail, each in a run of its own. */
  const failEach = async (kind: string, most: number): Promise<Run[]> => {
    const lanes = await Promise.all([1, 2].map((from) => child([kind, String(from), '2', String(most)])));
    return lanes.flat();
  };

  /** What a run's log holds against what its appends were told, read by a store that opens it on a healthy disk. */
  const violationsOf = async ({ n, place, opened, tell }: Run): Promise<string[]> => {
    const audit = new LogAudit();
    const store = await openEmbeddedEventStore({ file: path.join(place, 'log.db') });
    for await (const page of store.readAll(START)) audit.add(page);
    await store.close();
    fs.rmSync(place, { recursive: true });
    audit.expectWhole();
    audit.expectAcks(tell.filter(({ revision }) => revision !== undefined));
    const untyped = [opened, ...tell.flatMap(({ refused, read }) => [refused, read])]
      .filter((code) => code !== undefined && !['OPENED', 'STORE_UNAVAILABLE', 'WRONG_EXPECTED_VERSION'].includes(code));
    const denied = tell.filter((told) => told.written === 'no' && audit.holds(told));
    return [
      ...audit.violations.map((violation) => `call ${n}: ${violation}`), ...untyped.map((code) => `call ${n}: an error without a type: ${code}`),
      ...denied.map(({ batch }) => `call ${n}: batch ${batch} was said not to be written and is there`),
    ];
  };

  const violationsIn = async (runs: readonly Run[]): Promise<string[]> => {
    const found: string[] = [];
    for (const run of runs) found.push(...(await violationsOf(run)));
    return found;
  };

  const refusals = ({ tell }: Run): Told[] => tell.filter(({ refused }) => refused === 'STORE_UNAVAILABLE');
  const goesOnAfterRefusal = ({ tell }: Run): boolean => {
    const first = tell.findIndex(({ refused }) => refused === 'STORE_UNAVAILABLE');
    return first >= 0 && tell.slice(first).some(({ revision }) => revision !== undefined);
  };
  const times = SOAK ? 10 : 1;

  it('stops writing for good when a sync fails, although the next one would succeed', async () => {
    expect(calls.syncs).toBeGreaterThan(8);
    const runs = (await Promise.all([failEach('sync-EIO', calls.syncs * times), failEach('sync-stays', calls.syncs)])).flat();
    expect(runs.filter(goesOnAfterRefusal)).toEqual([]);
    expect(runs.filter((run) => refusals(run).length > 0).length).toBeGreaterThan(4);
    expect(runs.flatMap(refusals).filter(({ written }) => written === 'unknown').length).toBeGreaterThan(4);
    expect(await violationsIn(runs)).toEqual([]);
  }, 300_000);

  it('stops writing for good when a write fails', async () => {
    expect(calls.writes).toBeGreaterThan(60);
    const runs = await failEach('write-EIO', calls.writes * times);
    expect(runs.filter(goesOnAfterRefusal)).toEqual([]);
    expect(runs.filter((run) => refusals(run).length > 0).length).toBeGreaterThan(20);
    expect(await violationsIn(runs)).toEqual([]);
  }, 300_000);

  it('refuses what there was no room for, says that it was not written, and goes on', async () => {
    const runs = await failEach('write-ENOSPC', calls.writes * times);
    const refused = runs.filter((run) => refusals(run).length > 0 && run.opened === 'OPENED');
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.filter((run) => !goesOnAfterRefusal(run) && refusals(run).at(-1) !== run.tell.at(-1))).toEqual([]);
    expect(runs.flatMap(refusals).filter(({ written }) => written !== 'no')).toEqual([]);
    expect(await violationsIn(runs)).toEqual([]);
  }, 300_000);

  it.each(['write-EINTR', 'write-short'])('is not disturbed by %s', async (kind) => {
    const runs = await failEach(kind, calls.writes * times);
    expect(runs.filter((run) => refusals(run).length > 0 || run.opened !== 'OPENED')).toEqual([]);
    expect(await violationsIn(runs)).toEqual([]);
  }, 300_000);

  it('answers a failed read with an error of its own and loses nothing', async () => {
    const runs = await failEach('read-EIO', 60 * times);
    expect(runs.filter((run) => run.opened !== 'OPENED' || run.tell.some(({ refused, read }) => (refused ?? read) === 'STORE_UNAVAILABLE')).length).toBeGreaterThan(5);
    expect(await violationsIn(runs)).toEqual([]);
  }, 300_000);
});
