import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Seeded } from '#test/seeded';
import { openWire } from './raw-client';
import type { Wire } from './raw-client';
import { startPeerProcess } from './peer-process';

const KILLS = process.env.DAYBOOK_FAULTS === 'soak' ? 1_000 : 100;
const SEED = Number(process.env.DAYBOOK_SEED ?? Date.now() % 1_000_000);
const STREAMS = 5;

interface Sent {
  readonly stream: string;
  readonly ids: readonly string[];
  /** Undefined: nobody was told. */
  revision?: bigint;
}

/** Appends batch after batch until the server is gone. */
const writeUntilDeath = async (wire: Wire, sent: Sent[], random: Seeded): Promise<void> => {
  for (;;) {
    const batch: Sent = { stream: `parcel-${random.below(STREAMS)}`, ids: Array.from({ length: 1 + random.below(4) }, () => crypto.randomUUID()) };
    sent.push(batch);
    try {
      batch.revision = (await wire.batchAppend(batch.stream, batch.ids, 'any')).revision;
    } catch {
      return;
    }
  }
};

describe(`a server killed ${KILLS} times while it is written to (DAYBOOK_SEED=${SEED})`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-peer-kill-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('has every acknowledged event after each kill, every batch whole or absent, and answers a batch sent again as it did or would have', async () => {
    const random = new Seeded(SEED);
    const [sent, checked] = [[] as Sent[], new Map<string, number>()];
    let acknowledged = 0;
    for (let kill = 0; kill <= KILLS; kill++) {
      const peer = await startPeerProcess({ data: folder });
      const wire = openWire(peer.port);
      const life = sent.splice(0);
      acknowledged += life.filter(({ revision }) => revision !== undefined).length;
      const streams = [...new Set(life.map(({ stream }) => stream))];
      for (const stream of streams) {
        // Before anything is sent again: what was lost would be written anew. Of the last batch nobody was told.
        const told = life.filter((batch) => batch.stream === stream && batch.revision !== undefined).flatMap(({ ids }) => ids);
        const found = await wire.readIds(stream, checked.get(stream) ?? 0);
        expect(found.slice(0, told.length)).toEqual(told);
      }
      const again = await Promise.all(life.map(({ stream, ids }) => wire.batchAppend(stream, ids, 'any')));
      life.forEach(({ revision }, i) => { if (revision !== undefined) expect(again[i]!.revision).toBe(revision); });
      for (const stream of streams) {
        const from = checked.get(stream) ?? 0;
        const found = await wire.readIds(stream, from);
        expect(found).toEqual(life.filter((batch) => batch.stream === stream).flatMap(({ ids }) => ids));
        checked.set(stream, from + found.length);
      }
      const dying = kill === KILLS ? peer.stop() : new Promise((resolve) => setTimeout(resolve, 5 + random.below(60))).then(() => peer.kill());
      await Promise.all([kill === KILLS ? undefined : writeUntilDeath(wire, sent, random), dying]);
      wire.close();
    }
    expect(acknowledged).toBeGreaterThan(KILLS);
  }, 30 * 60_000);
});
