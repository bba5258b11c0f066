import crypto from 'node:crypto';
import { WrongExpectedVersionError } from '#kernel';
import type { EmbeddedEventStore, ExpectedRevision } from '#platform/event-store';
import { Gate } from './gate';
import { toRecorded, toStored } from './records';
import type { Proposed, Recorded } from './records';
import { DELETED_DOCUMENT, parseStreamMetadata, revived } from './stream-metadata';
import type { StreamMetadata } from './stream-metadata';

/** What is known of a stream beside its events. */
export interface StreamFacts {
  readonly isTombstoned: boolean;
  readonly metadata?: StreamMetadata;
}

export type Outcome =
  | { readonly kind: 'written'; readonly revision: number; readonly row: number }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'deleted' };

const STREAMS_KEPT = 50_000;
const DELETED: Outcome = { kind: 'deleted' };

export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
/** The stream whose fate this one shares: itself, or the one it is the metadata of. */
export const originalOf = (stream: string): string => (isMetastream(stream) ? stream.slice(2) : stream);

const ownEvent = (type: string, data: Uint8Array): Proposed => ({ id: crypto.randomUUID(), type, isJson: true, data, metadata: new Uint8Array() });

/** The log of the embedded store with what EventStoreDB knows beyond it: metadata of streams, deleting, and beginning anew. */
export class PeerLog {
  private readonly gate = new Gate();
  private readonly known = new Map<string, StreamFacts>();

  constructor(readonly store: EmbeddedEventStore) {}

  /** Last revision; -1 when there is none. A tombstone counts as an event. */
  async last(stream: string): Promise<number> {
    return (await this.store.readStream(stream, { limit: 0 })).revision;
  }

  async eventAt(stream: string, revision: number): Promise<Recorded | undefined> {
    const [event] = (await this.store.readStream(stream, { from: revision, limit: 1 })).events;
    return event && event.revision === revision ? toRecorded(event) : undefined;
  }

  async newest(stream: string): Promise<Recorded | undefined> {
    return this.eventAt(stream, await this.last(stream));
  }

  async facts(stream: string): Promise<StreamFacts> {
    const kept = this.known.get(stream);
    if (kept) return kept;
    const [newest, metadata] = [await this.newest(stream), await this.newest(metastreamOf(stream))];
    const facts = { isTombstoned: newest?.isTombstone === true, metadata: metadata?.isJson ? parseStreamMetadata(metadata.data) : undefined };
    if (this.known.size >= STREAMS_KEPT) this.known.clear();
    this.known.set(stream, facts);
    return facts;
  }

  async append(stream: string, events: readonly Proposed[], expected: ExpectedRevision): Promise<Outcome> {
    const original = originalOf(stream);
    if (isMetastream(stream)) return this.alone(original, () => this.appendMetadata(stream, events, expected));
    return this.gate.shared(original, async () => {
      const { isTombstoned, metadata } = await this.facts(original);
      if (isTombstoned) return DELETED;
      if (metadata?.isDeleted) return undefined;
      // What exists by its metadata alone counts as a stream here.
      return this.write(stream, events, expected === 'stream_exists' && metadata ? 'any' : expected);
    }).then((outcome) => outcome ?? this.alone(original, () => this.appendAnew(stream, events, expected)));
  }

  /** Softly: what was there is no longer read, and the next append begins after it. */
  delete(stream: string, expected: ExpectedRevision): Promise<Outcome> {
    return this.alone(stream, async () => {
      const outcome = await this.mayDelete(stream, expected);
      if (outcome) return outcome;
      const { metadata } = await this.facts(stream);
      if (!metadata && (await this.last(stream)) < 0) return { kind: 'conflict', actual: -1 };
      return this.write(metastreamOf(stream), [ownEvent('$metadata', DELETED_DOCUMENT)], 'any');
    });
  }

  /** For ever. */
  tombstone(stream: string, expected: ExpectedRevision): Promise<Outcome> {
    return this.alone(stream, async () => (await this.mayDelete(stream, expected)) ?? this.write(stream, [ownEvent('$streamDeleted', new Uint8Array())], 'any', true));
  }

  private async mayDelete(stream: string, expected: ExpectedRevision): Promise<Outcome | undefined> {
    const { isTombstoned, metadata } = await this.facts(originalOf(stream));
    if (isTombstoned || (metadata?.isDeleted && expected === 'stream_exists')) return DELETED;
    const last = await this.last(stream);
    const isAsExpected =
      expected === 'any' || (expected === 'no_stream' && (last < 0 || metadata?.isDeleted)) || (expected === 'stream_exists' && (last >= 0 || metadata)) || expected === last;
    return isAsExpected ? undefined : { kind: 'conflict', actual: last };
  }

  /** To a stream that was deleted. If it dies between the two writes, the stream stays deleted and nobody was told that the append was made. */
  private async appendAnew(stream: string, events: readonly Proposed[], expected: ExpectedRevision): Promise<Outcome> {
    const { metadata } = await this.facts(stream);
    if (!metadata?.isDeleted) return this.write(stream, events, expected);
    if (expected === 'stream_exists') return DELETED;
    const last = await this.last(stream);
    let outcome = await this.write(stream, events, expected);
    const isAnotherFirst = (await this.eventAt(stream, 0))?.id !== events[0]?.id;
    if (outcome.kind === 'conflict' && expected === 'no_stream' && isAnotherFirst) outcome = await this.write(stream, events, last);
    if (outcome.kind === 'written' && outcome.revision > last) await this.revive(stream, metadata, last + 1);
    return outcome;
  }

  private async appendMetadata(stream: string, events: readonly Proposed[], expected: ExpectedRevision): Promise<Outcome> {
    const original = originalOf(stream);
    const { isTombstoned, metadata } = await this.facts(original);
    if (isTombstoned) return DELETED;
    const outcome = await this.write(stream, events, expected);
    const written = events.at(-1);
    if (metadata?.isDeleted && outcome.kind === 'written' && written?.isJson) await this.revive(original, parseStreamMetadata(written.data), (await this.last(original)) + 1);
    return outcome;
  }

  private async revive(stream: string, metadata: StreamMetadata, from: number): Promise<void> {
    await this.write(metastreamOf(stream), [ownEvent('$metadata', revived(metadata, from))], 'any');
  }

  private alone<T>(stream: string, work: () => Promise<T>): Promise<T> {
    return this.gate.exclusive(stream, () => work().finally(() => this.known.delete(stream)));
  }

  private async write(stream: string, events: readonly Proposed[], expected: ExpectedRevision, isTombstone = false): Promise<Outcome> {
    const now = Date.now();
    try {
      const { revision, position } = await this.store.append(stream, events.map((event) => toStored(event, now, isTombstone)), expected);
      return { kind: 'written', revision, row: Number(position) };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return { kind: 'conflict', actual: error.actual };
      throw error;
    }
  }
}
