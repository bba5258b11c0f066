import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Figures, HistoryEntry, InvestigationItem, OutstandingSuspectItem, Page, Trend } from '#contexts/investigations';
import { AreaAnswer, FiguresAnswer, TrendAnswer } from './figures-answers';
import { HistoryEntryAnswer } from './history-answers';
import { InvestigationAnswer, OutstandingSuspectAnswer } from './reading-answers';
import { DescribeQuery } from './describe-query';
import { FiguresQuestion, InvestigationsQuestion, MomentsQuestion, OutstandingSuspectsQuestion, TrendQuestion } from './questions';
import { ReadingDesk } from './reading-desk';
import { Admitted } from '../guard';
import type { Admission } from '../guard';

/**
 * Questions about investigations. What comes in is only declared to be a question, for the API's description: the desk checks it, so that an
 * unknown parameter is named and not ignored.
 */
@ApiTags('investigations: reading')
@Controller('api/v1')
export class InvestigationQueriesController {
  constructor(private readonly desk: ReadingDesk) {}

  @Get('figures')
  @DescribeQuery({ operationId: 'figures', summary: 'The headline figures', answer: FiguresAnswer })
  figures(@Admitted() admission: Admission, @Query() asked: FiguresQuestion): Promise<Figures> {
    return this.desk.figures(admission, asked);
  }

  @Get('trend')
  @DescribeQuery({ operationId: 'trend', summary: 'Opened, closed and active, month by month', answer: TrendAnswer })
  trend(@Admitted() admission: Admission, @Query() asked: TrendQuestion): Promise<Trend> {
    return this.desk.trend(admission, asked);
  }

  @Get('areas')
  @DescribeQuery({ operationId: 'areas', summary: 'The districts that a question may name', answer: AreaAnswer, as: 'list' })
  areas(@Admitted() admission: Admission): readonly AreaAnswer[] {
    return this.desk.areas(admission);
  }

  @Get('investigations')
  @DescribeQuery({ operationId: 'investigations', summary: 'Investigations by filter, page by page', answer: InvestigationAnswer, as: 'page' })
  investigations(@Admitted() admission: Admission, @Query() asked: InvestigationsQuestion): Promise<Page<InvestigationItem>> {
    return this.desk.investigations(admission, asked);
  }

  @Get('investigations/:ref')
  @DescribeQuery({ operationId: 'investigation', summary: 'One investigation; its ETag is the revision for If-Match', answer: InvestigationAnswer, reference: 'INV- reference, id, crime reference or source id' })
  investigation(@Admitted() admission: Admission, @Param('ref') reference: string, @Query() asked: MomentsQuestion, @Res({ passthrough: true }) reply: FastifyReply): Promise<InvestigationItem> {
    return this.desk.investigation(admission, reference, asked, reply);
  }

  @Get('investigations/:ref/history')
  @DescribeQuery({ operationId: 'history', summary: 'Everything recorded about it, oldest first', answer: HistoryEntryAnswer, as: 'list', reference: 'INV- reference, id, crime reference or source id' })
  history(@Admitted() admission: Admission, @Param('ref') reference: string, @Query() asked: MomentsQuestion): Promise<readonly HistoryEntry[]> {
    return this.desk.history(admission, reference, asked);
  }

  @Get('suspects/outstanding')
  @DescribeQuery({ operationId: 'outstandingSuspects', summary: 'Outstanding suspects, longest waiting first', answer: OutstandingSuspectAnswer, as: 'page' })
  outstandingSuspects(@Admitted() admission: Admission, @Query() asked: OutstandingSuspectsQuestion): Promise<Page<OutstandingSuspectItem>> {
    return this.desk.outstandingSuspects(admission, asked);
  }
}
