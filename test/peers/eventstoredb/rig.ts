import crypto from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { ResolvedEvent } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { startPeer } from './peer';
import type { Peer, PeerOptions } from './peer';
import { openWire } from './raw-client';
import type { Wire } from './raw-client';

export interface Rig {
  readonly peer: Peer;
  /** The official client. */
  readonly client: EventStoreDBClient;
  /** The bare protocol. */
  readonly wire: Wire;
}

/** A server of its own for the tests of a file, with both ways to speak to it. */
export const useRig = (options: PeerOptions = {}): Rig => {
  const rig = {} as { -readonly [Name in keyof Rig]: Rig[Name] };
  beforeAll(async () => {
    rig.peer = await startPeer(options);
    rig.client = EventStoreDBClient.connectionString(rig.peer.connectionString);
    rig.wire = openWire(rig.peer.port);
  });
  afterAll(async () => {
    rig.wire.close();
    await rig.client.dispose();
    await rig.peer.stop();
  });
  return rig;
};

let streams = 0;
/** A stream that no other test knows. */
export const fresh = (): string => `visit-${++streams}`;
export const uuid = (): string => crypto.randomUUID();
export const uuids = (count: number): string[] => Array.from({ length: count }, uuid);
export const seen = (n: number, id = uuid()) => jsonEvent({ id, type: 'Seen', data: { n } });
export const seenUpTo = (count: number) => Array.from({ length: count }, (_, n) => seen(n));

export const collect = async <E>(source: AsyncIterable<E>): Promise<E[]> => {
  const all: E[] = [];
  for await (const one of source) all.push(one);
  return all;
};

export const revisionsOf = (events: readonly ResolvedEvent[]): number[] => events.map(({ event }) => Number(event!.revision));

/** What a raw call was refused with. */
export const refusalOf = async (call: Promise<unknown>): Promise<{ readonly status: string; readonly trailers: Readonly<Record<string, string>> }> => {
  const error = await call.then(() => { throw new Error('it was not refused'); }, (reason: ServiceError) => reason);
  if (error.code === undefined) throw error;
  const { 'content-type': _type, date: _date, ...trailers } = Object.fromEntries(Object.entries(error.metadata?.getMap() ?? {}).map(([name, value]) => [name, String(value)]));
  return { status: status[error.code]!, trailers };
};

/** What the official client makes of a refusal. */
export const errorOf = async (call: Promise<unknown>): Promise<Record<string, unknown> & { readonly type: string }> =>
  call.then(() => { throw new Error('it was not refused'); }, (reason: Record<string, unknown> & { type: string }) => reason);

/** What ends a subscription. */
export const failureOf = (subscription: NodeJS.EventEmitter): Promise<Error & { readonly type: string }> =>
  new Promise((resolve) => subscription.once('error', resolve));
