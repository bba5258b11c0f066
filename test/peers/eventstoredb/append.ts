import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { AppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { ExpectedRevision } from '#platform/event-store';
import { readExpected, readProposed, sizeOf } from './expected';
import type { Outcome } from './peer-log';
import { toWirePosition } from './records';
import type { Proposed } from './records';
import { invalid, streamDeleted, tooLarge } from './refusals';
import { answerOnce } from './room';
import type { Room } from './room';
import { readStreamName } from './wire';

interface Request {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly Proposed[];
}

type Call = ServerReadableStream<AppendReq, AppendResp>;

/** Everything a client streams; refused as soon as it is too much. */
const collect = (call: Call, limit: number): Promise<Request> =>
  new Promise((resolve, reject) => {
    const events: Proposed[] = [];
    let [head, size] = [undefined as Omit<Request, 'events'> | undefined, 0];
    const take = (request: AppendReq): void => {
      const [options, message] = [request.getOptions(), request.getProposedMessage()];
      if (options) head = { stream: readStreamName(options.getStreamIdentifier()), expected: readExpected(options) };
      if (!message) return;
      events.push(readProposed(message));
      size += sizeOf(events.at(-1)!);
      if (size > limit) throw tooLarge(limit);
    };
    call.on('data', (request: AppendReq) => {
      try {
        take(request);
      } catch (error) {
        reject(error as Error);
      }
    });
    call.on('end', () => (head ? resolve({ ...head, events }) : reject(invalid('Options are missing.'))));
    call.on('error', reject);
  });

export const append = (room: Room) => (call: Call, callback: sendUnaryData<AppendResp>): void => {
  const request = collect(call, room.maxAppendBytes);
  request.catch(() => undefined); // may be refused before anybody waits for it
  void answerOnce(room, 'append', call.metadata, callback, async (caller) => {
    const { stream, expected, events } = await request;
    await room.rights.require(caller, 'write', stream);
    return toResponse(stream, expected, await room.log.append(stream, events, expected));
  });
};

const toResponse = (stream: string, expected: ExpectedRevision, outcome: Outcome): AppendResp => {
  if (outcome.kind === 'deleted') throw streamDeleted(stream);
  if (outcome.kind === 'conflict') return new AppendResp().setWrongExpectedVersion(conflict(expected, outcome.actual));
  const success = new AppendResp.Success();
  if (outcome.revision < 0) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (outcome.row === 0) return new AppendResp().setSuccess(success.setNoPosition(new Empty()));
  const position = String(toWirePosition(outcome.row));
  return new AppendResp().setSuccess(success.setPosition(new AppendResp.Position().setCommitPosition(position).setPreparePosition(position)));
};

const conflict = (expected: ExpectedRevision, actual: number): AppendResp.WrongExpectedVersion => {
  const answer = new AppendResp.WrongExpectedVersion();
  if (actual < 0) answer.setCurrentNoStream(new Empty());
  else answer.setCurrentRevision(String(actual));
  switch (expected) {
    case 'no_stream': return answer.setExpectedNoStream(new Empty());
    case 'any': return answer.setExpectedAny(new Empty());
    case 'stream_exists': return answer.setExpectedStreamExists(new Empty());
    default: return answer.setExpectedRevision(String(expected));
  }
};
