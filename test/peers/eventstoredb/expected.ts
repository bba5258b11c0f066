import type { ExpectedRevision } from '#platform/event-store';
import type { Proposed } from './records';
import { invalid, propertyMissing } from './refusals';
import { readUuid } from './wire';
import type { UUID } from '@eventstore/db-client/generated/shared_pb';

interface ExpectedOptions {
  hasRevision(): boolean;
  getRevision(): string;
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

const clamp = (revision: string): number => Math.min(Number(revision), Number.MAX_SAFE_INTEGER);

/** What an append or a deletion expects of its stream. @throws Refusal when it does not say */
export const readExpected = (options: ExpectedOptions): ExpectedRevision => {
  if (options.hasRevision()) return clamp(options.getRevision());
  return readWord(options);
};

/** The same of a batch, which calls a revision a stream position. @throws Refusal */
export const readBatchExpected = (options: Omit<ExpectedOptions, 'hasRevision' | 'getRevision'> & { hasStreamPosition(): boolean; getStreamPosition(): string }): ExpectedRevision =>
  options.hasStreamPosition() ? clamp(options.getStreamPosition()) : readWord(options);

const readWord = (options: Pick<ExpectedOptions, 'hasNoStream' | 'hasAny' | 'hasStreamExists'>): ExpectedRevision => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  throw invalid('The expected revision is missing.');
};

const CODES = { no_stream: -1, any: -2, stream_exists: -4 } as const;

/** As trailers name it. */
export const expectedCode = (expected: ExpectedRevision): string => String(typeof expected === 'number' ? expected : CODES[expected]);

interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

/** @throws Refusal when its type or the form of its content is not named */
export const readProposed = (message: ProposedMessage): Proposed => {
  const [type, content] = [message.getMetadataMap().get('type'), message.getMetadataMap().get('content-type')];
  if (type === undefined || content === undefined) throw propertyMissing();
  return { id: readUuid(message.getId()), type, isJson: content === 'application/json', data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() };
};

/** Bytes of an event as the limit of an append counts them. */
export const sizeOf = ({ data, metadata, type }: Proposed): number => data.length + metadata.length + 2 * type.length;
