import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { DeleteResp, TombstoneResp } from '@eventstore/db-client/generated/streams_pb';
import type { DeleteReq, TombstoneReq } from '@eventstore/db-client/generated/streams_pb';
import type { ExpectedRevision } from '#platform/event-store';
import { expectedCode, readExpected } from './expected';
import type { Outcome } from './peer-log';
import { toWirePosition } from './records';
import { invalid, streamDeleted, wrongVersion } from './refusals';
import type { Caller } from './rights';
import { answerOnce } from './room';
import type { Room } from './room';
import { readStreamName } from './wire';

type Act = (stream: string, expected: ExpectedRevision) => Promise<Outcome>;

/** Deletes in one of the two ways; answers the position of what was written. @throws Refusal */
const run = async (room: Room, options: DeleteReq.Options | TombstoneReq.Options | undefined, caller: Caller, act: Act): Promise<string> => {
  if (!options) throw invalid('Options are missing.');
  const [stream, expected] = [readStreamName(options.getStreamIdentifier()), readExpected(options)];
  await room.rights.require(caller, 'delete', stream);
  const outcome = await act(stream, expected);
  if (outcome.kind === 'deleted') throw streamDeleted(stream);
  if (outcome.kind === 'conflict') throw wrongVersion(stream, expectedCode(expected), outcome.actual);
  return String(toWirePosition(outcome.row));
};

export const deleteSoftly = (room: Room) => (call: ServerUnaryCall<DeleteReq, DeleteResp>, callback: sendUnaryData<DeleteResp>): void =>
  void answerOnce(room, 'delete', call.metadata, callback, async (caller) => {
    const position = await run(room, call.request.getOptions(), caller, (stream, expected) => room.log.delete(stream, expected));
    return new DeleteResp().setPosition(new DeleteResp.Position().setCommitPosition(position).setPreparePosition(position));
  });

export const tombstone = (room: Room) => (call: ServerUnaryCall<TombstoneReq, TombstoneResp>, callback: sendUnaryData<TombstoneResp>): void =>
  void answerOnce(room, 'tombstone', call.metadata, callback, async (caller) => {
    const position = await run(room, call.request.getOptions(), caller, (stream, expected) => room.log.tombstone(stream, expected));
    return new TombstoneResp().setPosition(new TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position));
  });
