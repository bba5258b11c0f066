import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openEmbeddedReader, START } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { buildShim, shimMissing } from './store/disk-shim';
import { powerCuts, readTrace } from './store/disk-trace';
import type { PowerCut } from './store/disk-trace';
import { LogAudit } from './store/log-audit';

const IMAGES = process.env.DAYBOOK_FAULTS === 'soak' ? 100_000 : 2_000;
const CONTROL_IMAGES = 200;
const TRACES = 4;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);

const missing = shimMissing();
const when = missing ? describe.skip : describe;

when(`the power cut at ${IMAGES} moments (DAYBOOK_SEED=${SEED})${missing ? `: ${missing}` : ''}`, () => {
  const folder = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'daybook-power-'));
  let shim: string;
  beforeAll(() => { shim = buildShim(folder); });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** Runs a writer behind the shim until it dies; answers what it asked of the disk. */
  const record = (run: number, preload = ''): Promise<ReturnType<typeof readTrace>> => {
    const place = fs.mkdtempSync(path.join(folder, 'run-'));
    const trace = path.join(place, 'trace');
    const child = spawn(process.execPath, [path.join(__dirname, 'store/power.child.cjs'), place, String(run), '6'], {
      stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LD_PRELOAD: shim, DAYBOOK_TRACE: trace, NODE_OPTIONS: preload },
    });
    let complaint = '';
    child.stderr.on('data', (bytes: Buffer) => { complaint += bytes.toString('utf8'); });
    return new Promise((resolve, reject) => {
      child.on('close', (_, signal) => (signal === 'SIGKILL' ? resolve(readTrace(trace)) : reject(new Error(`the writer ended by itself: ${complaint}`))));
    });
  };

  /** What is wrong with the log that the disk holds after this cut. */
  const examine = ({ db, wal, acks }: PowerCut): readonly string[] => {
    const place = fs.mkdtempSync(path.join(folder, 'image-'));
    const file = path.join(place, 'log.db');
    fs.writeFileSync(file, db);
    fs.writeFileSync(`${file}-wal`, wal);
    try {
      const connection = new Database(file);
      const integrity = connection.pragma('integrity_check', { simple: true });
      const audit = new LogAudit();
      const reader = openEmbeddedReader(file);
      for (let at = START; ;) {
        const { events, scannedTo } = reader.page(at, 10_000);
        if (events.length === 0) break;
        audit.add(events);
        at = scannedTo;
      }
      void reader.close();
      connection.close();
      audit.expectWhole();
      audit.expectAcks(acks);
      return integrity === 'ok' ? audit.violations : [`integrity: ${String(integrity)}`, ...audit.violations];
    } catch (error) {
      return [`does not open: ${(error as Error).message}`];
    } finally {
      fs.rmSync(place, { recursive: true });
    }
  };

  it('takes nothing that was acknowledged, leaves no batch in part and a log that opens', async () => {
    const traces = await Promise.all(Array.from({ length: TRACES }, (_, run) => record(run)));
    const violations: string[] = [];
    let [images, acks] = [0, 0];
    traces.forEach((calls, run) => {
      expect(calls.filter(({ file, call }) => file === 'db' && call === 's').length).toBeGreaterThan(2);
      for (const cut of powerCuts(calls, IMAGES / TRACES, new Seeded(SEED + run))) {
        images++;
        acks += cut.acks.length;
        violations.push(...examine(cut));
      }
    });
    expect(violations).toEqual([]);
    expect(images).toBe(IMAGES);
    expect(acks).toBeGreaterThan(IMAGES * 20);
  }, 60 * 60_000);

  it('is not blind: a writer whose commits are not synced loses acknowledgements', async () => {
    const calls = await record(99, `--require ${path.join(__dirname, 'store/unsynced.cjs')}`);
    const violations = [...powerCuts(calls, CONTROL_IMAGES, new Seeded(SEED))].flatMap((cut) => [...examine({ ...cut, acks: [...cut.acks] })]);
    expect(violations.filter((violation) => violation.endsWith('is lost')).length).toBeGreaterThan(0);
  }, 10 * 60_000);
});
