import { ApiProperty } from '@nestjs/swagger';
import type { Instant, InvestigationId, LinkId, LocalDate, OfficerId } from '#kernel';
import type { WorkItem } from '#contexts/investigations';

class WorkItemAnswer implements WorkItem {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ example: 'INV-48213' })
  readonly reference: string;

  @ApiProperty({ format: 'uuid', description: 'The event that escalated it: name it in the answer' })
  readonly escalation: string;

  @ApiProperty({ type: 'integer', description: 'Number of that event' })
  readonly number: number;

  @ApiProperty({ enum: ['OverdueReviewEscalated', 'OutstandingSuspectEscalated'], description: 'Why: the supervisor\'s review is overdue, or a suspect is outstanding for over 12 weeks' })
  readonly kind: WorkItem['kind'];

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The suspect link; null where it is about the investigation' })
  readonly linkId: LinkId | null;

  @ApiProperty({ type: String, format: 'date', description: 'First day of the review period, or of the outstanding episode' })
  readonly since: LocalDate;

  @ApiProperty({ type: String, format: 'date', description: 'The last day on which it was in time' })
  readonly dueOn: LocalDate;

  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly overdueDays: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly escalatedAt: Instant;

  @ApiProperty({ type: String, nullable: true, example: 'DS 1020', description: 'The supervisor in the case now; null: it is for whoever may supervise the case' })
  readonly supervisor: OfficerId | null;

  @ApiProperty({ type: String, nullable: true, example: 'DC 4417' })
  readonly officer: OfficerId | null;

  @ApiProperty({ type: String, nullable: true })
  readonly team: string | null;

  @ApiProperty({ example: 'Rotherham' })
  readonly area: string;
}

export class WorkListAnswer {
  @ApiProperty({ type: [WorkItemAnswer] })
  readonly items: readonly WorkItemAnswer[];

  @ApiProperty({ type: 'integer', description: 'All items of the list, not of the page' })
  readonly total: number;

  @ApiProperty({ required: false, description: 'Cursor of the next page; absent on the last' })
  readonly next?: string;
}
