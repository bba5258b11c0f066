import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RecordKeyId } from '#kernel';
import { openEmbeddedEventStore, openEmbeddedReader, START } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { backUpKeys, backUpLog, holdFolder, makeFolder, readFolder, restoreKeys, restoreLog } from '#platform/folder';
import type { Folder } from '#platform/folder';
import { readSettings } from '#platform/settings';
import type { Settings } from '#platform/settings';
import { openFileKeyStore } from '#platform/vault';
import type { KeptKeyStore } from '#platform/vault';
import { Seeded } from '#test/seeded';
import { batchOf } from './store/batches.cjs';
import { LogAudit } from './store/log-audit';
import type { Ack } from './store/log-audit';

const BACKUPS = process.env.DAYBOOK_FAULTS === 'soak' ? 500 : 30;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const WRITERS = 4;

const place = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-backup-'));
afterAll(() => fs.rmSync(place, { recursive: true, force: true }));
const settingsOf = (name: string, kekFile?: string): Settings => readSettings({
  DAYBOOK_DATA: path.join(place, name, 'data'), DAYBOOK_KEYS: path.join(place, name, 'keys'), ...(kekFile === undefined ? {} : { DAYBOOK_KEK_FILE: kekFile }),
});
const keyOf = ({ run, batch }: { readonly run: number; readonly batch: number }): RecordKeyId => `nominal-${run}-${batch}` as RecordKeyId;

/** Writers that never wait for each other; a batch is written once its key is durable, as the program does. */
class Load {
  readonly acks: Ack[] = [];
  private stopped = false;
  private readonly writing: Promise<void>[];
  constructor(private readonly store: EmbeddedEventStore, private readonly keys: KeptKeyStore, private readonly random: Seeded) {
    this.writing = Array.from({ length: WRITERS }, (_, run) => this.write(run));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.writing);
  }

  private async write(run: number): Promise<void> {
    const stream = `note-${run}`;
    for (let [batch, revision] = [0, -1]; !this.stopped; batch++) {
      const count = 1 + this.random.below(4);
      await this.keys.ensure([keyOf({ run, batch })]);
      await this.store.append(stream, batchOf(run, batch, count), revision < 0 ? 'no_stream' : revision);
      revision += count;
      this.acks.push({ run, batch, count, stream, revision });
    }
  }
}

/** A copy that was cut off, or in which a page was lost or turned. */
const tear = (file: string, random: Seeded): void => {
  const { size } = fs.statSync(file);
  const at = random.below(size);
  if (random.below(2) === 0) return fs.truncateSync(file, at);
  const handle = fs.openSync(file, 'r+');
  const page = Math.floor(at / 4096) * 4096;
  fs.writeSync(handle, Buffer.alloc(Math.min(4096, size - page), random.below(256)), 0, undefined, page);
  fs.closeSync(handle);
};

const auditOf = async (folder: Folder): Promise<{ readonly audit: LogAudit; readonly batches: ReadonlySet<RecordKeyId> }> => {
  const [audit, batches, reader] = [new LogAudit(), new Set<RecordKeyId>(), openEmbeddedReader(folder.log)];
  for await (const page of reader.readAll(START)) {
    audit.add(page);
    for (const { data, metadata, stream, revision } of page) {
      const said = JSON.parse(Buffer.from(metadata).toString('utf8')) as { readonly run: number; readonly batch: number; readonly ordinal: number };
      if (!batchOf(said.run, said.batch, said.ordinal + 1)[said.ordinal]!.data.every((byte, i) => byte === data[i])) audit.violations.push(`${stream} ${revision} says something else than was written`);
      batches.add(keyOf(said));
    }
  }
  await reader.close();
  audit.expectWhole();
  return { audit, batches };
};

it(`a backup made under load comes back as a whole beginning of the log, with every key that it uses, ${BACKUPS} times (seed ${SEED})`, async () => {
  const random = new Seeded(SEED);
  const here = settingsOf('here');
  const hold = holdFolder(here.data);
  const folder = await makeFolder(here, { kind: 'trial' });
  const store = await openEmbeddedEventStore({ file: folder.log });
  const keys = openFileKeyStore({ folder: folder.keys, kekFile: folder.kekFile, owner: folder.id });
  const load = new Load(store, keys, random);
  const [points, times] = [[] as number[], [] as number[]];
  let refused = 0;
  for (let round = 0; round < BACKUPS; round++) {
    const there = settingsOf(`there-${round}`, folder.kekFile);
    const [log, wrapped] = ['log', 'keys'].map((name) => path.join(place, `${name}-${round}.backup`)) as [string, string];
    const told = load.acks.length;
    await backUpLog(folder, async (file) => void (await store.backup(file)), log);
    await backUpKeys(keys, wrapped);
    const lost = load.acks.slice();
    const began = performance.now();
    const held = holdFolder(there.data);
    const torn = random.below(3) === 0 ? path.join(place, `torn-${round}`) : undefined;
    if (torn) {
      fs.copyFileSync(log, torn);
      tear(torn, random);
      try {
        restoreLog(there, torn);
      } catch (error) {
        expect(error).toMatchObject({ code: 'NOT_A_BACKUP' });
        refused++;
      }
      // What was lost on a page that nothing stands on is no loss; then the whole of it must be there, as below.
      if (!readFolder(there)) restoreLog(there, log);
    } else restoreLog(there, log);
    held.release();
    await restoreKeys(there, wrapped);
    times.push(performance.now() - began);
    const restored = readFolder(there)!;
    const { audit, batches } = await auditOf(restored);
    audit.expectAcks(load.acks.slice(0, told));
    expect(audit.violations).toEqual([]);
    points.push(lost.filter((ack) => !audit.holds(ack)).length);
    const again = openFileKeyStore({ folder: restored.keys, kekFile: restored.kekFile, owner: restored.id });
    expect((await again.get([...batches])).size).toBe(batches.size);
    await again.close();
    for (const gone of [path.join(place, `there-${round}`), log, wrapped, ...(torn ? [torn] : [])]) fs.rmSync(gone, { recursive: true, force: true });
  }
  await load.stop();
  await keys.close();
  await store.close();
  hold.release();
  const worst = (numbers: readonly number[]): string => Math.max(...numbers).toFixed(0);
  process.stdout.write(`-- backups under load: seed ${SEED}, ${load.acks.length} batches acknowledged, ${refused} torn copies refused; recovery point at worst ${worst(points)} batches after the copy began, recovery time at worst ${worst(times)} ms\n`);
  expect(load.acks.length).toBeGreaterThan(BACKUPS);
}, 3_600_000);
