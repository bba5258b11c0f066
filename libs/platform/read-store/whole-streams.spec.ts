import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { memoryEventStore, openEmbeddedEventStore } from '#platform/event-store';
import type { EventStore } from '#platform/event-store';
import { moved, sent } from '#test/parcel-events';
import { wholeStreams } from './whole-streams';

const fill = async (store: EventStore): Promise<void> => {
  for (let round = 0; round < 3; round++)
    for (const stream of ['parcel-a', 'letter-a', 'parcel-b', 'consultation-x-1'])
      await store.append(stream, [sent('Leeds'), moved('York')], 'any');
};

const streams = async (store: EventStore, atOnce?: number): Promise<Record<string, number[]>> => {
  const until = await store.head();
  await store.append('parcel-a', [sent('too late')], 'any');
  await store.append('parcel-c', [sent('too late')], 'any');
  const found: Record<string, number[]> = {};
  for await (const events of wholeStreams(store, until, ['parcel'], atOnce)) {
    const { stream } = events[0]!;
    expect(found).not.toHaveProperty([stream]);
    expect(events.every((event) => event.stream === stream)).toBe(true);
    found[stream] = events.map(({ revision }) => revision);
  }
  return found;
};

const all = [0, 1, 2, 3, 4, 5];

it('gives each stream once and whole, up to the checkpoint, from a store that reads in its own order', async () => {
  const store = memoryEventStore();
  await fill(store);
  expect(await streams(store)).toEqual({ 'parcel-a': all, 'parcel-b': all });
});

it('gives the same when only a part of the streams may be held at a time', async () => {
  const store = memoryEventStore();
  await fill(store);
  expect(await streams(store, 1)).toEqual({ 'parcel-a': all, 'parcel-b': all });
});

it('gives the same from a store that can read stream by stream', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whole-streams-'));
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  await fill(store);
  expect(await streams(store)).toEqual({ 'parcel-a': all, 'parcel-b': all });
  await store.close();
  fs.rmSync(folder, { recursive: true });
});

it('gives each event byte for byte as its stream does, whatever the bytes are', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whole-streams-'));
  const store = await openEmbeddedEventStore({ file: path.join(folder, 'log.db') });
  const data = [Buffer.from([0, 255, 0, 128, 10]), Buffer.from([]), Buffer.from('{"place":"\u0000Łódź"}'), Buffer.from([0xc3, 0x28])];
  await store.append('parcel-a', data.map((bytes, i) => ({ ...sent('x'), data: bytes, metadata: data[data.length - 1 - i]! })), 'no_stream');
  for await (const events of wholeStreams(store, await store.head(), ['parcel'])) {
    expect(events).toEqual((await store.readStream('parcel-a')).events);
    expect(events.map((event) => [...event.data])).toEqual(data.map((bytes) => [...bytes]));
  }
  expect.assertions(2);
  await store.close();
  fs.rmSync(folder, { recursive: true });
});

it('joins a stream that runs over several pages', async () => {
  const store = memoryEventStore();
  await fill(store);
  const byStream = async function* () {
    for (const stream of ['parcel-a', 'parcel-b']) {
      const { events } = await store.readStream(stream);
      yield events.slice(0, 4);
      yield events.slice(4);
    }
  };
  const found: number[] = [];
  for await (const events of wholeStreams({ readAll: store.readAll.bind(store), readByStream: byStream }, await store.head(), ['parcel'])) found.push(events.length);
  expect(found).toEqual([6, 6]);
});
