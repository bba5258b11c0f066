import { AccessDenied, MaximumAppendSizeExceeded, StreamDeleted, Timeout, WrongExpectedVersion } from '@eventstore/db-client/generated/shared_pb';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { Metadata } from '@grpc/grpc-js';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { batchPiece, batchRequest, openWire } from './raw-client';
import type { RawEvent } from './raw-client';
import { collect, errorOf, fresh, refusalOf, seen, seenUpTo, useRig, uuid, uuids } from './rig';

const WRITE_TIMEOUT_MS = 300;
const rig = useRig({ accounts: { reader: { password: 'secret', groups: [] } }, writeTimeoutMs: WRITE_TIMEOUT_MS });
const events = (count: number): RawEvent[] => uuids(count).map((id) => ({ id }));
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends requests over a call of their own and gives back every answer to come before the call ends. */
const converse = async (talk: (write: (request: ReturnType<typeof batchPiece>) => void) => Promise<void> | void): Promise<BatchAppendResp[]> => {
  const call = rig.wire.client.batchAppend();
  const answers: BatchAppendResp[] = [];
  const ended = new Promise<void>((resolve, reject) => call.on('data', (answer: BatchAppendResp) => answers.push(answer)).on('end', resolve).on('error', reject));
  await talk((request) => void call.write(request));
  call.end();
  await ended;
  return answers;
};

const failureOf = (answer: BatchAppendResp) => {
  const error = answer.getError()!;
  return { code: Number(error.getCode()), message: error.getMessage(), type: error.getDetails()!.getTypeUrl(), bytes: error.getDetails()!.getValue_asU8() };
};
const typeUrl = (name: string): string => `type.googleapis.com/event_store.client.${name}`;

describe('batches over one long call (section 5)', () => {
  it('come in pieces, options on the first alone, and several may interleave', async () => {
    const [one, two, first, second] = [fresh(), fresh(), uuid(), uuid()];
    const answers = await converse((write) => {
      write(batchRequest(first, one, events(2), 'no_stream', false));
      write(batchRequest(second, two, events(1), 'no_stream', false));
      write(batchPiece(first, events(2), false));
      write(batchPiece(second, events(2), true));
      write(batchPiece(first, events(1), true));
    });
    expect(answers.map((answer) => [answer.getCorrelationId()!.getString(), answer.getSuccess()!.getCurrentRevision()])).toEqual([[second, '2'], [first, '4']]);
    expect((await collect(rig.client.readStream(one))).length).toBe(5);
  });

  it('the official client sends a large append in pieces', async () => {
    const stream = fresh();
    const { nextExpectedRevision } = await rig.client.appendToStream(stream, seenUpTo(100), { batchAppendSize: 500 });
    expect(nextExpectedRevision).toBe(99n);
    expect((await collect(rig.client.readStream(stream))).map(({ event }) => (event!.data as { n: number }).n)).toEqual(seenUpTo(100).map((_, n) => n));
  });

  it('every answer carries the correlation id and the stream, and there is exactly one for each batch', async () => {
    const [stream, ids] = [fresh(), uuids(20)];
    const answers = await converse((write) => ids.forEach((id) => write(batchRequest(id, stream, events(1), 'any'))));
    expect(answers.map((answer) => answer.getCorrelationId()!.getString())).toEqual(ids);
    for (const answer of answers) expect(Buffer.from(answer.getStreamIdentifier()!.getStreamName_asU8()).toString()).toBe(stream);
    expect(answers.map((answer) => answer.getSuccess()!.getCurrentRevision())).toEqual(ids.map((_, n) => String(n)));
  });

  it('the client closes its side: pending answers are finished, then the call ends', async () => {
    const answers = await converse((write) => {
      for (let batch = 0; batch < 50; batch++) write(batchRequest(uuid(), fresh(), events(3), 'no_stream'));
    });
    expect(answers.filter((answer) => answer.hasSuccess())).toHaveLength(50);
  });

  it('a batch without events is answered without a position where nothing is', async () => {
    const [answer] = await converse((write) => write(batchRequest(uuid(), fresh(), [], 'any')));
    expect([answer!.getSuccess()!.hasNoStream(), answer!.getSuccess()!.hasNoPosition()]).toEqual([true, true]);
  });
});

describe('the time of a batch', () => {
  const withDeadline = (request: ReturnType<typeof batchRequest>, at: number) => {
    request.getOptions()!.setDeadline(Timestamp.fromDate(new Date(at)));
    return request;
  };

  it('already past: Timeout at once, and pieces that arrive afterwards are ignored', async () => {
    const [stream, id] = [fresh(), uuid()];
    const answers = await converse((write) => {
      write(withDeadline(batchRequest(id, stream, events(1), 'any', false), Date.now() - 1000));
      write(batchPiece(id, events(1), true));
    });
    expect(answers.map(failureOf)).toMatchObject([{ code: 4, message: 'Timeout', type: typeUrl('Timeout') }]);
    expect(await rig.wire.readIds(stream, 0)).toEqual([]);
  });

  it.each([['the deadline', 50], ['the server\'s own limit, when that is earlier', 60_000]])('still incomplete at %s: Timeout; what comes later is ignored', async (_, ahead) => {
    const [stream, id] = [fresh(), uuid()];
    const answers = await converse(async (write) => {
      write(withDeadline(batchRequest(id, stream, events(1), 'any', false), Date.now() + ahead));
      await sleep(WRITE_TIMEOUT_MS * 2);
      write(batchPiece(id, events(1), true));
    });
    expect(answers.map(failureOf)).toMatchObject([{ code: 4, type: typeUrl('Timeout') }]);
    expect(await rig.wire.readIds(stream, 0)).toEqual([]);
  });

  it('the official client makes a DeadlineExceededError of it', async () => {
    expect((await errorOf(rig.client.appendToStream(fresh(), seen(1), { deadline: -1000 }))).type).toBe('deadline-exceeded');
  });
});

describe('how a batch fails', () => {
  it('WrongExpectedVersion: ALREADY_EXISTS with what is there and what was expected', async () => {
    const stream = fresh();
    const failed = failureOf(await rig.wire.ask(batchRequest(uuid(), stream, events(1), 3n)));
    expect(failed).toMatchObject({ code: 6, message: 'WrongExpectedVersion', type: typeUrl('WrongExpectedVersion') });
    const details = WrongExpectedVersion.deserializeBinary(failed.bytes);
    expect([details.hasCurrentNoStream(), details.getExpectedStreamPosition()]).toEqual([true, '3']);
    await rig.wire.batchAppend(stream, uuids(2), 'any');
    const again = WrongExpectedVersion.deserializeBinary(failureOf(await rig.wire.ask(batchRequest(uuid(), stream, events(1), 'no_stream'))).bytes);
    expect([again.getCurrentStreamRevision(), again.hasExpectedNoStream()]).toEqual(['1', true]);
  });

  it('StreamDeleted: NOT_FOUND with the stream', async () => {
    const stream = fresh();
    await rig.wire.tombstone(stream, 'any');
    const failed = failureOf(await rig.wire.ask(batchRequest(uuid(), stream, events(1), 'any')));
    expect(failed).toMatchObject({ code: 5, message: 'StreamDeleted', type: typeUrl('StreamDeleted') });
    expect(Buffer.from(StreamDeleted.deserializeBinary(failed.bytes).getStreamIdentifier()!.getStreamName_asU8()).toString()).toBe(stream);
  });

  it('MaximumAppendSizeExceeded: INVALID_ARGUMENT with the limit, and nothing is written', async () => {
    const stream = fresh();
    const failed = failureOf(await rig.wire.ask(batchRequest(uuid(), stream, [{ id: uuid(), data: Buffer.alloc(1024 * 1024) }], 'any')));
    expect(failed).toMatchObject({ code: 3, message: 'MaximumAppendSizeExceeded', type: typeUrl('MaximumAppendSizeExceeded') });
    expect(MaximumAppendSizeExceeded.deserializeBinary(failed.bytes).getMaxappendsize()).toBe(1024 * 1024);
    expect(await rig.wire.readIds(stream, 0)).toEqual([]);
  });

  it('AccessDenied: PERMISSION_DENIED', async () => {
    const stream = fresh();
    await rig.client.setStreamMetadata(stream, { acl: { writeRoles: ['$admins'] } });
    const metadata = new Metadata();
    metadata.set('authorization', `Basic ${Buffer.from('reader:secret').toString('base64')}`);
    const wire = openWire(rig.peer.port, metadata);
    const failed = failureOf(await wire.ask(batchRequest(uuid(), stream, events(1), 'any')));
    wire.close();
    expect(failed).toMatchObject({ code: 7, message: 'AccessDenied', type: typeUrl('AccessDenied') });
    expect(() => AccessDenied.deserializeBinary(failed.bytes)).not.toThrow();
  });

  it('BadRequest, which the official client does not know: INVALID_ARGUMENT', async () => {
    const failed = failureOf(await rig.wire.ask(batchRequest(uuid(), fresh(), [{ id: uuid(), type: '-' }], 'any')));
    expect(failed).toMatchObject({ code: 3, type: typeUrl('BadRequest') });
  });

  it('a timeout of the store: DEADLINE_EXCEEDED, and the same ids sent again are answered as the first would have been', async () => {
    const [stream, ids] = [fresh(), uuids(3)];
    await rig.peer.door.fault({ on: 'batchAppend', at: 'reply', how: 'timeout' });
    const failed = failureOf(await rig.wire.ask(batchRequest(uuid(), stream, ids.map((id) => ({ id })), 'no_stream')));
    expect(failed).toMatchObject({ code: 4, type: typeUrl('Timeout') });
    expect(() => Timeout.deserializeBinary(failed.bytes)).not.toThrow();
    expect(await rig.wire.batchAppend(stream, ids, 'no_stream')).toMatchObject({ revision: 2n });
    expect(await rig.wire.readIds(stream, 0)).toEqual(ids);
  });

  it('not the leader: the whole call ends with NOT_FOUND, not-leader', async () => {
    await rig.peer.door.follow({ host: 'leader.example', port: 2114 });
    const wire = openWire(rig.peer.port);
    expect(await refusalOf(wire.ask(batchRequest(uuid(), fresh(), events(1), 'any')))).toEqual({
      status: 'NOT_FOUND', trailers: { exception: 'not-leader', 'leader-endpoint-host': 'leader.example', 'leader-endpoint-port': '2114' },
    });
    wire.close();
    await rig.peer.door.clear();
  });

  it('idempotency and the decision table are those of a single append', async () => {
    const [stream, ids] = [fresh(), uuids(3)];
    const first = await rig.wire.batchAppend(stream, ids, 'no_stream');
    await rig.wire.batchAppend(stream, uuids(1), 2n);
    for (const expected of ['no_stream', 'any', 'stream_exists'] as const) expect(await rig.wire.batchAppend(stream, ids, expected)).toEqual(first);
    expect(await rig.wire.readIds(stream, 0)).toHaveLength(4);
  });
});
