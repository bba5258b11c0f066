import { eventTypeFilter, excludeSystemEvents, streamNameFilter } from '@eventstore/db-client';
import type { Filter, ResolvedEvent } from '@eventstore/db-client';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { readOptions, streamIdentifier } from './raw-client';
import { collect, fresh, seen, seenUpTo, useRig } from './rig';

const rig = useRig();

type Source = AsyncIterable<unknown> & { unsubscribe(): Promise<void>; on(event: string, listener: (...all: never[]) => void): unknown };

/** Everything that a subscription tells, in its order: `confirmation`, `caughtUp`, and numbers of events. */
const record = (subscription: Source, count: number): { readonly told: (string | number)[]; readonly done: Promise<void>; readonly live: Promise<void> } => {
  const told: (string | number)[] = [];
  let [finish, goLive] = [() => {}, () => {}];
  const [done, live] = [new Promise<void>((resolve) => { finish = resolve; }), new Promise<void>((resolve) => { goLive = resolve; })];
  subscription.on('confirmation', () => told.push('confirmation'));
  subscription.on('caughtUp', () => {
    told.push('caughtUp');
    goLive();
  });
  subscription.on('data', ({ event }: ResolvedEvent) => {
    told.push(Number((event!.data as { n: number }).n));
    if (told.filter((one) => typeof one === 'number').length >= count) finish();
  });
  return { told, done, live };
};
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const endOfLog = async () => (await collect(rig.client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 })))[0]!.event!.position!;

describe('subscriptions (section 9)', () => {
  it('start: confirmation exactly once and first, then history, then caught_up once, then live events in order', async () => {
    const stream = fresh();
    await rig.client.appendToStream(stream, seenUpTo(5));
    const subscription = rig.client.subscribeToStream(stream);
    const { told, live, done } = record(subscription, 8);
    await live;
    for (const n of numbers(5, 8)) await rig.client.appendToStream(stream, seen(n));
    await done;
    await subscription.unsubscribe();
    expect(told).toEqual(['confirmation', 0, 1, 2, 3, 4, 'caughtUp', 5, 6, 7]);
  });

  it('a revision means strictly after it', async () => {
    const stream = fresh();
    await rig.client.appendToStream(stream, seenUpTo(5));
    const subscription = rig.client.subscribeToStream(stream, { fromRevision: 2n });
    const { told, live } = record(subscription, 2);
    await live;
    await subscription.unsubscribe();
    expect(told).toEqual(['confirmation', 3, 4, 'caughtUp']);
  });

  it('a position means strictly after it', async () => {
    const stream = fresh();
    const { position } = await rig.client.appendToStream(stream, seenUpTo(2));
    await rig.client.appendToStream(stream, [seen(2), seen(3)]);
    const subscription = rig.client.subscribeToAll({ fromPosition: position! });
    const { told, live } = record(subscription, 2);
    await live;
    await subscription.unsubscribe();
    expect(told).toEqual(['confirmation', 2, 3, 'caughtUp']);
  });

  it.each(['stream', '$all'])('end: only what is written after the confirmation, and caught_up at once (%s)', async (of) => {
    const stream = fresh();
    await rig.client.appendToStream(stream, seenUpTo(3));
    const subscription = of === '$all' ? rig.client.subscribeToAll({ fromPosition: 'end' }) : rig.client.subscribeToStream(stream, { fromRevision: 'end' });
    const { told, live, done } = record(subscription, 1);
    await live;
    await rig.client.appendToStream(stream, seen(3));
    await done;
    await subscription.unsubscribe();
    expect(told).toEqual(['confirmation', 'caughtUp', 3]);
  });

  it.each(['not written yet', 'soft deleted'])('a stream that is %s: confirmation, caught_up, then waits', async (state) => {
    const stream = fresh();
    if (state === 'soft deleted') {
      await rig.client.appendToStream(stream, seenUpTo(3));
      await rig.client.deleteStream(stream);
    }
    const subscription = rig.client.subscribeToStream(stream);
    const { told, live, done } = record(subscription, 1);
    await live;
    await rig.client.appendToStream(stream, seen(77));
    await done;
    await subscription.unsubscribe();
    expect(told).toEqual(['confirmation', 'caughtUp', 77]);
  });

  it.each(['stream', '$all'])('no loss and no duplicate across the hand-over, while events are written (%s)', async (of) => {
    const [stream, from] = [fresh(), await endOfLog()];
    const write = async (begin: number, end: number) => {
      for (let n = begin; n < end; n += 5) await rig.client.appendToStream(stream, numbers(n, n + 5).map((one) => seen(one)));
    };
    await write(0, 600);
    const writing = write(600, 1200);
    const subscription = of === '$all' ? rig.client.subscribeToAll({ fromPosition: from }) : rig.client.subscribeToStream(stream);
    const { told, done } = record(subscription, 1200);
    await Promise.all([writing, done]);
    await subscription.unsubscribe();
    expect(told.filter((one) => typeof one === 'number')).toEqual(numbers(0, 1200));
    expect(told[0]).toBe('confirmation');
    expect(told.filter((one) => typeof one === 'string')).toEqual(['confirmation', 'caughtUp']);
  });

  it('a slow reader loses nothing', async () => {
    const stream = fresh();
    const subscription = rig.client.subscribeToStream(stream);
    await rig.client.appendToStream(stream, seenUpTo(300).map((event) => ({ ...event, data: { ...event.data, text: 'x'.repeat(2000) } })));
    const read: number[] = [];
    for await (const { event } of subscription) {
      const n = Number((event!.data as { n: number }).n);
      if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      if (n === 150) await rig.client.appendToStream(stream, numbers(300, 600).map((one) => seen(one)));
      read.push(n);
      if (n === 599) break;
    }
    expect(read).toEqual(numbers(0, 600));
  });

  it('nothing is sent before the confirmation, whose id is a UUID', async () => {
    const stream = fresh();
    await rig.client.appendToStream(stream, seenUpTo(2));
    const options = readOptions().setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream)).setStart(new Empty())).setSubscription(new ReadReq.Options.SubscriptionOptions());
    const messages = await rig.wire.read(options, 4);
    expect(messages.map((message) => message.getContentCase())).toEqual([2, 1, 1, 8]);
    expect(messages[0]!.getConfirmation()!.getSubscriptionId()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('live events of a stream come as they were written, though its metadata cuts them off meanwhile', async () => {
    const stream = fresh();
    await rig.client.setStreamMetadata(stream, { maxCount: 1 });
    const subscription = rig.client.subscribeToStream(stream);
    const { told, live, done } = record(subscription, 5);
    await live;
    await rig.client.appendToStream(stream, seenUpTo(5));
    await done;
    await subscription.unsubscribe();
    expect(told.slice(2)).toEqual(numbers(0, 5));
  });
});

describe('filters (section 10)', () => {
  /** What passes a filter among new events of two streams and two types. */
  const pass = async (filter: Filter): Promise<string[]> => {
    const from = await endOfLog();
    for (const [stream, type] of [['parcel-1', 'Sent'], ['parcel-2', 'Lost'], ['Parcel-3', 'Sent'], ['letter-1', 'Lost'], ['letter-parcel', 'SentBack']] as const)
      await rig.client.appendToStream(stream, { ...seen(1), type });
    await rig.client.setStreamMetadata('parcel-1', { maxCount: 1000 });
    const subscription = rig.client.subscribeToAll({ fromPosition: from, filter });
    const passed: string[] = [];
    await new Promise<void>((resolve) => subscription.on('data', ({ event }) => passed.push(`${event!.streamId} ${event!.type}`)).on('caughtUp', resolve));
    await subscription.unsubscribe();
    return passed;
  };

  it.each<[string, Filter, string[]]>([
    ['a prefix of streams, which is case-sensitive', streamNameFilter({ prefixes: ['parcel-'] }), ['parcel-1 Sent', 'parcel-2 Lost']],
    ['any of several prefixes', streamNameFilter({ prefixes: ['letter', 'Parcel'] }), ['Parcel-3 Sent', 'letter-1 Lost', 'letter-parcel SentBack']],
    ['a regex of streams, unanchored', streamNameFilter({ regex: 'parcel' }), ['parcel-1 Sent', 'parcel-2 Lost', 'letter-parcel SentBack', '$$parcel-1 $metadata']],
    ['a regex with anchors', streamNameFilter({ regex: '^parcel-\\d$' }), ['parcel-1 Sent', 'parcel-2 Lost']],
    ['a prefix of types', eventTypeFilter({ prefixes: ['Sent'] }), ['parcel-1 Sent', 'Parcel-3 Sent', 'letter-parcel SentBack']],
    ['a regex of types', eventTypeFilter({ regex: '^(Sent|Lost)$' }), ['parcel-1 Sent', 'parcel-2 Lost', 'Parcel-3 Sent', 'letter-1 Lost']],
    ['no system events', excludeSystemEvents(), ['parcel-1 Sent', 'parcel-2 Lost', 'Parcel-3 Sent', 'letter-1 Lost', 'letter-parcel SentBack']],
  ])('%s', async (_, filter, passed) => {
    expect(await pass(filter)).toEqual(passed);
  });

  const followRaw = (filter: ReadReq.Options.FilterOptions, limit: number, from?: bigint): Promise<ReadResp[]> => {
    const all = new ReadReq.Options.AllOptions();
    if (from === undefined) all.setStart(new Empty());
    else all.setPosition(new ReadReq.Options.Position().setCommitPosition(String(from)).setPreparePosition(String(from)));
    return rig.wire.read(readOptions().setAll(all).setSubscription(new ReadReq.Options.SubscriptionOptions()).setFilter(filter), limit);
  };
  const expression = (prefix: string) => new ReadReq.Options.FilterOptions.Expression().setPrefixList([prefix]);

  it('384 events and an interval of 2 make 6 or 7 checkpoints', async () => {
    const from = await endOfLog();
    await rig.client.appendToStream(fresh(), seenUpTo(384));
    let checkpoints = 0;
    const filter = eventTypeFilter({ prefixes: ['nothing'], checkpointInterval: 2, checkpointReached: async () => void checkpoints++ });
    const subscription = rig.client.subscribeToAll({ fromPosition: from, filter });
    subscription.on('data', () => undefined);
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve));
    await subscription.unsubscribe();
    expect([6, 7]).toContain(checkpoints);
  });

  it('a checkpoint comes at least once per multiplier x window events considered; positions strictly rise and are never ahead of an unsent event', async () => {
    const [stream, from] = [fresh(), await endOfLog()];
    await rig.client.appendToStream(stream, seenUpTo(200).map((event, n) => ({ ...event, type: n % 7 === 0 ? 'Rare' : 'Seen' })));
    const rare = Array.from({ length: 29 }, (_, n) => n * 7);
    const messages = await followRaw(new ReadReq.Options.FilterOptions().setEventType(expression('Rare')).setMax(5).setCheckpointintervalmultiplier(2), 29 + 20 + 2, from.commit);
    const all = (await collect(rig.client.readStream(stream))).map(({ event }) => event!.position!.commit);
    const checkpoints = messages.flatMap((message) => (message.hasCheckpoint() ? [BigInt(message.getCheckpoint()!.getCommitPosition())] : []));
    expect(checkpoints).toEqual(all.filter((_, n) => n % 10 === 9));
    let told = from.commit;
    for (const message of messages) {
      if (message.hasEvent()) expect(BigInt(message.getEvent()!.getCommitPosition())).toBeGreaterThan(told);
      if (message.hasCheckpoint()) told = BigInt(message.getCheckpoint()!.getCommitPosition());
    }
    expect(messages.flatMap((message) => (message.hasEvent() ? [Number(message.getEvent()!.getEvent()!.getStreamRevision())] : []))).toEqual(rare);
    expect(messages.at(-1)!.hasCaughtUp()).toBe(true);
  });

  it('resuming after any checkpoint loses nothing', async () => {
    const [stream, from] = [fresh(), await endOfLog()];
    await rig.client.appendToStream(stream, seenUpTo(40).map((event, n) => ({ ...event, type: n % 3 === 0 ? 'Third' : 'Seen' })));
    const filter = () => new ReadReq.Options.FilterOptions().setEventType(expression('Third')).setMax(4).setCheckpointintervalmultiplier(1);
    const whole = await followRaw(filter(), 14 + 10 + 2, from.commit);
    for (const [index, message] of whole.entries()) {
      if (!message.hasCheckpoint()) continue;
      const sent = whole.slice(0, index).filter((one) => one.hasEvent()).length;
      const rest = await followRaw(filter(), 14 - sent + (10 - whole.slice(0, index + 1).filter((one) => one.hasCheckpoint()).length) + 2, BigInt(message.getCheckpoint()!.getCommitPosition()));
      expect(rest.filter((one) => one.hasEvent())).toHaveLength(14 - sent);
    }
  });

  it('live, a checkpoint comes after exactly multiplier x window events; the window is 32 when none is named', async () => {
    const filter = new ReadReq.Options.FilterOptions().setStreamIdentifier(expression('nothing')).setCount(new Empty()).setCheckpointintervalmultiplier(1);
    const reading = followRaw(filter, 5, (await endOfLog()).commit);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stream = fresh();
    for (let n = 0; n < 96; n++) await rig.client.appendToStream(stream, seen(n));
    const checkpoints = (await reading).flatMap((message) => (message.hasCheckpoint() ? [BigInt(message.getCheckpoint()!.getCommitPosition())] : []));
    const all = (await collect(rig.client.readStream(stream))).map(({ event }) => event!.position!.commit);
    expect(checkpoints).toEqual([all[31], all[63], all[95]]);
  });

  it('filters test the link itself, not its target', async () => {
    const [stream, links, from] = [fresh(), `links-${fresh()}`, await endOfLog()];
    await rig.client.appendToStream(stream, seen(1));
    await rig.wire.append(links, [{ id: seen(1).id, type: '$>', data: Buffer.from(`0@${stream}`) }], 'any');
    const subscription = rig.client.subscribeToAll({ fromPosition: from, resolveLinkTos: true, filter: streamNameFilter({ prefixes: [links] }) });
    const passed: ResolvedEvent[] = [];
    await new Promise<void>((resolve) => subscription.on('data', (event) => passed.push(event)).on('caughtUp', resolve));
    await subscription.unsubscribe();
    expect(passed.map(({ event, link }) => [event!.streamId, link!.streamId])).toEqual([[stream, links]]);
  });

  it('the client awaits checkpointReached before the next event', async () => {
    const from = await endOfLog();
    await rig.client.appendToStream(fresh(), seenUpTo(3));
    const order: string[] = [];
    const checkpointReached = async () => {
      order.push('reached');
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('handled');
    };
    const subscription = rig.client.subscribeToAll({ fromPosition: from, filter: eventTypeFilter({ prefixes: ['Seen'], maxSearchWindow: 1, checkpointInterval: 1, checkpointReached }) });
    await new Promise<void>((resolve) => subscription.on('data', () => order.push('event')).on('caughtUp', resolve));
    await subscription.unsubscribe();
    expect(order).toEqual(['event', 'reached', 'handled', 'event', 'reached', 'handled', 'event', 'reached', 'handled']);
  });
});
