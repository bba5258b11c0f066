import canonicalize from 'canonicalize';
import { instantOf } from '#kernel';
import type { CommandContext, Envelope, Fact, Message, Private, RecordedEvent } from '#kernel';
import type { EventToAppend, StoredEvent } from './event-store';

/** Turns the data of an older shape version into today's type and data. Pure; never sees a newer version. */
export type Upcaster = (data: object) => Message & { readonly v: number };
/** By stored type and shape version, for example `SuspectArrested@1`. */
export type Upcasters = Readonly<Record<string, Upcaster>>;

/** Shape version of each type that is past its first. Types not named here are at 1. */
export type ShapeVersions = Readonly<Record<string, number>>;

/** A stored event that cannot be read: not JSON, without an envelope, or of a shape that this program does not know. Readers park its stream. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  readonly code = 'EVENT_UNREADABLE';
  constructor(readonly stream: string, readonly revision: number, options?: ErrorOptions) {
    super(`${stream} revision ${revision} cannot be read`, options);
  }
}

export interface Encodable {
  readonly id: string;
  readonly fact: Fact;
  readonly data: object;
  readonly reason?: Private;
  readonly context: CommandContext;
  readonly recordedAt: number;
  readonly program: string;
}

const bytes = (value: object): Uint8Array => Buffer.from(canonicalize(value) as string, 'utf8');

// A view, not a copy: whoever rebuilds decodes millions of these.
const text = ({ buffer, byteOffset, byteLength }: Uint8Array): string => Buffer.from(buffer, byteOffset, byteLength).toString('utf8');

/** Between events as the domain knows them and the bytes that the store keeps. Writes RFC 8785; reads any JSON. */
export class EventCodec {
  constructor(private readonly upcasters: Upcasters = {}, private readonly versions: ShapeVersions = {}) {}

  encode({ id, fact, data, reason, context, recordedAt, program }: Encodable): EventToAppend {
    const metadata: Envelope = {
      v: this.versions[fact.type] ?? 1,
      effectiveAt: fact.effectiveAt ?? context.effectiveAt,
      recordedAt: instantOf(recordedAt),
      actor: context.actor,
      commandId: context.commandId,
      commandDigest: context.commandDigest,
      $correlationId: context.correlationId,
      $causationId: context.causationId ?? context.commandId,
      source: fact.source ?? context.source,
      regime: context.regime,
      marking: context.marking,
      track: context.track,
      assertion: context.assertion,
      corrects: fact.corrects,
      reason,
      program,
    };
    return { id, type: fact.type, data: bytes(data), metadata: bytes(metadata) };
  }

  /** @throws UnreadableEventError */
  decode<E extends Message>(stored: StoredEvent): RecordedEvent<E> {
    const { id, stream, revision, number, position } = stored;
    try {
      const metadata = JSON.parse(text(stored.metadata)) as Envelope;
      const { type, data, v } = this.upcast(stored.type, JSON.parse(text(stored.data)) as object, metadata.v);
      if (!metadata.effectiveAt || Number.isNaN(Date.parse(metadata.recordedAt))) throw new Error('no envelope');
      return { id, type, data, stream, revision, number, position, metadata: v === metadata.v ? metadata : { ...metadata, v } } as RecordedEvent<E>;
    } catch (error) {
      throw new UnreadableEventError(stream, revision, { cause: error });
    }
  }

  private upcast(type: string, data: object, v: number): Message & { v: number } {
    const upcaster = this.upcasters[`${type}@${v}`];
    if (!upcaster) return this.today(type, data, v);
    const next = upcaster(data);
    return this.upcast(next.type, next.data, next.v);
  }

  // A shape of a later program, or none at all: its fields may mean something else, so it is not read as if it were today's.
  private today(type: string, data: object, v: number): Message & { v: number } {
    if (v !== (this.versions[type] ?? 1)) throw new Error('unknown shape');
    return { type, data, v };
  }
}
