import { MalformedError } from '#kernel';
import type { EventToAppend, ExpectedRevision } from '../event-store';

/** What must be known of a stream to judge an append; ids are compared within the stream only. */
export interface StreamView {
  /** Last revision; -1 when there is no such stream. */
  readonly last: number;
  idAt(revision: number): string | undefined;
  revisionOf(id: string): number | undefined;
}

export type Verdict = { readonly kind: 'write' } | { readonly kind: 'resent'; readonly revision: number } | { readonly kind: 'conflict' };

const WRITE: Verdict = { kind: 'write' };
const CONFLICT: Verdict = { kind: 'conflict' };

/**
 * What is to become of an append, as KurrentDB decides it: written, refused, or, when the same ids already stand where they would have gone,
 * answered as the first time.
 */
export const judge = (view: StreamView, ids: readonly string[], expected: ExpectedRevision): Verdict => {
  if (expected === 'any') return judgeAnywhere(view, ids);
  if (expected === 'stream_exists') return view.last < 0 ? CONFLICT : judgeAnywhere(view, ids);
  const from = expected === 'no_stream' ? -1 : expected;
  if (from === view.last) return WRITE;
  return from < view.last ? judgeAt(view, ids, from + 1) : CONFLICT;
};

const judgeAt = (view: StreamView, ids: readonly string[], first: number): Verdict => {
  if (ids.length === 0 || first + ids.length - 1 > view.last) return CONFLICT;
  const same = ids.every((id, i) => view.idAt(first + i) === id);
  return same ? { kind: 'resent', revision: first + ids.length - 1 } : CONFLICT;
};

const judgeAnywhere = (view: StreamView, ids: readonly string[]): Verdict => {
  if (view.last < 0 || ids.length === 0 || view.revisionOf(ids[0]!) === undefined) return WRITE;
  const revisions = ids.map((id) => view.revisionOf(id));
  return revisions.includes(undefined) ? CONFLICT : { kind: 'resent', revision: revisions.at(-1)! };
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Checks the form of an append before it is sent anywhere.
 * @throws MalformedError
 */
export const checkAppend = (stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): void => {
  if (stream === '' || Buffer.byteLength(stream) > 1024) throw new MalformedError('stream', 'must have 1 to 1024 bytes');
  if (typeof expected === 'number' && (!Number.isSafeInteger(expected) || expected < 0))
    throw new MalformedError('expected', 'must be a revision, no_stream, any or stream_exists');
  for (const { id, type } of events) {
    if (!UUID.test(id)) throw new MalformedError('id', 'must be a UUID in lower case');
    if (type === '' || Buffer.byteLength(type) > 256) throw new MalformedError('type', 'must have 1 to 256 bytes');
  }
};
