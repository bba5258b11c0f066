import fs from 'node:fs';
import type { CallOptions, Client as GrpcClient, ClientDuplexStream, ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { StoreUnavailableError } from '#kernel';
import { kurrentRule } from '#platform/settings';
import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { BatchAppendReq, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';

export type BatchCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
export type ReadCall = ClientReadableStream<ReadResp>;

/**
 * What we use of the official client beside its public methods: its way to the leader, its credentials, its reconnecting. Its own encoding
 * parses JSON and writes it anew, so it neither sends nor gives back the bytes that were sealed; and its batch append keeps one list of what
 * waits for all clients of the process, so that one broken connection rejects the appends of all.
 */
interface Inner {
  callArguments(options: { readonly requiresLeader?: boolean }, call: CallOptions): [Metadata, CallOptions];
  GRPCStreamCreator<S>(client: typeof StreamsClient, name: string, create: (client: StreamsClient) => S): () => Promise<S>;
  getGRPCClient(client: typeof StreamsClient, name: string): Promise<StreamsClient>;
  getChannel(): Promise<{ close(): void }>;
  handleError(client: GrpcClient, error: Error): Promise<void>;
  dispose(): Promise<void>;
}

const NEVER = Infinity;

/** One connection to EventStoreDB or KurrentDB, which finds the leader and comes back by itself. One for a process. */
export class Connection {
  private readonly client: Inner;

  /** @param url `esdb://`, or `esdb+discover://` for a cluster, with TLS unless it says `tls=false` */
  constructor(url: string) {
    this.client = EventStoreDBClient.connectionString(url) as unknown as Inner;
    // It is called without waiting: a leader that cannot be found just then must not end the process.
    const reconnect = this.client.handleError;
    this.client.handleError = (client, error) => reconnect(client, error).catch(() => undefined);
  }

  /** Opens a stream of appends, which has no end of its own. */
  batchAppend(): Promise<BatchCall> {
    return this.client.GRPCStreamCreator(StreamsClient, 'append', (client) => client.batchAppend(...this.client.callArguments({ requiresLeader: true }, { deadline: NEVER })))();
  }

  /** @param deadline ms from now; a subscription has none */
  read(options: ReadReq.Options, deadline = NEVER): Promise<ReadCall> {
    const until = deadline === NEVER ? NEVER : Date.now() + deadline;
    return this.client.GRPCStreamCreator(StreamsClient, 'read', (client) =>
      client.read(new ReadReq().setOptions(options), ...this.client.callArguments({ requiresLeader: true }, { deadline: until })))();
  }

  /** Gives up the connection under way, on which nothing is heard any more: the next call opens another. */
  async renew(): Promise<void> {
    try {
      await this.client.handleError(await this.client.getGRPCClient(StreamsClient, 'renew'), new UnavailableError());
    } catch {
      return; // there is none, and the next call makes one
    }
  }

  async close(): Promise<void> {
    await this.client.dispose();
    const channel = await this.client.getChannel().catch(() => undefined);
    channel?.close();
  }
}

/** The connection string as the official client reads it, and what is ours in it. */
export interface KurrentUrl {
  readonly url: string;
  /** Bytes that the events of one append may have together, by the server's setting `MaxAppendSize`. */
  readonly maxAppendBytes: number;
}

/** What a server takes whose settings say nothing: 1 MiB up to version 25.0. */
const MAX_APPEND_BYTES = 1024 * 1024;

/**
 * Reads `esdb://` or `kurrentdb://`; `maxAppendSize` in its query is the server's setting of that name, in bytes, and is not sent on.
 * @throws Error on what is not such a string; it does not repeat it, because it may hold a password
 * @throws StoreUnavailableError when a file that it names cannot be read
 */
export const readKurrentUrl = (text: string): KurrentUrl => {
  const problem = kurrentRule(text);
  if (problem !== undefined || text === 'embedded') throw new Error(problem ?? 'names no server');
  const [place, query = ''] = text.replace(/^kurrentdb/, 'esdb').split('?', 2) as [string, string?];
  const pairs = query.split('&').filter((pair) => pair !== '').map((pair) => pair.split('=', 2) as [string, string]);
  const size = pairs.find(([name]) => isSize(name))?.[1] ?? String(MAX_APPEND_BYTES);
  if (!/^\d{4,9}$/.test(size)) throw new Error('maxAppendSize must be a number of bytes');
  for (const [name, file] of pairs) if (FILES.test(name)) requireFile(name, decodeURIComponent(file));
  const kept = pairs.filter(([name]) => !isSize(name)).map((pair) => pair.join('='));
  const url = `${place}${kept.length > 0 ? `?${kept.join('&')}` : ''}`;
  requireReadable(url);
  return { url, maxAppendBytes: Number(size) };
};

const isSize = (name: string): boolean => name.toLowerCase() === 'maxappendsize';
const FILES = /^(tlsCAFile|userCertFile|userKeyFile)$/i;

const requireFile = (name: string, file: string): void => {
  try {
    fs.accessSync(file, fs.constants.R_OK);
  } catch (error) {
    throw new StoreUnavailableError(`the file that ${name} of the event store names cannot be read (${String((error as { code?: unknown }).code)})`, 'no');
  }
};

const requireReadable = (url: string): void => {
  try {
    EventStoreDBClient.connectionString(url);
  } catch {
    throw new Error('is not a connection string that can be read');
  }
};

/** A connection for as long as the work takes. @param url see `readKurrentUrl` */
export const withConnection = async <T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> => {
  const connection = new Connection(readKurrentUrl(url).url);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};
