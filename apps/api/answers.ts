import { ApiProperty } from '@nestjs/swagger';

/** What a command answers. */
export class CommandAnswer {
  @ApiProperty({ format: 'uuid', description: 'Of what the command made; of the record when it made nothing with an id' })
  readonly id: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of the record after this command; also the ETag' })
  readonly revision: number;

  @ApiProperty({ description: 'Place in the log, opaque: give it as `minPosition` to a query that must show this command' })
  readonly position: string;
}
