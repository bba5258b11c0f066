import { jsonEvent } from '@eventstore/db-client';
import { collect, fresh, revisionsOf, seen, seenUpTo, useRig, uuid } from './rig';

const rig = useRig();

const withTen = async (metadata: object): Promise<string> => {
  const stream = fresh();
  await rig.client.appendToStream(stream, seenUpTo(10));
  await rig.client.appendToStream(`$$${stream}`, jsonEvent({ type: '$metadata', data: metadata as Record<string, string> }));
  return stream;
};
const forwards = async (stream: string, fromRevision: 'start' | bigint = 'start') => revisionsOf(await collect(rig.client.readStream(stream, { fromRevision })));
const backwards = async (stream: string, fromRevision: 'end' | bigint = 'end') => revisionsOf(await collect(rig.client.readStream(stream, { direction: 'backwards', fromRevision })));

describe('metadata of a stream (section 7)', () => {
  it.each<[string, object, number[]]>([
    ['$maxCount', { $maxCount: 3 }, [7, 8, 9]],
    ['$tb', { $tb: 8 }, [8, 9]],
    ['both: the later bound', { $maxCount: 3, $tb: 8 }, [8, 9]],
    ['both: the other way round', { $maxCount: 2, $tb: 3 }, [8, 9]],
    ['a $maxAge that none has reached', { $maxAge: 3600 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['values that are not positive or of another kind are absent', { $maxCount: 0, $tb: -4, $maxAge: 'long', other: 1 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('%s: readers do not see older events, in either direction', async (_, metadata, revisions) => {
    const stream = await withTen(metadata);
    expect(await forwards(stream)).toEqual(revisions);
    expect(await backwards(stream)).toEqual([...revisions].reverse());
    expect(await forwards(stream, 1n)).toEqual(revisions.filter((revision) => revision >= 1));
  });

  it('revisions go on', async () => {
    const stream = await withTen({ $maxCount: 2 });
    expect((await rig.client.appendToStream(stream, seen(1), { expectedRevision: 9n })).nextExpectedRevision).toBe(10n);
    expect(await forwards(stream)).toEqual([9, 10]);
  });

  it('$maxAge compares the stored time with now, event by event', async () => {
    const stream = await withTen({ $maxAge: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await rig.client.appendToStream(stream, seen(1));
    expect(await forwards(stream)).toEqual([10]);
    expect(await backwards(stream)).toEqual([10]);
  });

  it('a fully truncated stream is an empty, successful read, not stream-not-found', async () => {
    const stream = await withTen({ $tb: 10 });
    expect(await forwards(stream)).toEqual([]);
    expect(await backwards(stream)).toEqual([]);
  });

  it('a fully aged stream as well', async () => {
    const stream = await withTen({ $maxAge: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await forwards(stream)).toEqual([]);
  });

  it('metadata streams have a maxCount of 1: reading forwards from start yields only the newest', async () => {
    const stream = await withTen({ $maxCount: 3 });
    await rig.client.setStreamMetadata(stream, { maxCount: 4 });
    expect(await forwards(`$$${stream}`)).toEqual([1]);
    expect(await backwards(`$$${stream}`)).toEqual([1]);
    expect(await forwards(stream)).toEqual([6, 7, 8, 9]);
  });

  it('$all and subscriptions to it still show truncated events', async () => {
    const stream = await withTen({ $tb: 10 });
    expect((await collect(rig.client.readAll())).filter(({ event }) => event!.streamId === stream)).toHaveLength(10);
    const subscription = rig.client.subscribeToAll();
    let shown = 0;
    subscription.on('data', ({ event }) => { shown += Number(event!.streamId === stream); });
    await new Promise<void>((resolve) => subscription.on('caughtUp', resolve));
    await subscription.unsubscribe();
    expect(shown).toBe(10);
  });

  it('unknown keys are kept; the newest event counts, only if it is JSON; a malformed document is an empty one', async () => {
    const stream = await withTen({ $maxCount: 3, colour: 'blue' });
    expect((await rig.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 3, colour: 'blue' });
    await rig.wire.append(`$$${stream}`, [{ id: uuid(), type: '$metadata', contentType: 'application/octet-stream', data: Buffer.from('{"$maxCount":2}') }], 'any');
    expect(await forwards(stream)).toHaveLength(10);
    await rig.wire.append(`$$${stream}`, [{ id: uuid(), type: '$metadata', data: Buffer.from('{"$maxCount":') }], 'any');
    expect(await forwards(stream)).toHaveLength(10);
  });

  it('a read of the newest metadata when none exists is stream-not-found, which the client turns into the name alone', async () => {
    const stream = fresh();
    expect(await rig.client.getStreamMetadata(stream)).toEqual({ streamName: stream });
  });
});
