import { ApiProperty } from '@nestjs/swagger';
import type { EffectiveAt } from '#kernel';
import type { HistoryEntry } from '#contexts/investigations';
import { instant } from './answer-fields';

class SourceAnswer {
  @ApiProperty()
  readonly system: string;

  @ApiProperty()
  readonly id: string;
}

class EntryReferenceAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly event: string;

  @ApiProperty({ type: 'integer', description: 'Its event number' })
  readonly number: number;

  @ApiProperty({ type: String, enum: ['replacement', 'void'] })
  readonly as: 'replacement' | 'void';
}

export class HistoryEntryAnswer {
  @ApiProperty({ type: 'integer', description: 'Event number over the whole ledger' })
  readonly number: number;

  @ApiProperty()
  readonly stream: string;

  @ApiProperty({ type: 'integer' })
  readonly revision: number;

  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ example: 'SuspectArrested' })
  readonly type: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { precision: 'day', from: '2019-06-14' } })
  readonly effectiveAt: EffectiveAt;

  @ApiProperty(instant)
  readonly recordedAt: string;

  @ApiProperty({ type: 'object', additionalProperties: true, example: { kind: 'unverified', id: 'unverified' } })
  readonly actor: HistoryEntry['actor'];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As recorded; sealed values opened to their text, or { erased: true }' })
  readonly data: object;

  @ApiProperty({ type: SourceAnswer, required: false, description: 'The record that another system keeps of the same fact' })
  readonly source?: HistoryEntry['source'];

  @ApiProperty({ required: false, description: 'Why it was recorded: text, or { erased: true }', oneOf: [{ type: 'string' }, { type: 'object' }] })
  readonly reason?: unknown;

  @ApiProperty({ type: EntryReferenceAnswer, required: false, description: 'The entry that this one puts right or takes away' })
  readonly corrects?: HistoryEntry['corrects'];

  @ApiProperty({ type: EntryReferenceAnswer, required: false, description: 'The entry that did so to this one' })
  readonly correctedBy?: HistoryEntry['correctedBy'];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, required: false, description: 'What a replacement says differently: field, before, after' })
  readonly changes?: HistoryEntry['changes'];
}
