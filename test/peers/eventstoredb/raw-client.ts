import crypto from 'node:crypto';
import { credentials, Metadata } from '@grpc/grpc-js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq, BatchAppendReq, DeleteReq, ReadReq, TombstoneReq } from '@eventstore/db-client/generated/streams_pb';
import type { AppendResp, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb';

export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint;

interface ExpectedFields {
  setAny(value: Empty): unknown;
  setNoStream(value: Empty): unknown;
  setStreamExists(value: Empty): unknown;
}

export interface RawEvent {
  readonly id: string | UUID.Structured;
  readonly type?: string;
  readonly contentType?: string;
  readonly data?: Uint8Array;
  readonly metadata?: Uint8Array;
}

export const streamIdentifier = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(Buffer.from(stream));

const setExpected = (options: ExpectedFields, expected: Expected, setRevision: (revision: string) => unknown): void => {
  if (expected === 'any') options.setAny(new Empty());
  else if (expected === 'no_stream') options.setNoStream(new Empty());
  else if (expected === 'stream_exists') options.setStreamExists(new Empty());
  else setRevision(String(expected));
};

const fill = <M extends AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage>(message: M, { id, type = 'Seen', contentType = 'application/json', data = Buffer.from('{}'), metadata }: RawEvent): M => {
  message.setId(typeof id === 'string' ? new UUID().setString(id) : new UUID().setStructured(id));
  if (type !== '-') message.getMetadataMap().set('type', type);
  if (contentType !== '-') message.getMetadataMap().set('content-type', contentType);
  message.setData(data);
  if (metadata) message.setCustomMetadata(metadata);
  return message;
};

/** The first piece of a batch; `final`: it is the only one. */
export const batchRequest = (id: string, stream: string, events: readonly RawEvent[], expected: Expected, final = true): BatchAppendReq => {
  const options = new BatchAppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
  setExpected(options, expected, (revision) => options.setStreamPosition(revision));
  return batchPiece(id, events, final).setOptions(options);
};

export const batchPiece = (id: string, events: readonly RawEvent[], final: boolean): BatchAppendReq =>
  new BatchAppendReq().setCorrelationId(new UUID().setString(id)).setIsFinal(final)
    .setProposedMessagesList(events.map((event) => fill(new BatchAppendReq.ProposedMessage(), event)));

/** The protocol without the client's own opinions. */
class Wire {
  readonly client: StreamsClient;
  private batches: ClientDuplexStream<BatchAppendReq, BatchAppendResp> | undefined;
  private readonly waiting = new Map<string, { resolve: (answer: BatchAppendResp) => void; reject: (error: Error) => void }>();

  constructor(port: number, private readonly metadata = new Metadata()) {
    this.client = new StreamsClient(`127.0.0.1:${port}`, credentials.createInsecure(), { 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  }

  /** One request, one answer. */
  ask(request: BatchAppendReq): Promise<BatchAppendResp> {
    return new Promise((resolve, reject) => {
      this.waiting.set(request.getCorrelationId()!.getString(), { resolve, reject });
      this.stream().write(request);
    });
  }

  async batchAppend(stream: string, ids: readonly string[], expected: Expected): Promise<{ revision: bigint; position: bigint }> {
    const answer = await this.ask(batchRequest(crypto.randomUUID(), stream, ids.map((id) => ({ id })), expected));
    const success = answer.getSuccess();
    if (!success) throw new Error(answer.getError()?.getMessage());
    return { revision: BigInt(success.getCurrentRevision()), position: BigInt(success.getPosition()?.getCommitPosition() ?? -1) };
  }

  append(stream: string, events: readonly RawEvent[], expected: Expected): Promise<AppendResp> {
    return new Promise((resolve, reject) => {
      const call = this.client.append(this.metadata, (error, answer) => (error ? reject(error) : resolve(answer)));
      const options = new AppendReq.Options().setStreamIdentifier(streamIdentifier(stream));
      setExpected(options, expected, (revision) => options.setRevision(revision));
      call.write(new AppendReq().setOptions(options));
      for (const event of events) call.write(new AppendReq().setProposedMessage(fill(new AppendReq.ProposedMessage(), event)));
      call.end();
    });
  }

  /** Answers the position of what was written. */
  delete(stream: string, expected: Expected): Promise<bigint> {
    const options = new DeleteReq.Options().setStreamIdentifier(streamIdentifier(stream));
    setExpected(options, expected, (revision) => options.setRevision(revision));
    return new Promise((resolve, reject) =>
      this.client.delete(new DeleteReq().setOptions(options), this.metadata, (error, answer) => (error ? reject(error) : resolve(BigInt(answer.getPosition()!.getCommitPosition())))));
  }

  tombstone(stream: string, expected: Expected): Promise<bigint> {
    const options = new TombstoneReq.Options().setStreamIdentifier(streamIdentifier(stream));
    setExpected(options, expected, (revision) => options.setRevision(revision));
    return new Promise((resolve, reject) =>
      this.client.tombstone(new TombstoneReq().setOptions(options), this.metadata, (error, answer) => (error ? reject(error) : resolve(BigInt(answer.getPosition()!.getCommitPosition())))));
  }

  /** Every message of a read, up to `limit` of a subscription. */
  async read(options: ReadReq.Options, limit = Infinity): Promise<ReadResp[]> {
    const call = this.client.read(new ReadReq().setOptions(options), this.metadata);
    const messages: ReadResp[] = [];
    for await (const message of call as AsyncIterable<ReadResp>) {
      messages.push(message);
      if (messages.length >= limit) break;
    }
    call.cancel();
    return messages;
  }

  async readIds(stream: string, from: number): Promise<string[]> {
    const options = readOptions().setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream)).setRevision(String(from)));
    return (await this.read(options)).flatMap((message) => message.getEvent()?.getEvent()?.getId()?.getString() ?? []);
  }

  async readBackwards(stream: string, count: number): Promise<ReadResp.ReadEvent.RecordedEvent[]> {
    const options = readOptions().setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS).setCount(String(count))
      .setStream(new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream)).setEnd(new Empty()));
    return (await this.read(options)).flatMap((message) => message.getEvent()?.getEvent() ?? []);
  }

  close(): void {
    this.batches?.cancel();
    this.client.close();
  }

  private stream(): ClientDuplexStream<BatchAppendReq, BatchAppendResp> {
    if (this.batches) return this.batches;
    const batches = this.client.batchAppend(this.metadata);
    this.batches = batches;
    batches.on('data', (answer: BatchAppendResp) => {
      const id = answer.getCorrelationId()!.getString();
      this.waiting.get(id)?.resolve(answer);
      this.waiting.delete(id);
    });
    const over = (error: Error) => {
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    batches.on('error', over);
    batches.on('end', () => over(new Error('the call has ended')));
    return batches;
  }
}

export type { Wire };

export const openWire = (port: number, metadata?: Metadata): Wire => new Wire(port, metadata);

/** A read forwards of everything, ids as text: to be narrowed. */
export const readOptions = (): ReadReq.Options =>
  new ReadReq.Options().setReadDirection(ReadReq.Options.ReadDirection.FORWARDS).setCount('9007199254740991').setNoFilter(new Empty())
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()));
