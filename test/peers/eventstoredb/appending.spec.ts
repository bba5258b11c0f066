import { jsonEvent } from '@eventstore/db-client';
import type { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { Expected } from './raw-client';
import { collect, errorOf, fresh, refusalOf, revisionsOf, seen, seenUpTo, useRig, uuid, uuids } from './rig';

const rig = useRig();
const LIMIT = 1024 * 1024;

const append = (stream: string, ids: readonly string[], expected: Expected): Promise<AppendResp> => rig.wire.append(stream, ids.map((id) => ({ id })), expected);
/** `ok, 3`, `conflict, 2` (the stream's last revision; - when there is none) or the exception of the refusal. */
const verdict = async (stream: string, ids: readonly string[], expected: Expected): Promise<string> => {
  const answer = await append(stream, ids, expected).catch(async (error: unknown) => (await refusalOf(Promise.reject(error))).trailers.exception!);
  if (typeof answer === 'string') return answer;
  const [success, conflict] = [answer.getSuccess(), answer.getWrongExpectedVersion()];
  if (success) return `ok, ${success.hasCurrentRevision() ? success.getCurrentRevision() : '-'}`;
  return `conflict, ${conflict!.hasCurrentRevision() ? conflict!.getCurrentRevision() : '-'}`;
};
const countIn = async (stream: string): Promise<number> => (await collect(rig.client.readStream(stream))).length;

describe('an append (section 4)', () => {
  it('is one atomic write: all or nothing', async () => {
    const stream = fresh();
    await rig.client.appendToStream(stream, seenUpTo(3));
    expect(revisionsOf(await collect(rig.client.readStream(stream)))).toEqual([0, 1, 2]);
    await errorOf(rig.client.appendToStream(stream, seenUpTo(5), { expectedRevision: 1n }));
    await refusalOf(rig.wire.append(stream, [{ id: uuid() }, { id: uuid(), type: '' }], 'any'));
    await refusalOf(rig.wire.append(stream, [{ id: uuid() }, { id: uuid(), data: Buffer.alloc(LIMIT) }], 'any'));
    expect(await countIn(stream)).toBe(3);
  });

  it.each(['type', 'contentType'])('without %s is INVALID_ARGUMENT, missing-required-metadata-property', async (missing) => {
    expect(await refusalOf(rig.wire.append(fresh(), [{ id: uuid(), [missing]: '-' }], 'any'))).toEqual({
      status: 'INVALID_ARGUMENT', trailers: { exception: 'missing-required-metadata-property', 'required-metadata-properties': 'type,content-type' },
    });
  });

  it('above the limit is INVALID_ARGUMENT, maximum-append-size-exceeded; the size of an event is data, metadata and twice its type', async () => {
    const event = { id: uuid(), type: 'Seen', metadata: Buffer.alloc(100), contentType: 'application/octet-stream' };
    const refused = await refusalOf(rig.wire.append(fresh(), [{ ...event, data: Buffer.alloc(LIMIT - 107) }], 'any'));
    expect(refused).toEqual({ status: 'INVALID_ARGUMENT', trailers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(LIMIT) } });
    expect((await rig.wire.append(fresh(), [{ ...event, data: Buffer.alloc(LIMIT - 108) }], 'any')).hasSuccess()).toBe(true);
    expect((await refusalOf(rig.wire.append(fresh(), Array.from({ length: 11 }, () => ({ id: uuid(), data: Buffer.alloc(100_000) })), 'any'))).trailers.exception).toBe('maximum-append-size-exceeded');
    expect(await errorOf(rig.client.appendToStream(fresh(), jsonEvent({ type: 'Seen', data: { text: 'x'.repeat(LIMIT) } })))).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: LIMIT });
  });

  it.each([{ id: '' }, { id: uuid(), type: '' }])('with an empty id or type is refused: %o', async (event) => {
    expect((await refusalOf(rig.wire.append(fresh(), [event], 'any'))).status).toBe('UNKNOWN');
  });

  it('without events and with a matching expectation succeeds and writes none', async () => {
    const stream = fresh();
    expect(await verdict(stream, [], 'no_stream')).toBe('ok, -');
    expect(await verdict(stream, [], 'any')).toBe('ok, -');
    await append(stream, uuids(2), 'any');
    expect(await verdict(stream, [], 1n)).toBe('ok, 1');
    expect(await verdict(stream, [], 0n)).toBe('conflict, 1');
    expect(await countIn(stream)).toBe(2);
  });
});

describe('what becomes of an append (the decision table)', () => {
  const states: Record<string, () => Promise<string>> = {
    'tombstoned': async () => {
      const stream = fresh();
      await append(stream, uuids(3), 'any');
      await rig.wire.tombstone(stream, 'any');
      return stream;
    },
    'never written': async () => fresh(),
    'never written, with metadata': async () => {
      const stream = fresh();
      await rig.client.setStreamMetadata(stream, { maxCount: 100 });
      return stream;
    },
    'exists': async () => {
      const stream = fresh();
      await append(stream, uuids(3), 'any');
      return stream;
    },
    'soft deleted': async () => {
      const stream = fresh();
      await append(stream, uuids(3), 'any');
      await rig.wire.delete(stream, 'any');
      return stream;
    },
  };
  const table: readonly (readonly [string, Expected, string])[] = [
    ['tombstoned', 'any', 'stream-deleted'], ['tombstoned', 'no_stream', 'stream-deleted'], ['tombstoned', 'stream_exists', 'stream-deleted'], ['tombstoned', 2n, 'stream-deleted'],
    ['never written', 'any', 'ok, 0'], ['never written', 'no_stream', 'ok, 0'], ['never written', 'stream_exists', 'conflict, -'], ['never written', 0n, 'conflict, -'],
    ['never written, with metadata', 'stream_exists', 'ok, 0'], ['never written, with metadata', 'no_stream', 'ok, 0'], ['never written, with metadata', 0n, 'conflict, -'],
    ['exists', 'any', 'ok, 3'], ['exists', 'no_stream', 'conflict, 2'], ['exists', 'stream_exists', 'ok, 3'], ['exists', 2n, 'ok, 3'], ['exists', 3n, 'conflict, 2'], ['exists', 1n, 'conflict, 2'],
    ['exists', 2n ** 63n - 1n, 'conflict, 2'],
    ['soft deleted', 'any', 'ok, 3'], ['soft deleted', 'no_stream', 'ok, 3'], ['soft deleted', 'stream_exists', 'stream-deleted'], ['soft deleted', 2n, 'ok, 3'],
    ['soft deleted', 1n, 'conflict, 2'], ['soft deleted', 7n, 'conflict, 2'],
  ];

  it.each(table)('%s, expecting %s: %s', async (state, expected, outcome) => {
    expect(await verdict(await states[state]!(), [uuid()], expected)).toBe(outcome);
  });

  it('a conflict is no error status: the answer says what was expected and what is there', async () => {
    const stream = fresh();
    const missing = (await append(stream, [uuid()], 'stream_exists')).getWrongExpectedVersion()!;
    expect([missing.hasCurrentNoStream(), missing.hasExpectedStreamExists()]).toEqual([true, true]);
    await append(stream, uuids(2), 'any');
    const there = (await append(stream, [uuid()], 'no_stream')).getWrongExpectedVersion()!;
    expect([there.getCurrentRevision(), there.hasExpectedNoStream()]).toEqual(['1', true]);
    const exact = (await append(stream, [uuid()], 5n)).getWrongExpectedVersion()!;
    expect([exact.getCurrentRevision(), exact.getExpectedRevision()]).toEqual(['1', '5']);
    expect(await errorOf(rig.client.appendToStream(stream, seen(1), { expectedRevision: 5n }))).toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n, expectedVersion: 5n });
    const credentials = { username: 'admin', password: 'changeit' };
    expect(await errorOf(rig.client.appendToStream(stream, seen(1), { expectedRevision: 5n, credentials }))).toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n, expectedVersion: 5n });
  });

  it('tombstoned is FAILED_PRECONDITION, stream-deleted, with the name of the stream', async () => {
    const stream = await states.tombstoned!();
    expect(await refusalOf(append(stream, [uuid()], 'any'))).toEqual({ status: 'FAILED_PRECONDITION', trailers: { exception: 'stream-deleted', 'stream-name': stream } });
    expect(await errorOf(rig.client.appendToStream(stream, seen(1)))).toMatchObject({ type: 'stream-deleted', streamName: stream });
  });
});

describe('an append sent again (idempotency)', () => {
  const [a, b, c, d, e] = uuids(5) as [string, string, string, string, string];
  const withThree = async (): Promise<string> => {
    const stream = fresh();
    await append(stream, [a, b, c], 'any');
    return stream;
  };

  const cases: readonly (readonly [string, readonly string[], Expected, string, number])[] = [
    ['any: all known, success with the last known revision', [a, b, c], 'any', 'ok, 2', 3],
    ['any: a known part', [b], 'any', 'ok, 1', 3],
    ['stream_exists: all known', [a, b], 'stream_exists', 'ok, 1', 3],
    ['any: first unknown is a normal write, later known ones are written again', [d, a], 'any', 'ok, 4', 5],
    ['any: first known and a later one unknown conflicts', [a, e], 'any', 'conflict, 2', 3],
    ['exact: all equal, success with the last compared revision', [b, c], 0n, 'ok, 2', 3],
    ['exact: a prefix of the earlier batch counts', [b], 0n, 'ok, 1', 3],
    ['no_stream is compared from the start', [a, b, c], 'no_stream', 'ok, 2', 3],
    ['no_stream: a prefix', [a], 'no_stream', 'ok, 0', 3],
    ['exact: not equal at the first conflicts', [e, c], 0n, 'conflict, 2', 3],
    ['exact: not equal later conflicts', [b, e], 0n, 'conflict, 2', 3],
    ['exact: more than there is conflicts', [b, c, e], 0n, 'conflict, 2', 3],
    ['exact: the right ids at another revision conflict', [a, b], 0n, 'conflict, 2', 3],
    ['exact and current: written, known or not', [a], 2n, 'ok, 3', 4],
  ];

  it.each(cases)('%s', async (_, ids, expected, outcome, count) => {
    const stream = await withThree();
    expect(await verdict(stream, ids, expected)).toBe(outcome);
    expect(await countIn(stream)).toBe(count);
  });

  it('is answered with the position of the last event of the first time', async () => {
    const stream = fresh();
    const first = (await append(stream, [a, b], 'no_stream')).getSuccess()!.getPosition()!.getCommitPosition();
    await append(stream, [c], 1n);
    for (const expected of ['no_stream', 'any'] as const) expect((await append(stream, [a, b], expected)).getSuccess()!.getPosition()!.getCommitPosition()).toBe(first);
  });

  it('the same id in another stream is a new event', async () => {
    await withThree();
    expect(await verdict(fresh(), [a, b], 'any')).toBe('ok, 1');
  });
});
