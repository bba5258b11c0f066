import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { HistoryEntry } from '#contexts/investigations';
import { DescribeQuery } from './describe-query';
import { PersonAnswer } from './person-answers';
import { Admitted } from '../guard';
import type { Admission } from '../guard';
import { PersonDesk } from './person-desk';
import { MomentsQuestion } from './questions';
import { HistoryEntryAnswer } from './history-answers';

const reference = 'PER- reference or id';

/** Questions about people; by reference alone, because no name may stand in an address. */
@ApiTags('people')
@Controller('api/v1/people')
export class PersonQueriesController {
  constructor(private readonly desk: PersonDesk) {}

  @Get(':ref')
  @DescribeQuery({ operationId: 'person', summary: 'One person; the ETag is the revision for If-Match', answer: PersonAnswer, reference })
  person(@Admitted() admission: Admission, @Query() asked: MomentsQuestion, @Res({ passthrough: true }) reply: FastifyReply): Promise<PersonAnswer> {
    return this.desk.person(admission, asked, reply);
  }

  @Get(':ref/history')
  @DescribeQuery({ operationId: 'personHistory', summary: 'Everything recorded about the person, oldest first', answer: HistoryEntryAnswer, as: 'list', reference })
  history(@Admitted() admission: Admission, @Query() asked: MomentsQuestion): Promise<readonly HistoryEntry[]> {
    return this.desk.entries(admission, asked);
  }
}
