import { ApiProperty } from '@nestjs/swagger';
import type { InvestigationId, LinkId, LocalDate, NominalId } from '#kernel';
import { exploitationTypes, investigationKinds, suspectQualities } from '#contexts/investigations';
import type { ExploitationType, InvestigationItem, InvestigationKind, InvestigationStatus, OutstandingSuspectItem, SuspectQuality } from '#contexts/investigations';
import { count, date, maybeText } from './answer-fields';

const statuses: readonly InvestigationStatus[] = ['ACTIVE', 'AWAITING_FINALISATION', 'REOPENED', 'FINALISED', 'TRANSFERRED', 'CANCELLED'];

export class InvestigationAnswer implements InvestigationItem {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ example: 'INV-48213' })
  readonly reference: string;

  @ApiProperty({ type: String, enum: [...investigationKinds] })
  readonly kind: InvestigationKind;

  @ApiProperty({ type: String, enum: [...statuses] })
  readonly status: InvestigationStatus;

  @ApiProperty()
  readonly area: string;

  @ApiProperty({ type: String, enum: [...exploitationTypes], isArray: true })
  readonly themes: readonly ExploitationType[];

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty({ ...maybeText, description: 'Officer in the case' })
  readonly officer: string | null;

  @ApiProperty(date)
  readonly openedOn: LocalDate;

  @ApiProperty({ description: 'How exactly that is known' })
  readonly openedPrecision: string;

  @ApiProperty(count)
  readonly crimes: number;

  @ApiProperty(count)
  readonly liveSuspects: number;

  @ApiProperty(count)
  readonly namedSuspects: number;

  @ApiProperty(count)
  readonly outstandingSuspects: number;

  @ApiProperty({ ...date, nullable: true })
  readonly oldestOpenEpisodeOn: LocalDate | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Days since then' })
  readonly waitDays: number | null;
}

export class OutstandingSuspectAnswer implements OutstandingSuspectItem {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ example: 'INV-48213' })
  readonly reference: string;

  @ApiProperty({ type: String, format: 'uuid' })
  readonly linkId: LinkId;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly nominalId: NominalId | null;

  @ApiProperty()
  readonly area: string;

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty(maybeText)
  readonly officer: string | null;

  @ApiProperty({ type: String, enum: [...suspectQualities] })
  readonly quality: SuspectQuality;

  @ApiProperty(date)
  readonly episodeStartedOn: LocalDate;

  @ApiProperty({ ...date, nullable: true, description: 'Where reopening began this episode: when the one before it had begun' })
  readonly earlierStartOn: LocalDate | null;

  @ApiProperty({ description: 'Type of the event that began it', example: 'SuspectNamed' })
  readonly startedBy: string;

  @ApiProperty()
  readonly circulated: boolean;

  @ApiProperty(count)
  readonly waitDays: number;
}
