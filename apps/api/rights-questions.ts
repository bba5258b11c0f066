import { ApiProperty } from '@nestjs/swagger';
import { Checked, Day, Line } from '#platform/requests';
import { wholeUpTo } from './questions';

export class ExtractQuestion {
  @Line({ description: 'References or ids of investigations of which the person may not learn now (DPA 2018 s.45(4)(a), (b)), with commas between; what is RESTRICTED or SENSITIVE is left out always', max: 2000, optional: true, example: 'INV-48213' })
  leaveOut?: string;

  @Line({ description: 'The same of investigations of which the person may learn though something runs against them there: without this, those are left out', max: 2000, optional: true, example: 'INV-48213' })
  tell?: string;
}

export class RetentionQuestion {
  @Day({ description: 'Reviews due by this day; today when not given', optional: true })
  due?: string;

  @Line({ description: 'Where the last page ended, as it answered', max: 200, optional: true })
  cursor?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 200 })
  @Checked('limit', wholeUpTo(200), { description: 'At most so many; 50 when not given', optional: true })
  limit?: string;
}
