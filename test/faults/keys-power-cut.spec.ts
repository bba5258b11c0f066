import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RecordKeyId, Sealed } from '#kernel';
import { openEmbeddedReader, START } from '#platform/event-store';
import type { StoredEvent } from '#platform/event-store';
import { openFileKeyStore, openVault } from '#platform/vault';
import type { KeyStore } from '#platform/vault';
import { Seeded } from '#test/seeded';
import { buildShim, shimMissing } from './store/disk-shim';
import { powerCuts, readTrace } from './store/disk-trace';
import type { PowerCut } from './store/disk-trace';

const IMAGES = process.env.DAYBOOK_FAULTS === 'soak' ? 50_000 : 400;
const CONTROL_IMAGES = 100;
const TRACES = 2;
const ROUNDS = 8;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);

/** What the program was told before the power went. */
type Told =
  | { readonly ensured: RecordKeyId; readonly digest: string }
  | { readonly recorded: string; readonly key: RecordKeyId }
  | { readonly destroying: RecordKeyId }
  | { readonly destroyed: RecordKeyId; readonly wrapped: string };

interface Recording {
  readonly kekFile: string;
  readonly calls: ReturnType<typeof readTrace>;
}

const digestOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex');

/** The acknowledgements up to a moment, by what they promise. */
const promises = (acks: readonly Told[]) => {
  const made = new Map<RecordKeyId, string>();
  const recorded = new Set<string>();
  const perhapsGone = new Set<RecordKeyId>();
  const gone = new Map<RecordKeyId, string>();
  for (const ack of acks) {
    if ('ensured' in ack) made.set(ack.ensured, ack.digest);
    else if ('recorded' in ack) recorded.add(ack.recorded);
    else if ('destroying' in ack) perhapsGone.add(ack.destroying);
    else gone.set(ack.destroyed, ack.wrapped);
  }
  return { made, recorded, perhapsGone, gone };
};

const missing = shimMissing();
const when = missing ? describe.skip : describe;

when(`the power cut at ${IMAGES} moments between keys and log (DAYBOOK_SEED=${SEED})${missing ? `: ${missing}` : ''}`, () => {
  const folder = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'daybook-keys-power-'));
  let shim: string;
  beforeAll(() => { shim = buildShim(folder); });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** Runs a program that seals behind the shim until it dies; answers what it asked of the disk. */
  const record = (run: number, rounds: number, preload = ''): Promise<Recording> => {
    const place = fs.mkdtempSync(path.join(folder, 'run-'));
    const trace = path.join(place, 'trace');
    const child = spawn(process.execPath, [path.join(__dirname, 'store/sealing.child.cjs'), place, String(run), String(rounds)], {
      stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LD_PRELOAD: shim, DAYBOOK_TRACE: trace, DAYBOOK_SYNC_US: '1000', NODE_OPTIONS: preload },
    });
    let complaint = '';
    child.stderr.on('data', (bytes: Buffer) => { complaint += bytes.toString('utf8'); });
    return new Promise((resolve, reject) => {
      child.on('close', (_, signal) => (signal === 'SIGKILL'
        ? resolve({ kekFile: path.join(place, 'kek'), calls: readTrace(trace) })
        : reject(new Error(`the program ended by itself: ${complaint}`))));
    });
  };

  const eventsIn = (log: string): StoredEvent[] => {
    const reader = openEmbeddedReader(log);
    const events: StoredEvent[] = [];
    for (let at = START; ;) {
      const { events: page, scannedTo } = reader.page(at, 10_000);
      if (page.length === 0) break;
      events.push(...page);
      at = scannedTo;
    }
    void reader.close();
    return events;
  };

  const keysAgainst = async (keys: KeyStore, { made, perhapsGone, gone }: ReturnType<typeof promises>): Promise<string[]> => {
    const found = await keys.get([...made.keys(), ...gone.keys()]);
    const lost = [...made].filter(([id, digest]) => !perhapsGone.has(id) && (!found.has(id) || digestOf(found.get(id)!) !== digest));
    const back = [...gone.keys()].filter((id) => found.has(id));
    return [...lost.map(([id]) => `key ${id} was made and is lost`), ...back.map((id) => `key ${id} was destroyed and is back`)];
  };

  /** Not only what was acknowledged: any event that the log holds must open. */
  const eventsAgainst = async (keys: KeyStore, events: readonly StoredEvent[], { recorded, perhapsGone, gone }: ReturnType<typeof promises>): Promise<string[]> => {
    const vault = await openVault(keys);
    const values = events.map(({ id, data }) => ({ eventId: id, path: 'data.text', value: (JSON.parse(Buffer.from(data).toString('utf8')) as { text: Sealed }).text }));
    const lost = new Set(await keys.missing(values.map(({ value: { key } }) => key)));
    const there = values.filter(({ value: { key } }) => !lost.has(key));
    const opened = await vault.open(there);
    const texts = new Map(there.map(({ eventId }, i) => [eventId, opened[i]]));
    const unreadable = values.filter(({ eventId, value: { key } }) => texts.get(eventId) !== `said under ${key}` && !(texts.get(eventId) === null && perhapsGone.has(key)));
    const readable = values.filter(({ eventId, value: { key } }) => typeof texts.get(eventId) === 'string' && gone.has(key));
    const held = new Set(events.map(({ id }) => id));
    return [
      ...unreadable.map(({ eventId, value }) => `event ${eventId} has no key ${value.key}`), ...readable.map(({ eventId }) => `event ${eventId} can be read although its key was destroyed`),
      ...[...recorded].filter((id) => !held.has(id)).map((id) => `event ${id} was acknowledged and is lost`),
    ];
  };

  /** What is wrong with the keys and the log that the disk holds after this cut. */
  const examine = async ({ db, wal, keys: keysDb, keysWal, acks }: PowerCut<Told>, kekFile: string): Promise<readonly string[]> => {
    const place = fs.mkdtempSync(path.join(folder, 'image-'));
    const file = (name: string): string => path.join(place, name);
    for (const [name, bytes] of [['log.db', db], ['log.db-wal', wal], ['keys.db', keysDb], ['keys.db-wal', keysWal]] as const) fs.writeFileSync(file(name), bytes);
    const promised = promises(acks);
    try {
      const keys = openFileKeyStore({ folder: place, kekFile, owner: 'ledger' });
      const violations = [...(await keysAgainst(keys, promised)), ...(await eventsAgainst(keys, eventsIn(file('log.db')), promised))];
      const onDisk = Buffer.concat([fs.readFileSync(file('keys.db')), fs.readFileSync(file('keys.db-wal'))]);
      for (const [id, wrapped] of promised.gone) if (onDisk.includes(Buffer.from(wrapped, 'hex'))) violations.push(`key ${id} was destroyed and still lies in a file`);
      await keys.close();
      return violations;
    } catch (error) {
      return [`does not open: ${(error as Error).message}`];
    } finally {
      fs.rmSync(place, { recursive: true });
    }
  };

  it('takes no key that was made before its event, brings back none that was destroyed, and leaves no event that nobody can open', async () => {
    const violations: string[] = [];
    const seen = { images: 0, keys: 0, events: 0, destroyed: 0 };
    for (let run = 0; run < TRACES; run++) {
      const { kekFile, calls } = await record(run, ROUNDS);
      // A destroyed key makes a checkpoint; without one, the write-ahead log grows until it is due.
      const opened = calls.findIndex(({ file }) => file === 'acks');
      expect(calls.filter(({ file, call }, i) => i > opened && file === 'keys' && call === 's').length).toBeGreaterThan(run % 2 === 0 ? 5 : 0);
      for (const cut of powerCuts<Told>(calls, IMAGES / TRACES, new Seeded(SEED + run))) {
        violations.push(...(await examine(cut, kekFile)));
        const { made, recorded, gone } = promises(cut.acks);
        [seen.images, seen.keys, seen.events, seen.destroyed] = [seen.images + 1, seen.keys + made.size, seen.events + recorded.size, seen.destroyed + gone.size];
      }
    }
    expect(violations).toEqual([]);
    expect(seen.images).toBe(IMAGES);
    expect(seen.keys).toBeGreaterThan(IMAGES * 100);
    expect(seen.events).toBeGreaterThan(IMAGES * 100);
    expect(seen.destroyed).toBeGreaterThan(IMAGES / 2);
  }, 60 * 60_000);

  it('is not blind: a key store that is told too early that its keys are on the disk loses keys, and events with them', async () => {
    const { kekFile, calls } = await record(99, 3, `--require ${path.join(__dirname, 'store/unsynced-keys.cjs')}`);
    const violations: string[] = [];
    for (const cut of powerCuts<Told>(calls, CONTROL_IMAGES, new Seeded(SEED))) violations.push(...(await examine(cut, kekFile)));
    expect(violations.filter((violation) => violation.endsWith('was made and is lost')).length).toBeGreaterThan(0);
    expect(violations.filter((violation) => /^event .* has no key /.test(violation)).length).toBeGreaterThan(0);
  }, 10 * 60_000);
});
