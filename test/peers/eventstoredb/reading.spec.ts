import { jsonEvent } from '@eventstore/db-client';
import type { ResolvedEvent } from '@eventstore/db-client';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { readOptions, streamIdentifier } from './raw-client';
import { collect, errorOf, fresh, refusalOf, revisionsOf, seen, seenUpTo, useRig, uuid } from './rig';

const rig = useRig();
const { FilterOptions } = ReadReq.Options;
const stream = 'visit-of-ten';
const positions: bigint[] = [];

beforeAll(async () => {
  for (const event of seenUpTo(10)) positions.push((await rig.client.appendToStream(stream, event)).position!.commit);
});

const read = async (options: object): Promise<number[]> => revisionsOf(await collect(rig.client.readStream(stream, options)));
const readAll = async (options: object): Promise<bigint[]> => (await collect(rig.client.readAll(options))).map(({ event }) => event!.position!.commit);
const ofAll = () => readOptions().setAll(new ReadReq.Options.AllOptions().setStart(new Empty()));
const ofStream = () => readOptions().setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream)).setStart(new Empty()));
const at = (commit: bigint, prepare = commit) =>
  readOptions().setAll(new ReadReq.Options.AllOptions().setPosition(new ReadReq.Options.Position().setCommitPosition(String(commit)).setPreparePosition(String(prepare))));

describe('reading a stream (section 8)', () => {
  it('forwards: inclusive from revision or start', async () => {
    expect(await read({})).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await read({ fromRevision: 7n })).toEqual([7, 8, 9]);
    expect(await read({ fromRevision: 7n, maxCount: 2 })).toEqual([7, 8]);
  });

  it('forwards beyond the end, or from the end: empty', async () => {
    expect(await read({ fromRevision: 10n })).toEqual([]);
    expect(await read({ fromRevision: 2n ** 63n - 1n })).toEqual([]);
    expect(await read({ fromRevision: 'end' })).toEqual([]);
  });

  it('backwards: inclusive from revision; the end or anything beyond the last means the last', async () => {
    expect(await read({ direction: 'backwards', fromRevision: 2n })).toEqual([2, 1, 0]);
    expect(await read({ direction: 'backwards', fromRevision: 'end', maxCount: 3 })).toEqual([9, 8, 7]);
    expect(await read({ direction: 'backwards', fromRevision: 400n, maxCount: 1 })).toEqual([9]);
    expect(await read({ direction: 'backwards', fromRevision: 'start' })).toEqual([0]);
  });

  it('longer than a page, in both directions', async () => {
    const long = fresh();
    await rig.client.appendToStream(long, seenUpTo(1000));
    const forwards = revisionsOf(await collect(rig.client.readStream(long)));
    expect(forwards).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(revisionsOf(await collect(rig.client.readStream(long, { direction: 'backwards', fromRevision: 'end' })))).toEqual(forwards.reverse());
  });

  it('a stream that is not there: one message stream_not_found, then a normal end', async () => {
    const missing = fresh();
    const options = ofStream().setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(missing)).setStart(new Empty()));
    const messages = await rig.wire.read(options);
    expect(messages.map((message) => Buffer.from(message.getStreamNotFound()!.getStreamIdentifier()!.getStreamName_asU8()).toString())).toEqual([missing]);
    expect(await errorOf(collect(rig.client.readStream(missing)))).toMatchObject({ type: 'stream-not-found', streamName: missing });
  });

  it('first and last positions are not sent to a client that did not ask for them', async () => {
    for (const message of await rig.wire.read(ofStream())) expect(message.hasEvent()).toBe(true);
  });

  it('the position of an event is the one of its record', async () => {
    expect((await collect(rig.client.readStream(stream))).map(({ commitPosition }) => commitPosition)).toEqual(positions);
  });
});

describe('reading $all', () => {
  it('forwards: inclusive of the given position; from end: empty', async () => {
    expect(await readAll({ fromPosition: { commit: positions[4]!, prepare: positions[4]! }, maxCount: 3 })).toEqual(positions.slice(4, 7));
    expect(await readAll({ fromPosition: 'end' })).toEqual([]);
  });

  it('backwards: exclusive of the given position; from end: newest first; from start: empty', async () => {
    expect(await readAll({ direction: 'backwards', fromPosition: { commit: positions[4]!, prepare: positions[4]! }, maxCount: 3 })).toEqual([positions[3], positions[2], positions[1]]);
    const [newest] = await readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 });
    expect(newest).toBeGreaterThanOrEqual(positions[9]!);
    expect(await readAll({ direction: 'backwards', fromPosition: 'start' })).toEqual([]);
  });

  it('both directions see the same events', async () => {
    const all = await readAll({});
    expect(all).toEqual((await readAll({ direction: 'backwards', fromPosition: 'end' })).reverse());
    expect(all.length).toBeGreaterThan(1000);
  });

  it('contains system streams and metadata events in log order; at least one of them before any event of a user', async () => {
    const mine = fresh();
    await rig.client.appendToStream(mine, seen(1));
    await rig.client.setStreamMetadata(mine, { maxCount: 3 });
    const streams = (await collect(rig.client.readAll())).map(({ event }) => event!.streamId);
    expect(streams[0]).toMatch(/^\$/);
    expect(streams.slice(-2)).toEqual([mine, `$$${mine}`]);
  });

  it('a position that is no record boundary, or beyond the log, is an error', async () => {
    for (const position of [positions[4]! + 1n, positions[9]! * 1000n]) {
      expect((await refusalOf(rig.wire.read(at(position)))).status).toBe('UNKNOWN');
      const options = at(position);
      options.setSubscription(new ReadReq.Options.SubscriptionOptions());
      expect((await refusalOf(rig.wire.read(options))).status).toBe('INVALID_ARGUMENT');
    }
  });

  it('a commit position before the prepare position is UNKNOWN', async () => {
    expect((await refusalOf(rig.wire.read(at(positions[3]!, positions[4]!)))).status).toBe('UNKNOWN');
  });
});

describe('what cannot be read', () => {
  const filter = () => new FilterOptions().setEventType(new FilterOptions.Expression().setRegex('.')).setMax(1).setCheckpointintervalmultiplier(1);
  const withoutPlace = readOptions();
  const withoutCount = ofAll();
  withoutCount.clearCount();
  const cases: readonly (readonly [string, ReadReq.Options])[] = [
    ['neither a stream nor $all', withoutPlace],
    ['neither a count nor a subscription', withoutCount],
    ['a filter on a stream', ofStream().setFilter(filter())],
    ['a subscription backwards', ofAll().setSubscription(new ReadReq.Options.SubscriptionOptions()).setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS)],
    ['a count of 0', ofAll().setCount('0')],
    ['checkpoints every 0 events', ofAll().setFilter(filter().setCheckpointintervalmultiplier(0))],
    ['a regex that is none', ofAll().setFilter(filter().setEventType(new FilterOptions.Expression().setRegex('(')))],
  ];

  it.each(cases)('%s is INVALID_ARGUMENT', async (_, options) => {
    expect((await refusalOf(rig.wire.read(options))).status).toBe('INVALID_ARGUMENT');
  });

  it('the protocol allows a filter on a read of $all, also backwards, with a count of what passes', async () => {
    const options = ofAll().setFilter(new FilterOptions().setStreamIdentifier(new FilterOptions.Expression().setPrefixList([stream])).setMax(1).setCheckpointintervalmultiplier(1)).setCount('4');
    const revisions = async () => (await rig.wire.read(options)).map((message) => message.getEvent()!.getEvent()!.getStreamRevision());
    expect(await revisions()).toEqual(['0', '1', '2', '3']);
    options.setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS).getAll()!.setEnd(new Empty());
    expect(await revisions()).toEqual(['9', '8', '7', '6']);
  });
});

describe('links (section 11)', () => {
  const link = (text: string) => ({ id: uuid(), type: '$>', contentType: 'application/octet-stream', data: Buffer.from(text) });
  const shape = ({ event, link: found }: ResolvedEvent): [string | undefined, string | undefined] => [
    event && `${event.revision}@${event.streamId}`, found && `${found.revision}@${found.streamId}`,
  ];

  it('resolved: event is the target and link the link event; the target missing, truncated, deleted or tombstoned: link alone; data not of that form: passed on as it is', async () => {
    const [links, target, cut, deleted, gone] = [fresh(), 'visit@home', fresh(), fresh(), fresh()];
    for (const one of [target, cut, deleted, gone]) await rig.client.appendToStream(one, seenUpTo(3));
    await rig.client.setStreamMetadata(cut, { truncateBefore: 2 });
    await rig.client.deleteStream(deleted);
    await rig.client.tombstoneStream(gone);
    const texts = [`1@${target}`, `7@${target}`, `1@${cut}`, `2@${cut}`, `1@${deleted}`, `1@${gone}`, '1@nowhere', 'no link at all'];
    await rig.wire.append(links, texts.map(link), 'any');
    const resolved = (await collect(rig.client.readStream(links, { resolveLinkTos: true }))).map(shape);
    expect(resolved).toEqual([
      [`1@${target}`, `0@${links}`], [undefined, `1@${links}`], [undefined, `2@${links}`], [`2@${cut}`, `3@${links}`], [undefined, `4@${links}`], [undefined, `5@${links}`],
      [undefined, `6@${links}`], [`7@${links}`, undefined],
    ]);
    expect((await collect(rig.client.readStream(links))).map(shape)).toEqual(texts.map((_, n) => [`${n}@${links}`, undefined]));
  });

  it('works in stream reads, $all reads and both kinds of subscriptions; position and order are the link\'s', async () => {
    const [links, target] = [fresh(), fresh()];
    await rig.client.appendToStream(target, seenUpTo(2));
    await rig.wire.append(links, [link(`1@${target}`), link(`0@${target}`)], 'any');
    const expected = [[`1@${target}`, `0@${links}`], [`0@${target}`, `1@${links}`]];
    const all = (await collect(rig.client.readAll({ resolveLinkTos: true, direction: 'backwards', fromPosition: 'end', maxCount: 2 }))).reverse();
    expect(all.map(shape)).toEqual(expected);
    expect(all.map(({ commitPosition, link: found }) => commitPosition === found!.position!.commit)).toEqual([true, true]);
    const before = { commit: all[0]!.commitPosition!, prepare: all[0]!.commitPosition! };
    for (const subscribe of [() => rig.client.subscribeToStream(links, { resolveLinkTos: true }), () => rig.client.subscribeToAll({ resolveLinkTos: true, fromPosition: before })]) {
      const subscription = subscribe();
      const received: ResolvedEvent[] = [];
      await new Promise<void>((resolve) => subscription.on('data', (event: ResolvedEvent) => received.push(event)).on('caughtUp', resolve));
      await subscription.unsubscribe();
      expect(received.slice(-1).map(shape)).toEqual(expected.slice(-1));
    }
  });

  it('the official client reads them as links', async () => {
    const [links, target] = [fresh(), fresh()];
    await rig.client.appendToStream(target, jsonEvent({ type: 'Seen', data: { n: 5 } }));
    await rig.wire.append(links, [link(`0@${target}`)], 'any');
    const [read] = await collect(rig.client.readStream(links, { resolveLinkTos: true }));
    expect([read!.event!.data, read!.link!.type]).toEqual([{ n: 5 }, '$>']);
  });
});
