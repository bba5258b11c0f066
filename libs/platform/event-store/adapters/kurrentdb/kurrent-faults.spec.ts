import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { noted } from '../../../../../test/contracts/event-store.contract';
import { startPeer } from '../../../../../test/peers/eventstoredb/peer';
import type { Peer, PeerOptions } from '../../../../../test/peers/eventstoredb/peer';
import type { StoredEvent } from '../../event-store';
import { EventTooLargeError } from '../../limits';
import { openKurrentEventStore } from './kurrent-event-store';
import type { KurrentEventStore, KurrentTimes } from './kurrent-event-store';

const QUICK: KurrentTimes = { append: 3_000, attempt: 300, read: 2_000 };

let folder: string;
let opened: { close(): Promise<void> }[];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-kurrent-'));
  opened = [];
});
afterEach(async () => {
  for (const one of opened.reverse()) await one.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const aPeer = async (options: PeerOptions = {}): Promise<Peer> => {
  const peer = await startPeer(options);
  opened.push({ close: () => peer.stop() });
  return peer;
};

const aStore = async (url: string, copy = 'log', times = QUICK): Promise<KurrentEventStore> => {
  const store = await openKurrentEventStore({ url, file: path.join(folder, `${copy}.db`), times });
  opened.push(store);
  return store;
};

const both = async (): Promise<{ peer: Peer; store: KurrentEventStore }> => {
  const peer = await aPeer({ data: path.join(folder, 'server') });
  return { peer, store: await aStore(peer.connectionString) };
};

const everything = async (store: KurrentEventStore): Promise<StoredEvent[]> => {
  const all: StoredEvent[] = [];
  for await (const page of store.readAll('')) all.push(...page);
  return all;
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('an append whose outcome is not known', () => {
  it.each(['silence', 'unavailable', 'timeout', 'reset'] as const)('is made once when its answer is lost (%s)', async (how) => {
    const { peer, store } = await both();
    await store.append('case-1', [noted('before')], 'no_stream');
    await peer.door.fault({ on: 'batchAppend', at: 'reply', how });
    expect(await store.append('case-1', [noted('a'), noted('b')], 0)).toMatchObject({ revision: 2 });
    expect(await everything(store)).toHaveLength(3);
  });

  it.each(['silence', 'unavailable', 'timeout', 'reset'] as const)('is made once when it never arrived (%s)', async (how) => {
    const { peer, store } = await both();
    await store.append('case-1', [noted('before')], 'no_stream');
    await peer.door.fault({ on: 'batchAppend', at: 'request', how });
    expect(await store.append('case-1', [noted('a')], 'any')).toMatchObject({ revision: 1 });
    expect(await everything(store)).toHaveLength(2);
  });

  it('is told as unknown when no answer comes at all, within its time', async () => {
    const { peer, store } = await both();
    await store.append('case-1', [noted('before')], 'no_stream');
    await peer.door.fault({ on: 'batchAppend', at: 'request', how: 'silence', times: 0 });
    await expect(store.append('case-1', [noted('a')], 0)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'unknown' });
    await peer.door.clear();
    expect(await store.append('case-1', [noted('a')], 0)).toMatchObject({ revision: 1 });
  });

  it('settles for all that are under way when the connection is torn, and each is made once', async () => {
    const { peer, store } = await both();
    await store.append('case-0', [noted('first')], 'no_stream');
    const under = Array.from({ length: 64 }, (_, i) => store.append(`case-${i + 1}`, [noted(`${i}`), noted(`${i}`)], 'no_stream'));
    await peer.door.reset();
    expect((await Promise.all(under)).every(({ revision }) => revision === 1)).toBe(true);
    expect(await everything(store)).toHaveLength(129);
  });

  it('settles when the connection is half open, and goes on over another', async () => {
    const { peer, store } = await both();
    await store.append('case-1', [noted('before')], 'no_stream');
    await peer.door.freeze();
    const frozen = store.append('case-1', [noted('a')], 0);
    setTimeout(() => void peer.door.thaw(), 700);
    expect(await frozen).toMatchObject({ revision: 1 });
    expect(await everything(store)).toHaveLength(2);
  });
});

describe('a server that is not what it was', () => {
  it('is left for the leader that it names', async () => {
    const [follower, leader] = [await aPeer(), await aPeer()];
    await follower.door.follow({ host: '127.0.0.1', port: leader.port });
    const store = await aStore(follower.connectionString);
    expect(await store.append('case-1', [noted('a')], 'no_stream')).toMatchObject({ revision: 0 });
    expect((await leader.door.calls()).batchAppend).toBe(1);
  });

  it('harms no other store of the process when it breaks', async () => {
    const [broken, whole] = [await aPeer(), await aPeer()];
    const [one, other] = [await aStore(broken.connectionString, 'one'), await aStore(whole.connectionString, 'other')];
    await broken.door.fault({ on: 'batchAppend', at: 'request', how: 'silence', times: 0 });
    const lost = one.append('case-1', [noted('a')], 'no_stream');
    const under = Array.from({ length: 50 }, (_, i) => other.append(`case-${i}`, [noted('b')], 'no_stream'));
    await broken.door.reset();
    expect((await Promise.all(under)).every(({ revision }) => revision === 0)).toBe(true);
    await expect(lost).rejects.toMatchObject({ written: 'unknown' });
  });

  it('is followed again by itself when it has come back', async () => {
    const data = path.join(folder, 'server');
    const first = await startPeer({ data });
    const store = await aStore(first.connectionString);
    const seen: string[] = [];
    const subscription = store.subscribe('', { onBatch: async (events) => void seen.push(...events.map(({ id }) => id)), onError: () => undefined });
    const [a, b] = [noted('a'), noted('b')];
    await store.append('case-1', [a], 'no_stream');
    await first.stop();
    await until(() => store.following === 'AWAY');
    await expect(store.head()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await aPeer({ data, port: first.port });
    await until(() => store.following === 'LIVE');
    expect(await store.append('case-1', [b], 0)).toMatchObject({ revision: 1 });
    await until(() => seen.length === 2);
    expect(seen).toEqual([a.id, b.id]);
    await subscription.stop();
  });

  it('is refused when its log is not the one that was copied', async () => {
    const [first, second] = [await aPeer(), await aPeer()];
    const before = await openKurrentEventStore({ url: first.connectionString, file: path.join(folder, 'log.db'), times: QUICK });
    await before.append('case-1', [noted('a')], 'no_stream');
    await before.close();
    const store = await aStore(second.connectionString);
    await until(() => store.following === 'DIVERGED');
    await expect(store.append('case-1', [noted('b')], 0)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', written: 'no' });
    expect(store.trouble).toMatch(/not of the log in the event store/);
  });

  it('is not believed when a stream of the ledger is gone', async () => {
    const { peer, store } = await both();
    await store.append('case-1', [noted('a')], 'no_stream');
    const { EventStoreDBClient } = await import('@eventstore/db-client');
    const client = EventStoreDBClient.connectionString(peer.connectionString);
    await client.deleteStream('case-1');
    await client.dispose();
    await expect(store.readStream('case-1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});

describe('two processes on one log', () => {
  const two = async () => {
    const peer = await aPeer();
    return [await aStore(peer.connectionString, 'one'), await aStore(peer.connectionString, 'other')] as const;
  };

  it('count the same numbers and positions', async () => {
    const [one, other] = await two();
    for (const stream of ['case-1', 'consultation-x-1', 'case-2', 'case-1']) await one.append(stream, [noted(stream)], 'any');
    await other.append('case-2', [noted('other')], 'any');
    const place = ({ id, number, position }: StoredEvent) => ({ id, number, position });
    expect((await everything(one)).map(place)).toEqual((await everything(other)).map(place));
    expect(await one.head()).toEqual({ position: '5', number: 3 });
  });

  it('see at once what the other has written to a stream', async () => {
    const [one, other] = await two();
    await one.append('case-1', [noted('a')], 'no_stream');
    expect((await other.readStream('case-1')).revision).toBe(0);
    await expect(other.append('case-1', [noted('b')], 'no_stream')).rejects.toMatchObject({ code: 'WRONG_EXPECTED_VERSION', actual: 0 });
  });

  it('let one of both go first at a revision, and both go on where any will do', async () => {
    const [one, other] = await two();
    const race = await Promise.allSettled([one, other].map((store) => store.append('case-1', [noted('a')], 'no_stream')));
    expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? one : other).append('case-2', [noted(`${i}`)], 'any')));
    expect((await one.readStream('case-2')).revision).toBe(39);
  });

  it('are told when the other was quicker with the same ids', async () => {
    const [one, other] = await two();
    const event = noted('a');
    const receipts = await Promise.all([one.append('case-1', [event], 'no_stream'), other.append('case-1', [{ ...event, data: Buffer.from('{"text":"other"}') }], 'no_stream')]);
    expect(receipts.filter(({ resent }) => resent)).toHaveLength(1);
    expect((await everything(one))).toHaveLength(1);
  });
});

describe('what is not sent', () => {
  it('is an append that is larger than the server takes', async () => {
    const { peer, store } = await both();
    const large = { ...noted('a'), data: Buffer.alloc(1024 * 1024) };
    await expect(store.append('case-1', [large], 'no_stream')).rejects.toBeInstanceOf(EventTooLargeError);
    expect((await peer.door.calls()).batchAppend).toBe(0);
  });

  it('is learnt where the server takes less than it was said to', async () => {
    const peer = await aPeer({ maxAppendBytes: 10_000 });
    const store = await aStore(peer.connectionString);
    const large = { ...noted('a'), data: Buffer.alloc(20_000) };
    for (let i = 0; i < 2; i++) await expect(store.append('case-1', [large], 'no_stream')).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE', limit: 10_000 });
    expect((await peer.door.calls()).batchAppend).toBe(1);
  });

  it('is a stream of the store\'s own', async () => {
    const { store } = await both();
    await expect(store.append('$settings', [noted('a')], 'any')).rejects.toMatchObject({ code: 'MALFORMED' });
  });
});
