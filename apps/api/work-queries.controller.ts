import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admitted } from '../guard';
import type { Admission } from '../guard';
import { DescribeQuery } from './describe-query';
import { WorkListQuestion } from './questions';
import { WorkListAnswer } from './work-answers';
import { WorkDesk } from './work-desk';

/** What waits for whoever asks. */
@ApiTags('work')
@Controller('api/v1')
export class WorkQueriesController {
  constructor(private readonly desk: WorkDesk) {}

  @Get('work-list')
  @DescribeQuery({ operationId: 'workList', summary: 'What was escalated to you and waits, the oldest first', answer: WorkListAnswer })
  list(@Admitted() admission: Admission, @Query() asked: WorkListQuestion): Promise<WorkListAnswer> {
    return this.desk.list(admission, asked);
  }
}
