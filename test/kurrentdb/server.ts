import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openKurrentEventStore } from '#platform/event-store';
import type { EventStore, KurrentEventStore, KurrentTimes, StoredEvent, Subscriber } from '#platform/event-store';
import { startPeerProcess } from '../peers/eventstoredb/peer-process';

/** The server that these tests run against: a real one named by `DAYBOOK_TEST_KURRENTDB`, else one of the tests' own. */
export interface ServerUnderTest {
  readonly url: string;
  stop(): Promise<void>;
}

export const isReal = process.env.DAYBOOK_TEST_KURRENTDB !== undefined;

/** What one event may have must fit: on a real server the setting MaxAppendSize has to be as large. Up to 25.0 it can be no larger: 16 MiB less 10,000 bytes for the record. */
const SIZE = 'maxAppendSize=16767216';

export const aServer = async (): Promise<ServerUnderTest> => {
  const real = process.env.DAYBOOK_TEST_KURRENTDB;
  if (real !== undefined) return { url: `${real}${real.includes('?') ? '&' : '?'}${SIZE}`, stop: async () => undefined };
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-peer-'));
  const peer = await startPeerProcess({ data, maxAppendBytes: 16_767_216 });
  return { url: `${peer.connectionString}&${SIZE}`, stop: () => peer.stop().then(() => fs.rmSync(data, { recursive: true, force: true })) };
};

/** A store with a copy of its own that sees only what is written from now on. */
export const aStoreOf = async (url: string, times?: Partial<KurrentTimes>): Promise<KurrentEventStore> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-copy-'));
  const store = await openKurrentEventStore({ url, file: path.join(folder, 'log.db'), fromNow: true, ...(times ? { times } : {}) });
  const close = store.close.bind(store);
  store.close = () => close().then(() => fs.rmSync(folder, { recursive: true, force: true }));
  return store;
};

/** The store under names that nobody has used before, so that a server with a past is as good as an empty one. */
export const underNewNames = (store: EventStore): EventStore => {
  const suffix = `-~${randomUUID()}`;
  const plain = (event: StoredEvent): StoredEvent => ({ ...event, stream: event.stream.slice(0, -suffix.length) });
  const told = (subscriber: Subscriber): Subscriber => ({
    onBatch: (events, batch) => subscriber.onBatch(events.map(plain), batch), onError: (error) => subscriber.onError(error),
  });
  return {
    append: async (stream, events, expected) => {
      try {
        return await store.append(stream === '' ? '' : `${stream}${suffix}`, events, expected);
      } catch (error) {
        if (error instanceof Error && 'stream' in error) Object.assign(error, { stream });
        throw error;
      }
    },
    readStream: async (stream, options) => {
      const slice = await store.readStream(`${stream}${suffix}`, options);
      return { ...slice, events: slice.events.map(plain) };
    },
    readAll: async function* (after, options) {
      for await (const page of store.readAll(after, options)) yield page.map(plain);
    },
    subscribe: (after, subscriber, options) => store.subscribe(after, told(subscriber), options),
    head: () => store.head(),
    close: () => store.close(),
  };
};
