import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CommandContext, Decider } from '#kernel';
import { EventCodec, Ledger, openEmbeddedEventStore } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { fromRoot } from '#platform/settings';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { Vault } from '#platform/vault';
import { toys } from '../../../test/support/parcels.cjs';
import { openReadStore } from './open-read-store';
import type { ReadStore } from './read-store';
import { RecordedMoments } from './recorded-moments';

const sending: Decider<{ readonly place: string }, null, { readonly type: 'ParcelSent'; readonly data: { readonly place: string } }> = {
  initialState: null, decide: ({ place }) => [{ type: 'ParcelSent', data: { place } }], evolve: () => null,
};
const context = (): CommandContext => ({
  commandId: randomUUID(), correlationId: 'c', actor: { kind: 'system', id: 'spec' }, effectiveAt: { precision: 'unknown' },
  regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT',
});

describe('what was recorded by a moment', () => {
  let folder: string;
  let store: EmbeddedEventStore;
  let reads: ReadStore;
  let vault: Vault;
  let now: number;
  let ledger: Ledger;
  let moments: RecordedMoments;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'moments-'));
    store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
    reads = await openReadStore({
      file: path.join(folder, 'read.db'), logFile: path.join(folder, 'log.db'), log: store, heads: () => store.headPort(), projections: toys,
      threadFile: fromRoot('test', 'support', 'parcels.thread.cjs'), rebuildFile: fromRoot('test', 'support', 'parcels.child.cjs'), clock: () => now,
    });
    vault = await openVault(memoryKeyStore());
    now = 1_000_000;
    ledger = new Ledger(store, new EventCodec(), vault, () => now, 'spec 1.0');
    moments = new RecordedMoments({ reads, log: store, writer: ledger, clock: () => now });
  });
  afterEach(async () => {
    await reads.close();
    await store.close();
    fs.rmSync(folder, { recursive: true });
  });
  const send = (stream = `parcel-${randomUUID()}`) => ledger.transact(sending, stream, { place: 'Leeds', context: context() });

  it('is not settled before the moment has passed', async () => {
    expect(moments.isSettled(now)).toBe(false);
    now++;
    expect(moments.isSettled(now - 1)).toBe(true);
  });

  it('is not settled while something stamped by then is on its way to the log or to the tables', async () => {
    const sent = send();
    const asked = now;
    for (let turn = 0; turn < 1000 && ledger.earliestUnderWay() === Infinity; turn++) await new Promise(setImmediate);
    now++;
    expect(moments.isSettled(asked)).toBe(false);
    expect(moments.isSettled(asked - 1)).toBe(true);
    const { position } = await sent;
    if (reads.checkpoint().number < 0) expect(moments.isSettled(asked)).toBe(false);
    await reads.waitFor(position, 1000);
    expect(moments.isSettled(asked)).toBe(true);
    expect(reads.numberRecordedBy(asked)).toBe(0);
  });

  it('is settled once the tables hold something later, whatever else is under way', async () => {
    now = 2_000_000;
    await reads.waitFor((await send()).position, 1000);
    now = 1_500_000;
    expect(moments.isSettled(1_999_999)).toBe(true);
    expect(moments.isSettled(2_000_000)).toBe(false);
  });

  it('is stamped last, so that sealing that takes long is no reason to have been recorded long ago', async () => {
    let release = () => {};
    const slow: Vault = { ...vault, sealAll: async (events) => (await new Promise<void>((resolve) => { release = resolve; }), events.map(({ data }) => ({ data }))) } as Vault;
    const sent = new Ledger(store, new EventCodec(), slow, () => now, 'spec 1.0').transact(sending, 'parcel-slow', { place: 'Leeds', context: context() });
    await new Promise((resolve) => setTimeout(resolve, 10));
    now += 60_000;
    release();
    await sent;
    expect((await ledger.history('parcel-slow')).events[0]!.metadata.recordedAt).toBe(new Date(now).toISOString());
  });

  it('stays as it was answered, while others record as fast as they can', async () => {
    let writing = true;
    const started = performance.now();
    const tick = setInterval(() => { now = 1_000_000 + Math.floor(performance.now() - started); }, 1);
    const writers = Array.from({ length: 8 }, async () => { while (writing) await send(); });
    const answers: [number, number][] = [];
    for (let i = 0; i < 60; i++) {
      const asked = now;
      expect(await moments.whenSettled(asked, 2000)).toBe(true);
      answers.push([asked, reads.numberRecordedBy(asked)]);
    }
    writing = false;
    await Promise.all(writers);
    clearInterval(tick);
    await reads.waitFor((await store.head()).position, 5000);
    expect(answers.map(([asked]) => reads.numberRecordedBy(asked))).toEqual(answers.map(([, number]) => number));
  });

  it('is not waited for longer than said', async () => expect(await moments.whenSettled(now, 20)).toBe(false));
});
