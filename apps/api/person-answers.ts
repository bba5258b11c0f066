import { ApiProperty } from '@nestjs/swagger';
import type { InvestigationId, LinkId, LocalDate, NominalId } from '#kernel';
import type { InvestigationStatus } from '#contexts/investigations';
import type { OpenedDetail, PersonAlias, PersonDetails } from '#contexts/nominals';

const opened = (description: string, required = true) => ({ description: `${description}: text, or { erased: true }`, required, oneOf: [{ type: 'string' }, { type: 'object' }] });

class PersonAliasAnswer implements PersonAlias {
  @ApiProperty({ format: 'uuid' })
  readonly aliasId: string;

  @ApiProperty(opened('Family name', false))
  readonly familyName?: OpenedDetail;

  @ApiProperty(opened('Given names or nickname', false))
  readonly givenNames?: OpenedDetail;
}

class PersonLinkAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly linkId: LinkId;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'Since when the suspect is outstanding; null while not' })
  readonly outstandingSince: LocalDate | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Days since then' })
  readonly waitDays: number | null;
}

export class PersonInvestigationAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly investigationId: InvestigationId;

  @ApiProperty({ example: 'INV-48213' })
  readonly reference: string;

  @ApiProperty({ type: String, example: 'ACTIVE' })
  readonly status: InvestigationStatus;

  @ApiProperty({ type: [PersonLinkAnswer], description: 'Links that stand for the person; none when every entry that named them was put right or taken away' })
  readonly links: readonly PersonLinkAnswer[];
}

export class PersonAnswer implements PersonDetails {
  @ApiProperty({ type: String, format: 'uuid' })
  readonly nominalId: NominalId;

  @ApiProperty({ example: 'PER-104' })
  readonly reference: string;

  @ApiProperty(opened('Family name'))
  readonly familyName: OpenedDetail;

  @ApiProperty(opened('Given names', false))
  readonly givenNames?: OpenedDetail;

  @ApiProperty(opened('Date of birth', false))
  readonly dateOfBirth?: OpenedDetail;

  @ApiProperty({ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'object' }] }, description: 'PNC ids: text, or { erased: true }' })
  readonly pncIds: readonly OpenedDetail[];

  @ApiProperty({ description: 'ISO/IEC 5218' })
  readonly sex: string;

  @ApiProperty({ description: 'Code, or the reason why there is none' })
  readonly selfDefinedEthnicity: string;

  @ApiProperty({ description: 'Code, or the reason why there is none' })
  readonly officerDefinedEthnicity: string;

  @ApiProperty({ description: 'ISO 3166-1 alpha-3, or the reason why there is none' })
  readonly nationality: string;

  @ApiProperty({ type: [PersonAliasAnswer], description: 'Other names that stand' })
  readonly aliases: readonly PersonAlias[];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of the record; also the ETag when asked as it is now' })
  readonly revision: number;

  @ApiProperty({ type: [PersonInvestigationAnswer], description: 'Investigations whose record names the person' })
  readonly investigations: readonly PersonInvestigationAnswer[];
}
