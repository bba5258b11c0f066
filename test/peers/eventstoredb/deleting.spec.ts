import { jsonEvent } from '@eventstore/db-client';
import type { Expected } from './raw-client';
import { collect, errorOf, failureOf, fresh, refusalOf, revisionsOf, seen, seenUpTo, useRig, uuid, uuids } from './rig';

const rig = useRig();
const LAST = 2n ** 63n - 1n;

const withThree = async (): Promise<string> => {
  const stream = fresh();
  await rig.client.appendToStream(stream, seenUpTo(3));
  return stream;
};
const softlyDeleted = async (): Promise<string> => {
  const stream = await withThree();
  await rig.client.deleteStream(stream);
  return stream;
};
const tombstoned = async (): Promise<string> => {
  const stream = await withThree();
  await rig.client.tombstoneStream(stream);
  return stream;
};
const rawMetadata = async (stream: string): Promise<string> => {
  const [newest] = await collect(rig.client.readStream(`$$${stream}`, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }));
  return JSON.stringify(newest!.event!.data);
};

describe('delete and tombstone (section 6)', () => {
  const CODES: Record<string, string> = { any: '-2', no_stream: '-1', stream_exists: '-4' };

  describe.each(['delete', 'tombstone'] as const)('%s', (act) => {
    it.each<[Expected, string]>([['no_stream', '2'], [1n, '2'], [7n, '2']])('run the append decision first, without idempotency: expecting %s of a stream at 2 is wrong-expected-version', async (expected, actual) => {
      const stream = await withThree();
      expect(await refusalOf(rig.wire[act](stream, expected))).toEqual({
        status: 'FAILED_PRECONDITION',
        trailers: { exception: 'wrong-expected-version', 'stream-name': stream, 'expected-version': CODES[String(expected)] ?? String(expected), 'actual-version': actual },
      });
    });

    it.each<Expected>(['stream_exists', 0n])('expecting %s of a stream that is not there is wrong-expected-version, actual -1', async (expected) => {
      const { trailers } = await refusalOf(rig.wire[act](fresh(), expected));
      expect(trailers).toMatchObject({ exception: 'wrong-expected-version', 'expected-version': CODES[String(expected)] ?? String(expected), 'actual-version': '-1' });
    });

    it.each<Expected>(['any', 'stream_exists', 2n])('expecting %s of a stream at 2 is done, and answered with the position of the record written', async (expected) => {
      const stream = await withThree();
      const position = await rig.wire[act](stream, expected);
      const [newest] = await collect(rig.client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 1 }));
      expect(newest!.event).toMatchObject({ streamId: act === 'delete' ? `$$${stream}` : stream, position: { commit: position, prepare: position } });
    });

    it.each<Expected>(['any', 'no_stream', 'stream_exists', 2n])('a tombstoned stream is stream-deleted, expecting %s', async (expected) => {
      const stream = await tombstoned();
      expect(await refusalOf(rig.wire[act](stream, expected))).toEqual({ status: 'FAILED_PRECONDITION', trailers: { exception: 'stream-deleted', 'stream-name': stream } });
    });
  });

  it('the official client: actualVersion of a delete conflict is a number, also when nothing is there', async () => {
    expect(await errorOf(rig.client.deleteStream(fresh(), { expectedRevision: 3n }))).toMatchObject({ type: 'wrong-expected-version', actualVersion: -1n, expectedVersion: 3n });
  });

  it('a name outside ASCII is escaped in trailers', async () => {
    const { trailers } = await refusalOf(rig.wire.delete('visite-Zoë', 3n));
    expect(trailers['stream-name']).toBe('visite-Zo%C3%AB');
  });
});

describe('a soft delete', () => {
  it('writes $metadata with $tb = 9223372036854775807 to the metadata stream; all other metadata is lost', async () => {
    const stream = await withThree();
    await rig.client.setStreamMetadata(stream, { maxCount: 5, custom: 'kept until then' });
    await rig.client.deleteStream(stream);
    const [message] = await rig.wire.readBackwards(`$$${stream}`, 1);
    expect(message!.getMetadataMap().get('type')).toBe('$metadata');
    expect(Buffer.from(message!.getData_asU8()).toString()).toBe('{"$tb":9223372036854775807}');
  });

  it('of a stream with neither events nor metadata is a conflict, even expecting any', async () => {
    expect((await refusalOf(rig.wire.delete(fresh(), 'any'))).trailers).toMatchObject({ exception: 'wrong-expected-version', 'expected-version': '-2', 'actual-version': '-1' });
  });

  it('of a stream with metadata only is done', async () => {
    const stream = fresh();
    await rig.client.setStreamMetadata(stream, { maxCount: 5 });
    expect((await rig.client.deleteStream(stream)).position).toBeDefined();
  });

  it('twice is done twice; expecting that it exists is stream-deleted', async () => {
    const stream = await softlyDeleted();
    expect((await rig.client.deleteStream(stream)).position).toBeDefined();
    expect((await refusalOf(rig.wire.delete(stream, 'stream_exists'))).trailers).toMatchObject({ exception: 'stream-deleted' });
  });

  it('read after it: stream not found; its metadata is readable', async () => {
    const stream = await softlyDeleted();
    expect(await errorOf(collect(rig.client.readStream(stream)))).toMatchObject({ type: 'stream-not-found', streamName: stream });
    expect(await errorOf(collect(rig.client.readStream(stream, { direction: 'backwards', fromRevision: 'end' })))).toMatchObject({ type: 'stream-not-found' });
    expect((await rig.client.getStreamMetadata(stream)).metadata).toBeDefined();
  });

  it.each(['any', 'no_stream', 2n] as const)('append after it (%s) goes on at the next revision, and $tb becomes the first new one', async (expectedRevision) => {
    const stream = await softlyDeleted();
    const { nextExpectedRevision } = await rig.client.appendToStream(stream, seenUpTo(2), { expectedRevision });
    expect(nextExpectedRevision).toBe(4n);
    expect(revisionsOf(await collect(rig.client.readStream(stream)))).toEqual([3, 4]);
    expect(await rawMetadata(stream)).toBe('{"$tb":3}');
  });

  it('an append sent again after it revives nothing', async () => {
    const [stream, ids] = [fresh(), uuids(2)];
    await rig.wire.batchAppend(stream, ids, 'no_stream');
    await rig.client.deleteStream(stream);
    expect(await rig.wire.batchAppend(stream, ids, 'any')).toMatchObject({ revision: 1n });
    expect(await errorOf(collect(rig.client.readStream(stream)))).toMatchObject({ type: 'stream-not-found' });
  });

  it('writing metadata of a soft-deleted stream undeletes it too: $tb is put into what was just written, other keys are kept', async () => {
    const stream = await softlyDeleted();
    await rig.client.setStreamMetadata(stream, { maxCount: 7, colour: 'blue' });
    expect(JSON.parse(await rawMetadata(stream))).toEqual({ $maxCount: 7, colour: 'blue', $tb: 3 });
    expect(await collect(rig.client.readStream(stream))).toEqual([]);
    await rig.client.appendToStream(stream, seen(1), { expectedRevision: 2n });
    expect(revisionsOf(await collect(rig.client.readStream(stream)))).toEqual([3]);
  });

  it('$all still shows what was deleted', async () => {
    const stream = await softlyDeleted();
    expect((await collect(rig.client.readAll())).filter(({ event }) => event!.streamId === stream)).toHaveLength(3);
  });
});

describe('a tombstone', () => {
  it.each(['any', 'no_stream'] as const)('a stream that never existed can be tombstoned, expecting %s', async (expectedRevision) => {
    const stream = fresh();
    await rig.client.tombstoneStream(stream, { expectedRevision });
    expect((await errorOf(collect(rig.client.readStream(stream)))).type).toBe('stream-deleted');
  });

  it('is an event $streamDeleted of revision 2^63 - 1, visible in $all with those before it', async () => {
    const stream = await tombstoned();
    const events = (await collect(rig.client.readAll())).filter(({ event }) => event!.streamId === stream).map(({ event }) => [event!.type, event!.revision]);
    expect(events).toEqual([['Seen', 0n], ['Seen', 1n], ['Seen', 2n], ['$streamDeleted', LAST]]);
  });

  it('for ever: reads, appends, deletes and tombstones of the stream and of its metadata stream are stream-deleted', async () => {
    const stream = await tombstoned();
    const refused = { type: 'stream-deleted' };
    for (const name of [stream, `$$${stream}`]) {
      expect(await errorOf(collect(rig.client.readStream(name)))).toMatchObject({ ...refused, streamName: name });
      expect(await errorOf(collect(rig.client.readStream(name, { direction: 'backwards', fromRevision: 'end' })))).toMatchObject(refused);
      expect(await errorOf(rig.client.appendToStream(name, jsonEvent({ type: '$metadata', data: {} })))).toMatchObject(refused);
    }
    expect(await errorOf(rig.client.setStreamMetadata(stream, { maxCount: 1 }))).toMatchObject(refused);
    expect(await errorOf(rig.client.deleteStream(stream))).toMatchObject(refused);
    expect(await errorOf(rig.client.tombstoneStream(stream))).toMatchObject(refused);
  });

  it('of a soft-deleted stream is made', async () => {
    const stream = await softlyDeleted();
    await rig.client.tombstoneStream(stream);
    expect((await refusalOf(rig.wire.append(stream, [{ id: uuid() }], 'any'))).trailers.exception).toBe('stream-deleted');
  });

  it('live subscribers of the stream get stream-deleted at once, new ones instead of a confirmation; subscribers of $all see the event', async () => {
    const stream = await withThree();
    const live = rig.client.subscribeToStream(stream);
    const gone = failureOf(live);
    const all = rig.client.subscribeToAll({ fromPosition: 'end' });
    const noticed = new Promise<string>((resolve) => all.on('data', ({ event }) => resolve(event!.type)));
    await Promise.all([live, all].map((subscription) => new Promise<void>((resolve) => subscription.on('caughtUp', resolve).on('data', () => undefined))));
    await rig.client.tombstoneStream(stream);
    expect((await gone).type).toBe('stream-deleted');
    expect(await noticed).toBe('$streamDeleted');
    await all.unsubscribe();
    const late = rig.client.subscribeToStream(stream);
    let isConfirmed = false;
    late.on('confirmation', () => { isConfirmed = true; });
    expect((await failureOf(late)).type).toBe('stream-deleted');
    expect(isConfirmed).toBe(false);
  });
});
