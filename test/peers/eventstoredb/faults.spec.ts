import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { ResolvedEvent } from '@eventstore/db-client';
import { startPeer } from './peer';
import type { Peer } from './peer';
import { startPeerProcess } from './peer-process';
import { openWire } from './raw-client';
import type { Wire } from './raw-client';
import { collect, errorOf, failureOf, fresh, refusalOf, seen, seenUpTo, uuid, uuids } from './rig';

const PATIENCE_MS = 300;

/** What a call has come to after a while: `waiting` when nothing. */
const soon = <T>(call: Promise<T>): Promise<T | 'waiting'> =>
  Promise.race([call, new Promise<'waiting'>((resolve) => setTimeout(() => resolve('waiting'), PATIENCE_MS))]);

describe('faults on demand', () => {
  let peer: Peer;
  let wire: Wire;
  let client: EventStoreDBClient;
  const appendOne = (stream: string, id: string) => wire.append(stream, [{ id }], 'any');

  beforeEach(async () => {
    peer = await startPeer();
    wire = openWire(peer.port);
    client = EventStoreDBClient.connectionString(`${peer.connectionString}&throwOnAppendFailure=true`);
  });
  afterEach(async () => {
    wire.close();
    await client.dispose();
    await peer.stop();
  });

  it.each(['append', 'batchAppend'] as const)('%s, silence at the request: nothing is written and nobody is told', async (on) => {
    const [stream, id] = [fresh(), uuid()];
    await peer.door.fault({ on, at: 'request', how: 'silence' });
    const call: Promise<unknown> = on === 'append' ? appendOne(stream, id) : wire.batchAppend(stream, [id], 'any');
    call.catch(() => undefined);
    expect(await soon(call)).toBe('waiting');
    expect(await wire.readIds(stream, 0)).toEqual([]);
    await appendOne(stream, id);
    expect(await wire.readIds(stream, 0)).toEqual([id]);
  });

  it.each(['append', 'batchAppend'] as const)('%s, silence at the reply: it is written and nobody is told', async (on) => {
    const [stream, id] = [fresh(), uuid()];
    await peer.door.fault({ on, at: 'reply', how: 'silence' });
    const call: Promise<unknown> = on === 'append' ? appendOne(stream, id) : wire.batchAppend(stream, [id], 'any');
    call.catch(() => undefined);
    expect(await soon(call)).toBe('waiting');
    expect(await wire.readIds(stream, 0)).toEqual([id]);
  });

  it.each([['request', 0], ['reply', 1]] as const)('unavailable at the %s', async (at, written) => {
    const stream = fresh();
    await peer.door.fault({ on: 'append', at, how: 'unavailable' });
    expect((await refusalOf(appendOne(stream, uuid()))).status).toBe('UNAVAILABLE');
    expect(await wire.readIds(stream, 0)).toHaveLength(written);
    await peer.door.fault({ on: 'batchAppend', at, how: 'unavailable' });
    expect((await errorOf(client.appendToStream(stream, seen(1)))).type).toBe('unavailable');
    expect(await wire.readIds(stream, 0)).toHaveLength(2 * written);
  });

  it('a timeout of the store is ABORTED, for the official client a TimeoutError, and the outcome is unknown', async () => {
    const stream = fresh();
    await peer.door.fault({ on: 'append', at: 'reply', how: 'timeout' });
    expect((await errorOf(client.appendToStream(stream, seen(1), { credentials: { username: 'a', password: 'b' } }))).type).toBe('timeout');
    expect(await wire.readIds(stream, 0)).toHaveLength(1);
  });

  it('not the leader: the client goes to the leader with its next call', async () => {
    const leader = await startPeer();
    await peer.door.fault({ on: 'batchAppend', at: 'request', how: 'not-leader', leader: { host: '127.0.0.1', port: leader.port } });
    const stream = fresh();
    expect(await errorOf(client.appendToStream(stream, seen(1)))).toMatchObject({ type: 'not-leader', leader: { address: '127.0.0.1', port: leader.port } });
    await client.appendToStream(stream, seen(1));
    expect((await leader.door.calls()).batchAppend).toBe(1);
    await client.dispose();
    await leader.stop();
  });

  it('a follower refuses writes and whoever asks for the leader, and answers other reads', async () => {
    await wire.batchAppend('visit', uuids(2), 'any');
    await peer.door.follow({ host: 'leader.example', port: 2113 });
    for (const call of [appendOne('visit', uuid()), wire.delete('visit', 'any'), wire.tombstone('visit', 'any')]) expect((await refusalOf(call)).trailers).toMatchObject({ exception: 'not-leader' });
    expect(await errorOf(collect(client.readStream('visit', { requiresLeader: true })))).toMatchObject({ type: 'not-leader' });
    expect(await wire.readIds('visit', 0)).toHaveLength(2);
  });

  it('a delay at the reply: written at once, answered late', async () => {
    const stream = fresh();
    await peer.door.fault({ on: 'append', at: 'reply', how: 'delay', delayMs: 2 * PATIENCE_MS });
    const call = appendOne(stream, uuid());
    expect(await soon(call)).toBe('waiting');
    expect(await wire.readIds(stream, 0)).toHaveLength(1);
    expect((await call).hasSuccess()).toBe(true);
  });

  it('a reset in the middle of batches: those before it are answered, the rest is not, and a resend settles what is unknown', async () => {
    const [stream, batches] = [fresh(), Array.from({ length: 6 }, () => uuids(2))];
    await peer.door.fault({ on: 'batchAppend', at: 'reply', how: 'reset', spare: 3 });
    const outcomes = await Promise.allSettled(batches.map((ids) => wire.batchAppend(stream, ids, 'any')));
    expect(outcomes.slice(0, 3).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(outcomes[3]!.status).toBe('rejected');
    wire.close();
    wire = openWire(peer.port);
    for (const ids of batches) await wire.batchAppend(stream, ids, 'any');
    expect(await wire.readIds(stream, 0)).toEqual(batches.flat());
  });

  it.each(['unavailable', 'reset'] as const)('%s in the middle of a subscription ends it with an error; resuming after the last position loses nothing', async (how) => {
    const stream = fresh();
    await client.appendToStream(stream, seenUpTo(50));
    await peer.door.fault({ on: 'read', at: 'reply', how, messages: 20 });
    const received: number[] = [];
    const take = ({ event }: ResolvedEvent) => received.push(Number(event!.revision));
    const first = client.subscribeToStream(stream);
    first.on('data', take);
    expect((await failureOf(first)).type).toBe('unavailable');
    expect(received.length).toBeLessThan(20);
    const second = client.subscribeToStream(stream, received.length > 0 ? { fromRevision: BigInt(received.at(-1)!) } : {});
    await new Promise<void>((resolve) => second.on('data', take).on('caughtUp', resolve));
    await second.unsubscribe();
    expect(received).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('half-open: nothing comes and nothing fails until it thaws', async () => {
    const stream = fresh();
    await appendOne(stream, uuid());
    await peer.door.freeze();
    const call = appendOne(stream, uuid());
    expect(await soon(call)).toBe('waiting');
    await peer.door.thaw();
    expect((await call).getSuccess()!.getCurrentRevision()).toBe('1');
  });

  it('as often as asked, and no longer than until it is cleared; calls are counted', async () => {
    await peer.door.fault({ on: 'append', at: 'request', how: 'unavailable', times: 2, spare: 1 });
    const outcomes: string[] = [];
    for (let n = 0; n < 4; n++) outcomes.push(await appendOne('visit', uuid()).then(() => 'done', () => 'refused'));
    expect(outcomes).toEqual(['done', 'refused', 'refused', 'done']);
    await peer.door.fault({ at: 'request', how: 'unavailable', times: 0 });
    for (let n = 0; n < 3; n++) expect((await refusalOf(appendOne('visit', uuid()))).status).toBe('UNAVAILABLE');
    await peer.door.clear();
    await appendOne('visit', uuid());
    expect(await peer.door.calls()).toMatchObject({ append: 8, batchAppend: 0 });
  });

  it('a restart over the same folder and port goes on where it was', async () => {
    const { port } = peer;
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-peer-restart-'));
    await peer.stop();
    peer = await startPeer({ port, data: folder });
    const before = await wire.batchAppend('visit', uuids(2), 'any');
    await peer.stop();
    peer = await startPeer({ port, data: folder });
    wire.close();
    wire = openWire(port);
    const after = await wire.batchAppend('visit', uuids(1), 1n);
    expect(after.position).toBeGreaterThan(before.position);
    await peer.stop();
    fs.rmSync(folder, { recursive: true });
    peer = await startPeer();
  });

  it('the door of a child answers in the order of what was asked, and a child that faints is half-open until it wakes', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-peer-child-'));
    const child = await startPeerProcess({ data: folder });
    const [calls] = await Promise.all([child.door.calls(), child.door.fault({ on: 'append', at: 'request', how: 'unavailable' }), child.door.clear(), child.door.calls()]);
    expect(calls).toMatchObject({ append: 0 });
    const other = openWire(child.port);
    await other.append('visit', [{ id: uuid() }], 'no_stream');
    child.faint();
    const call = other.append('visit', [{ id: uuid() }], 0n);
    expect(await soon(call)).toBe('waiting');
    child.wakeUp();
    expect((await call).hasSuccess()).toBe(true);
    other.close();
    await child.stop();
    fs.rmSync(folder, { recursive: true });
  });
});
