import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Empty as Nothing, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { BatchAppendReq, ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { EventToAppend } from '../../event-store';

/** The last revision that the stream must have; -1 for no stream. Always exact, because the server then knows a resend for good. */
export type ExactRevision = number;

/** An event as the server has it. */
export interface ServedEvent extends EventToAppend {
  readonly stream: string;
  readonly revision: number;
  /** The server's own position, in bytes of its log. */
  readonly commit: bigint;
}

/** An append is sent in pieces of about so many bytes. */
const PIECE_BYTES = 1024 * 1024;

const identifierOf = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));

const proposed = ({ id, type, data, metadata }: EventToAppend): BatchAppendReq.ProposedMessage => {
  const message = new BatchAppendReq.ProposedMessage().setId(new UUID().setString(id)).setData(data).setCustomMetadata(metadata);
  // JSON, so that the server's own pages and projections can show it; its bytes stay as they are.
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message;
};

const optionsOf = (stream: string, expected: ExactRevision, deadline: Date): BatchAppendReq.Options => {
  const options = new BatchAppendReq.Options().setStreamIdentifier(identifierOf(stream)).setDeadline(Timestamp.fromDate(deadline));
  return expected < 0 ? options.setNoStream(new Empty()) : options.setStreamPosition(String(expected));
};

/** The messages of one append. */
export const appendMessages = (correlation: string, stream: string, events: readonly EventToAppend[], expected: ExactRevision, deadline: Date): BatchAppendReq[] => {
  const pieces = piecesOf(events).map((piece) =>
    new BatchAppendReq().setCorrelationId(new UUID().setString(correlation)).setIsFinal(false).setProposedMessagesList(piece.map(proposed)));
  pieces[0]!.setOptions(optionsOf(stream, expected, deadline));
  pieces.at(-1)!.setIsFinal(true);
  return pieces;
};

const piecesOf = (events: readonly EventToAppend[]): EventToAppend[][] => {
  const pieces: EventToAppend[][] = [[]];
  let size = 0;
  for (const event of events) {
    if (size > PIECE_BYTES) [size, pieces[pieces.length]] = [0, []];
    pieces.at(-1)!.push(event);
    size += event.data.length + event.metadata.length;
  }
  return pieces;
};

const readOptions = (direction: 'FORWARDS' | 'BACKWARDS'): ReadReq.Options =>
  new ReadReq.Options().setReadDirection(ReadReq.Options.ReadDirection[direction]).setResolveLinks(false)
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Nothing()));

// The store's own streams begin with `$`.
const oursAlone = (): ReadReq.Options.FilterOptions =>
  new ReadReq.Options.FilterOptions().setStreamIdentifier(new ReadReq.Options.FilterOptions.Expression().setRegex('^[^$]'))
    .setMax(32).setCheckpointintervalmultiplier(100);

/** One event of a stream; absent a revision, the newest. */
export const oneOfStream = (stream: string, revision?: number): ReadReq.Options => {
  const which = new ReadReq.Options.StreamOptions().setStreamIdentifier(identifierOf(stream));
  return readOptions('BACKWARDS').setCount('1').setNoFilter(new Nothing())
    .setStream(revision === undefined ? which.setEnd(new Nothing()) : which.setRevision(String(revision)));
};

/** The newest event that is not the store's own. */
export const newestOfAll = (): ReadReq.Options =>
  readOptions('BACKWARDS').setCount('1').setFilter(oursAlone()).setAll(new ReadReq.Options.AllOptions().setEnd(new Nothing()));

const allFrom = (commit: bigint | undefined): ReadReq.Options.AllOptions => {
  const all = new ReadReq.Options.AllOptions();
  if (commit === undefined) return all.setStart(new Nothing());
  return all.setPosition(new ReadReq.Options.Position().setCommitPosition(String(commit)).setPreparePosition(String(commit)));
};

/** Everything that is not the store's own and lies after a position, now and later. */
export const everythingAfter = (commit: bigint | undefined): ReadReq.Options =>
  readOptions('FORWARDS').setSubscription(new ReadReq.Options.SubscriptionOptions()).setFilter(oursAlone()).setAll(allFrom(commit));

/** The first two events of a type from a position on: a read begins with what lies at its position, a subscription after it. */
export const firstOfType = (type: string, from: bigint | undefined): ReadReq.Options => {
  const named = new ReadReq.Options.FilterOptions.Expression().setRegex(`^${type}$`);
  const filter = new ReadReq.Options.FilterOptions().setEventType(named).setMax(32).setCheckpointintervalmultiplier(100);
  return readOptions('FORWARDS').setCount('2').setFilter(filter).setAll(allFrom(from));
};

/** The event that a message of a read brings; undefined when it brings something else. */
export const eventIn = (message: ReadResp): ServedEvent | undefined => {
  const event = message.getEvent()?.getEvent();
  if (!event) return undefined;
  return {
    id: event.getId()!.getString(),
    type: event.getMetadataMap().get('type') ?? '',
    data: event.getData_asU8(),
    metadata: event.getCustomMetadata_asU8(),
    stream: Buffer.from(event.getStreamIdentifier()!.getStreamName_asU8()).toString('utf8'),
    revision: Number(event.getStreamRevision()),
    commit: BigInt(event.getCommitPosition()),
  };
};
