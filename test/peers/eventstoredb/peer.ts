import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { openEmbeddedEventStore } from '#platform/event-store';
import { append } from './append';
import { batchAppend } from './batch-append';
import { deleteSoftly, tombstone } from './deleting';
import { Faults } from './faults';
import type { Calls, Fault } from './faults';
import { Front } from './front';
import { features, gossip } from './node-services';
import { PeerLog } from './peer-log';
import { read } from './read';
import type { Endpoint } from './refusals';
import { ACCOUNTS, Rights } from './rights';
import type { Account } from './rights';
import type { Room } from './room';
import { writeFirstEvents } from './first-events';

export interface PeerOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** Folder of the log; absent: one of its own, gone when the peer stops. */
  readonly data?: string;
  /** The name clients are told to connect to, 127.0.0.1 if absent. */
  readonly host?: string;
  /** PEM; absent: without TLS, and whoever calls without a name may do everything. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Beside `admin` and `ops`, both with the password `changeit`. */
  readonly accounts?: Readonly<Record<string, Account>>;
  /** Bytes that the events of one append may have: 1 MiB if absent, as up to version 25.0. */
  readonly maxAppendBytes?: number;
  /** After this a batch is answered with a time-out: 2000 if absent. */
  readonly writeTimeoutMs?: number;
  /** False: the server does not name BatchAppend among its methods, so the client appends one call at a time. */
  readonly hasBatches?: boolean;
}

/** What a test can do to a server, in this process or in one of its own. */
export interface Door {
  /** Lets calls go wrong from now on. */
  fault(fault: Fault): Promise<void>;
  /** No fault waits any longer, and the server is the leader again. */
  clear(): Promise<void>;
  /** Makes the server a follower of another, which it names to whoever writes. */
  follow(leader: Endpoint): Promise<void>;
  /** Tears all connections. */
  reset(): Promise<void>;
  /** Half-open until `thaw`: connections stay and carry nothing. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** How many calls there were, by method. */
  calls(): Promise<Calls>;
}

export interface Peer {
  readonly port: number;
  readonly connectionString: string;
  readonly door: Door;
  /** Ends all calls and closes the log. */
  stop(): Promise<void>;
}

/** Starts the server in this process. @throws StoreUnavailableError when the log cannot be opened */
export const startPeer = async (options: PeerOptions = {}): Promise<Peer> => {
  const data = options.data ?? fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-peer-'));
  fs.mkdirSync(data, { recursive: true });
  const store = await openEmbeddedEventStore({ file: path.join(data, 'log.db') });
  const front = await Front.open('127.0.0.1', options.port ?? 0);
  const endpoint = { host: options.host ?? '127.0.0.1', port: front.port };
  const log = new PeerLog(store);
  await writeFirstEvents(log, endpoint);
  const room: Room = {
    log, endpoint, rights: new Rights(log, { ...ACCOUNTS, ...options.accounts }, options.tls !== undefined), faults: new Faults(),
    maxAppendBytes: options.maxAppendBytes ?? 1024 * 1024, writeTimeoutMs: options.writeTimeoutMs ?? 2000, reset: () => front.reset(),
  };
  const server = serve(room, options);
  front.behind = await bind(server, options.tls);
  const stop = async (): Promise<void> => {
    await front.close();
    server.forceShutdown();
    await store.close();
    if (options.data === undefined) fs.rmSync(data, { recursive: true, force: true });
  };
  const tls = options.tls === undefined ? 'tls=false' : 'tls=true';
  return { port: endpoint.port, connectionString: `esdb://${endpoint.host}:${endpoint.port}?${tls}`, door: doorOf(room, front), stop };
};

// The client sends batches of 3 MiB, and more is allowed.
const RECEIVED_BYTES = 17 * 1024 * 1024;

const serve = (room: Room, { hasBatches = true }: PeerOptions): Server => {
  const server = new Server({ 'grpc.max_receive_message_length': RECEIVED_BYTES, 'grpc.max_send_message_length': -1 });
  const streams = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: (bytes: Buffer) => bytes } };
  server.addService(streams, { read: read(room), append: append(room), batchAppend: batchAppend(room), delete: deleteSoftly(room), tombstone: tombstone(room) });
  server.addService(ServerFeaturesService, { getSupportedMethods: features(room, hasBatches) });
  server.addService(GossipService, { read: gossip(room, crypto.randomUUID()) });
  return server;
};

const bind = (server: Server, tls: PeerOptions['tls']): Promise<number> => {
  const pair = tls && [{ cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) }];
  const credentials = pair ? ServerCredentials.createSsl(null, pair) : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
};

const doorOf = ({ faults }: Room, front: Front): Door => ({
  fault: async (fault) => faults.plant(fault),
  clear: async () => faults.clear(),
  follow: async (leader) => { faults.leader = leader; },
  reset: async () => front.reset(),
  freeze: async () => front.freeze(),
  thaw: async () => front.thaw(),
  calls: async () => faults.calls,
});
