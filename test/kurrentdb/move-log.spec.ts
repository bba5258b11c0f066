import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { moveLog, openEmbeddedEventStore, openKurrentEventStore } from '#platform/event-store';
import { Seeded } from '#test/seeded';
import { Desk } from '../../apps/cli/cli.fixtures';
import { noted } from '../contracts/event-store.contract';
import { startPeerProcess } from '../peers/eventstoredb/peer-process';
import type { PeerProcess } from '../peers/eventstoredb/peer-process';

const EVENTS = 2_000;

describe('a log that is moved to KurrentDB', () => {
  let folder: string;
  let file: string;
  let peer: PeerProcess;

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-move-'));
    file = path.join(folder, 'log.db');
    peer = await startPeerProcess({ data: path.join(folder, 'server') });
  });
  afterEach(async () => {
    await peer.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const filled = async (): Promise<void> => {
    const [store, random] = [await openEmbeddedEventStore({ file }), new Seeded(7)];
    for (let left = EVENTS; left > 0;) {
      const events = Array.from({ length: Math.min(left, 1 + random.below(5)) }, (_, i) => noted(`${left - i}`));
      await store.append(random.pick(['case-1', 'case-2', 'nominal-1', 'consultation-dc 1-2026-11-25']), events, 'any');
      left -= events.length;
    }
    await store.close();
  };

  it('keeps its numbers and positions, and goes on where it ended', async () => {
    await filled();
    const before = await openEmbeddedEventStore({ file });
    const head = before.currentHead();
    await before.close();
    const moved = await moveLog({ file, url: peer.connectionString });
    expect(moved).toEqual({ events: EVENTS, numbered: head.number + 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    const store = await openKurrentEventStore({ url: peer.connectionString, file });
    const other = await openKurrentEventStore({ url: peer.connectionString, file: path.join(folder, 'other.db') });
    expect(await store.head()).toEqual(head);
    expect(await other.head()).toEqual(head);
    const { revision } = await store.readStream('case-1');
    await store.append('case-1', [noted('later')], revision);
    expect(await other.head()).toEqual({ position: String(EVENTS + 1), number: head.number + 1 });
    await store.close();
    await other.close();
  }, 60_000);

  it('is not written a second time: what is there is compared', async () => {
    await filled();
    const moved = await moveLog({ file, url: peer.connectionString });
    const { batchAppend } = await peer.door.calls();
    expect(await moveLog({ file, url: peer.connectionString })).toEqual(moved);
    expect((await peer.door.calls()).batchAppend).toBe(batchAppend);
  }, 60_000);

  it('is moved whole though the server dies on the way', async () => {
    await filled();
    const moving = moveLog({ file, url: peer.connectionString });
    for (let kill = 0; kill < 3; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      const { port } = peer;
      await peer.kill();
      peer = await startPeerProcess({ data: path.join(folder, 'server'), port });
    }
    const first = await moving.catch(() => undefined);
    const again = await moveLog({ file, url: peer.connectionString });
    expect(again.events).toBe(EVENTS);
    if (first) expect(first.digest).toBe(again.digest);
  }, 60_000);

  it('is not mixed with what somebody else has there', async () => {
    await filled();
    const other = await openKurrentEventStore({ url: peer.connectionString, file: path.join(folder, 'other.db') });
    await other.append('case-9', [noted('other')], 'no_stream');
    await other.close();
    await expect(moveLog({ file, url: peer.connectionString })).rejects.toMatchObject({ code: 'MOVE_REFUSED' });
  }, 60_000);
});

describe('daybook migrate', () => {
  it('has the folder follow KurrentDB from then on, with the same figures', async () => {
    const desk = new Desk();
    const server = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-move-'));
    const peer = await startPeerProcess({ data: server });
    await desk.run(['init', '--as', 'trial']);
    const figures = async (env = {}): Promise<unknown> => JSON.parse((await desk.run(['figures', '--area', 'all', '--json'], env)).out);
    const before = await figures();
    const { exit, out } = await desk.run(['migrate', '--to', peer.connectionString]);
    expect([exit, Object.keys(JSON.parse(out) as object)]).toEqual([0, ['events', 'numbered', 'digest']]);
    expect((await desk.run(['figures', '--json'])).err).toContain('set DAYBOOK_EVENT_STORE');
    const after = await figures({ DAYBOOK_EVENT_STORE: peer.connectionString });
    expect(after).toMatchObject({ investigations: (before as { investigations: object }).investigations });
    await peer.stop();
    fs.rmSync(server, { recursive: true, force: true });
    desk.clear();
  }, 120_000);
});
