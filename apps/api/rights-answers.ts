import { ApiProperty } from '@nestjs/swagger';
import type { InvestigationId, LocalDate, NominalId } from '#kernel';
import type { HistoryEntry, LiveMeasure } from '#contexts/investigations';
import type { DataSubjectState, RetentionItem } from '#contexts/oversight';
import { HistoryEntryAnswer } from './history-answers';

class ErasureAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly requestId: string;

  @ApiProperty({ description: 'Who asked for it; another person authorises it' })
  readonly requestedBy: string;

  @ApiProperty({ example: 'REQUESTED', description: 'REQUESTED, REFUSED, AUTHORISED, BEGUN or ERASED' })
  readonly stage: string;
}

class MeasureAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ type: String, example: 'ON_BAIL' })
  readonly measure: LiveMeasure;
}

const day = (description: string) => ({ type: String, format: 'date', required: false, description });

class RetentionAnswer {
  @ApiProperty({ type: String, example: '2', description: 'Retention group 1 to 4; NONE before the first review' })
  readonly group: RetentionItem['group'];

  @ApiProperty({ type: String, required: false, example: 'RETAIN' })
  readonly decision?: string;

  @ApiProperty(day('Last review'))
  readonly reviewedOn?: LocalDate;

  @ApiProperty(day('When the person last came to notice as a suspect'))
  readonly lastNoticeOn?: LocalDate;

  @ApiProperty(day('Next review'))
  readonly nextReviewOn?: LocalDate;
}

export class RightsAnswer {
  @ApiProperty({ type: [String], description: 'Why processing is restricted; empty when it is not' })
  readonly restrictions: DataSubjectState['restrictions'];

  @ApiProperty({ type: [String], description: 'Ids of legal holds that stand' })
  readonly holds: readonly string[];

  @ApiProperty({ type: [ErasureAnswer] })
  readonly erasures: readonly ErasureAnswer[];

  @ApiProperty({ description: 'Whether the person has been erased' })
  readonly erased: boolean;

  @ApiProperty({ type: [MeasureAnswer], description: 'What runs against the person now, on investigations that you may read; it holds up an erasure' })
  readonly measures: readonly MeasureAnswer[];

  @ApiProperty({ type: RetentionAnswer, required: false, description: 'Absent when they are no suspect and nothing was decided, and when they are erased' })
  readonly retention?: RetentionAnswer;

  @ApiProperty({ type: [HistoryEntryAnswer], description: 'Every decision, oldest first' })
  readonly decisions: readonly HistoryEntry[];
}

class ErasureTextAnswer {
  @ApiProperty()
  readonly stream: string;

  @ApiProperty({ format: 'uuid' })
  readonly event: string;

  @ApiProperty({ example: 'data.basis' })
  readonly path: string;

  @ApiProperty({ type: 'integer', description: 'Number of the event' })
  readonly number: number;

  @ApiProperty({ description: 'It is about this person and others: an erasure needs words that remain of it' })
  readonly mandatory: boolean;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'object' }], description: 'The words, or { erased: true }' })
  readonly text: string | { readonly erased: true };
}

export class ErasureTextsAnswer {
  @ApiProperty({ type: [ErasureTextAnswer], description: 'Texts that may speak of the person and stay when they are erased, in the order of the log' })
  readonly texts: readonly ErasureTextAnswer[];

  @ApiProperty({ type: 'integer', description: 'How many more stand on investigations that you may not read; then you may not authorise the erasure' })
  readonly unread: number;
}

class RetentionReviewAnswer extends RetentionAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly nominalId: NominalId;

  @ApiProperty({ required: false, example: 'PER-104' })
  readonly reference?: string;

  @ApiProperty({ type: String, format: 'date' })
  declare readonly nextReviewOn: LocalDate;

  @ApiProperty({ type: 'integer', description: 'Legal holds that stand' })
  readonly holds: number;

  @ApiProperty({ type: 'integer', description: 'Restrictions of processing that stand' })
  readonly restrictions: number;
}

export class RetentionReviewsAnswer {
  @ApiProperty({ type: [RetentionReviewAnswer] })
  readonly items: readonly RetentionReviewAnswer[];

  @ApiProperty({ type: 'integer', description: 'All reviews due, not those of the page' })
  readonly total: number;

  @ApiProperty({ required: false, description: 'Cursor of the next page; absent on the last' })
  readonly next?: string;
}

export class SubjectExtractAnswer {
  @ApiProperty({ example: 'daybook-subject-extract-1' })
  readonly format: string;

  @ApiProperty({ format: 'date-time' })
  readonly madeAt: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Who the person is, as last put right' })
  readonly person: object;

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Everything recorded about the person, who acted by role and agency alone' })
  readonly record: readonly object[];

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'What was decided about their data' })
  readonly decisions: readonly object[];

  @ApiProperty({ type: 'array', items: { type: 'object' }, description: 'Of their investigations, without reference, the entries that are about them' })
  readonly investigations: readonly object[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'How many texts are withheld, by ground' })
  readonly withheld: object;
}
