import { Code } from '@eventstore/db-client/generated/code_pb';
import {
  AccessDenied, AllStreamPosition, BadRequest, MaximumAppendSizeExceeded, StreamDeleted, Timeout, Unknown, WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { status } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { MalformedError } from '#kernel';
import type { ExpectedRevision } from '#platform/event-store';
import type { Outcome } from './peer-log';
import { toWirePosition } from './records';
import { Refusal } from './refusals';
import { toStreamIdentifier } from './wire';

const failure = (code: number, name: string, content: { serializeBinary(): Uint8Array }): BatchAppendResp => {
  const details = new Any();
  details.pack(content.serializeBinary(), `event_store.client.${name}`);
  return new BatchAppendResp().setError(new Status().setCode(code as never).setMessage(name).setDetails(details));
};

export const timeout = (): BatchAppendResp => failure(Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout());

/** What the writer of a batch is told of it. */
export const toAnswer = (stream: string, expected: ExpectedRevision, outcome: Outcome): BatchAppendResp => {
  if (outcome.kind === 'deleted') return failure(Code.NOT_FOUND, 'StreamDeleted', new StreamDeleted().setStreamIdentifier(toStreamIdentifier(stream)));
  if (outcome.kind === 'conflict') return failure(Code.ALREADY_EXISTS, 'WrongExpectedVersion', conflict(expected, outcome.actual));
  const success = new BatchAppendResp.Success();
  if (outcome.revision < 0) success.setNoStream(new Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (outcome.row === 0) return new BatchAppendResp().setSuccess(success.setNoPosition(new Empty()));
  const position = String(toWirePosition(outcome.row));
  return new BatchAppendResp().setSuccess(success.setPosition(new AllStreamPosition().setCommitPosition(position).setPreparePosition(position)));
};

/** What it is told when the batch could not be judged. */
export const toFailure = (error: unknown): BatchAppendResp => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof MalformedError) return failure(Code.INVALID_ARGUMENT, 'BadRequest', new BadRequest().setMessage(message));
  if (!(error instanceof Refusal)) return failure(Code.UNKNOWN, 'Unknown', new Unknown());
  if (error.trailers.exception === 'maximum-append-size-exceeded')
    return failure(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', new MaximumAppendSizeExceeded().setMaxappendsize(Number(error.trailers['maximum-append-size'])));
  if (error.code === status.PERMISSION_DENIED) return failure(Code.PERMISSION_DENIED, 'AccessDenied', new AccessDenied());
  if (error.code === status.ABORTED) return timeout();
  return failure(Code.INVALID_ARGUMENT, 'BadRequest', new BadRequest().setMessage(message));
};

const conflict = (expected: ExpectedRevision, actual: number): WrongExpectedVersion => {
  const answer = new WrongExpectedVersion();
  if (actual < 0) answer.setCurrentNoStream(new Empty());
  else answer.setCurrentStreamRevision(String(actual));
  switch (expected) {
    case 'no_stream': return answer.setExpectedNoStream(new Empty());
    case 'any': return answer.setExpectedAny(new Empty());
    case 'stream_exists': return answer.setExpectedStreamExists(new Empty());
    default: return answer.setExpectedStreamPosition(String(expected));
  }
};
