import { binaryEvent, EventStoreDBClient, jsonEvent, persistentSubscriptionToStreamSettingsFromDefaults } from '@eventstore/db-client';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { OperationsClient } from '@eventstore/db-client/generated/operations_grpc_pb';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { credentials, Metadata, status } from '@grpc/grpc-js';
import { startPeer } from './peer';
import { openWire, readOptions, streamIdentifier } from './raw-client';
import { collect, errorOf, fresh, refusalOf, seen, seenUpTo, useRig, uuid } from './rig';

const rig = useRig();
const streamOptions = (stream: string) => readOptions().setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream)).setStart(new Empty()));

describe('what goes over the wire (section 1)', () => {
  it('positions: commit equals prepare, they rise strictly over the log, are unique and not contiguous, and stream reads carry them too', async () => {
    const stream = fresh();
    await rig.client.appendToStream(stream, seenUpTo(3));
    const all = (await collect(rig.client.readAll())).map(({ event }) => event!);
    const positions = all.map(({ position }) => position!.commit);
    expect(all.map(({ position }) => position!.prepare)).toEqual(positions);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => Number(a - b)));
    expect(positions.some((position, i) => i > 0 && position !== positions[i - 1]! + 1n)).toBe(true);
    const inStream = (await collect(rig.client.readStream(stream))).map(({ event, commitPosition }) => [event!.position!.commit, commitPosition]);
    expect(inStream).toEqual(all.filter(({ streamId }) => streamId === stream).map(({ position }) => [position!.commit, position!.commit]));
  });

  it('the position returned by an append equals the position of the last event of that append', async () => {
    const stream = fresh();
    const { position } = await rig.client.appendToStream(stream, seenUpTo(3));
    const events = await collect(rig.client.readStream(stream));
    expect(position).toEqual(events.at(-1)!.event!.position);
  });

  it('ids come as text or structured, and go out as lower-case text or structured as was asked', async () => {
    const [stream, id] = [fresh(), 'F47AC10B-58CC-4372-A567-0E02B2C3D479'];
    await rig.wire.append(stream, [{ id }], 'any');
    const [text] = await rig.wire.read(streamOptions(stream));
    expect(text!.getEvent()!.getEvent()!.getId()!.getString()).toBe(id.toLowerCase());
    const [structured] = await rig.wire.read(streamOptions(stream).setUuidOption(new ReadReq.Options.UUIDOption().setStructured(new Empty())));
    const parts = structured!.getEvent()!.getEvent()!.getId()!.getStructured()!;
    expect([BigInt(parts.getMostSignificantBits()), BigInt(parts.getLeastSignificantBits())].map((part) => BigInt.asUintN(64, part).toString(16)).join('')).toBe(id.toLowerCase().replaceAll('-', ''));
    const other = fresh();
    await rig.wire.append(other, [{ id: parts }], 'any');
    expect(await rig.wire.readIds(other, 0)).toEqual([id.toLowerCase()]);
  });

  it('a read without uuid_option is INVALID_ARGUMENT', async () => {
    const options = streamOptions(fresh());
    options.clearUuidOption();
    expect(await refusalOf(rig.wire.read(options))).toMatchObject({ status: 'INVALID_ARGUMENT' });
  });

  it('created is a number of 100 ns ticks since 1970, as decimal text; type and content-type go out beside it', async () => {
    const [stream, before] = [fresh(), Date.now()];
    await rig.client.appendToStream(stream, seen(1));
    const [message] = await rig.wire.read(streamOptions(stream));
    const properties = new Map(message!.getEvent()!.getEvent()!.getMetadataMap().toObject());
    expect([...properties.keys()].sort()).toEqual(['content-type', 'created', 'type']);
    expect(properties.get('created')).toMatch(/^\d+$/);
    const created = Number(BigInt(properties.get('created')!) / 10_000n);
    expect(created).toBeGreaterThanOrEqual(before);
    expect(created).toBeLessThanOrEqual(Date.now());
    const [read] = await collect(rig.client.readStream(stream));
    expect(read!.event!.created.getTime()).toBe(created);
  });

  it('content-type is exactly application/json or comes back as application/octet-stream; bytes of data and metadata are never touched', async () => {
    const stream = fresh();
    const [spaced, odd] = [Buffer.from('{ "n" : 1.0 }'), Buffer.from([0, 255, 10, 13])];
    await rig.wire.append(stream, [
      { id: uuid(), data: spaced, metadata: Buffer.from('{ "a":  1}') },
      { id: uuid(), contentType: 'application/vnd.thing+json', data: odd, metadata: odd },
    ], 'any');
    const events = (await rig.wire.read(streamOptions(stream))).map((message) => message.getEvent()!.getEvent()!);
    expect(events.map((event) => event.getMetadataMap().get('content-type'))).toEqual(['application/json', 'application/octet-stream']);
    expect(events.map((event) => Buffer.from(event.getData_asU8()))).toEqual([spaced, odd]);
    expect(events.map((event) => Buffer.from(event.getCustomMetadata_asU8()))).toEqual([Buffer.from('{ "a":  1}'), odd]);
  });

  it('empty custom metadata comes back as undefined, metadata that is not JSON as bytes', async () => {
    const [stream, bytes] = [fresh(), new Uint8Array([1, 2, 250])];
    await rig.client.appendToStream(stream, [seen(1), binaryEvent({ type: 'Seen', data: bytes, metadata: bytes }), jsonEvent({ type: 'Seen', data: {}, metadata: { by: 'me' } })]);
    const events = (await collect(rig.client.readStream(stream))).map(({ event }) => event!);
    expect(events[0]!.metadata).toBeUndefined();
    expect(Buffer.from(events[1]!.metadata as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(Buffer.from(events[1]!.data as Uint8Array)).toEqual(Buffer.from(bytes));
    expect(events[2]!.metadata).toEqual({ by: 'me' });
  });

  it('stream names travel as UTF-8', async () => {
    const stream = `${fresh()}-Zoë-日本`;
    await rig.client.appendToStream(stream, seen(1));
    expect((await collect(rig.client.readStream(stream)))[0]!.event!.streamId).toBe(stream);
  });
});

describe('what a server says of itself (sections 2 and 14)', () => {
  it('appendToStream uses BatchAppend when it is listed and no credentials are given for the call, otherwise Append', async () => {
    const before = await rig.peer.door.calls();
    await rig.client.appendToStream(fresh(), seen(1));
    await rig.client.appendToStream(fresh(), seen(1), { credentials: { username: 'admin', password: 'changeit' } });
    const after = await rig.peer.door.calls();
    expect([after.batchAppend - before.batchAppend, after.append - before.append]).toEqual([1, 1]);
    const plain = await startPeer({ hasBatches: false });
    const client = EventStoreDBClient.connectionString(plain.connectionString);
    expect((await client.appendToStream(fresh(), seenUpTo(2))).nextExpectedRevision).toBe(1n);
    expect(await plain.door.calls()).toMatchObject({ append: 1, batchAppend: 0 });
    await client.dispose();
    await plain.stop();
  });

  it('GetSupportedMethods returns lower-case names and a version of three numbers', async () => {
    const client = new ServerFeaturesClient(`127.0.0.1:${rig.peer.port}`, credentials.createInsecure());
    const answer = await new Promise<SupportedMethods.AsObject>((resolve, reject) =>
      client.getSupportedMethods(new Empty(), (error, methods) => (error ? reject(error) : resolve(methods.toObject()))));
    client.close();
    expect(answer.eventStoreServerVersion).toMatch(/^\d+\.\d+\.\d+$/);
    const names = answer.methodsList.map(({ serviceName, methodName }) => `/${serviceName}/${methodName}`);
    expect(names).toEqual(names.map((name) => name.toLowerCase()));
    expect(names).toContain('/event_store.client.streams.streams/batchappend');
  });

  it('gossip is read with several endpoints and leads to the leader; a single endpoint never gossips', async () => {
    expect((await rig.peer.door.calls()).gossip).toBe(0);
    const follower = await startPeer();
    await follower.door.follow({ host: '127.0.0.1', port: rig.peer.port });
    const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${follower.port},127.0.0.1:${follower.port}?tls=false`);
    const stream = fresh();
    await client.appendToStream(stream, seen(1));
    expect((await follower.door.calls()).gossip).toBe(1);
    expect(await collect(rig.client.readStream(stream))).toHaveLength(1);
    await client.dispose();
    await follower.stop();
  });

  it('everything else is UNIMPLEMENTED', async () => {
    const client = new OperationsClient(`127.0.0.1:${rig.peer.port}`, credentials.createInsecure());
    expect(await refusalOf(new Promise((resolve, reject) => client.mergeIndexes(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer)))))).toMatchObject({ status: 'UNIMPLEMENTED' });
    client.close();
    const settings = persistentSubscriptionToStreamSettingsFromDefaults();
    expect(await errorOf(rig.client.createPersistentSubscriptionToStream(fresh(), 'group', settings))).toMatchObject({ code: status.UNIMPLEMENTED });
  });
});

describe('who calls (section 3)', () => {
  const asking = (name: string, password: string): Metadata => {
    const metadata = new Metadata();
    metadata.set('authorization', `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
    return metadata;
  };

  it.each([['admin', 'wrong'], ['nobody', 'changeit']])('bad or unknown credentials (%s, %s) are UNAUTHENTICATED for every service', async (name, password) => {
    const metadata = asking(name, password);
    const wire = openWire(rig.peer.port, metadata);
    const address = `127.0.0.1:${rig.peer.port}`;
    const [gossip, features] = [new GossipClient(address, credentials.createInsecure()), new ServerFeaturesClient(address, credentials.createInsecure())];
    const calls = [
      wire.read(streamOptions('visit')), wire.append('visit', [{ id: uuid() }], 'any'), wire.batchAppend('visit', [uuid()], 'any'), wire.delete('visit', 'any'), wire.tombstone('visit', 'any'),
      new Promise((resolve, reject) => gossip.read(new Empty(), metadata, (error, answer) => (error ? reject(error) : resolve(answer)))),
      new Promise((resolve, reject) => features.getSupportedMethods(new Empty(), metadata, (error, answer) => (error ? reject(error) : resolve(answer)))),
    ];
    for (const call of calls) expect(await refusalOf(call)).toMatchObject({ status: 'UNAUTHENTICATED' });
    wire.close();
    gossip.close();
    features.close();
  });

  it('right ones are let in', async () => {
    const wire = openWire(rig.peer.port, asking('admin', 'changeit'));
    expect(await wire.batchAppend(fresh(), [uuid()], 'no_stream')).toMatchObject({ revision: 0n });
    wire.close();
  });
});
