import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Admitted } from '../guard';
import type { Admission } from '../guard';
import { DescribeQuery } from './describe-query';
import { ErasureTextsAnswer, RetentionReviewsAnswer, RightsAnswer, SubjectExtractAnswer } from './rights-answers';
import { RightsDesk } from './rights-desk';
import { ExtractQuestion, RetentionQuestion } from './rights-questions';

const reference = 'PER- reference or id';

/** Questions about people's rights and the keeping of their records. */
@ApiTags('people: rights and retention')
@Controller('api/v1')
export class RightsQueriesController {
  constructor(private readonly desk: RightsDesk) {}

  @Get('people/:ref/rights')
  @DescribeQuery({ operationId: 'personRights', summary: 'How the person\'s rights and the keeping of their record stand, and every decision', answer: RightsAnswer, reference })
  rights(@Admitted() admission: Admission): Promise<RightsAnswer> {
    return this.desk.standing(admission);
  }

  @Get('people/:ref/erasure-texts')
  @DescribeQuery({ operationId: 'erasureTexts', summary: 'Texts that stay when the person is erased, for whoever authorises it; needs a fresh proof of identity', answer: ErasureTextsAnswer, reference })
  texts(@Admitted() admission: Admission): Promise<ErasureTextsAnswer> {
    return this.desk.texts(admission);
  }

  @Get('people/:ref/subject-extract')
  @DescribeQuery({
    operationId: 'subjectExtract', answer: SubjectExtractAnswer, reference,
    summary: 'What is held about the person, for that person (DPA 2018 s.45); a disclosure, so it needs a fresh proof of identity. `Daybook-Left-Out` names investigations that it does not mention',
  })
  extract(@Admitted() admission: Admission, @Query() asked: ExtractQuestion, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.desk.extract(admission, asked, reply);
  }

  @Get('retention-reviews')
  @DescribeQuery({ operationId: 'retentionReviews', summary: 'People whose records are due for review, the longest overdue first', answer: RetentionReviewsAnswer })
  due(@Admitted() admission: Admission, @Query() asked: RetentionQuestion): Promise<RetentionReviewsAnswer> {
    return this.desk.due(admission, asked);
  }
}
