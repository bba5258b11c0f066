import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Admitted } from '../guard';
import type { Admission } from '../guard';
import { AccessEntryAnswer, CouldSeeAnswer, OperationEntryAnswer } from './access-answers';
import { AccessDesk } from './access-desk';
import { DescribeQuery } from './describe-query';
import { AccessQuestion, CouldSeeQuestion } from './questions';

const reference = 'INV- reference, id, crime reference or source id';

/** Who has access to an investigation, and who had. */
@ApiTags('access')
@Controller('api/v1/investigations')
export class AccessQueriesController {
  constructor(private readonly desk: AccessDesk) {}

  @Get(':ref/access')
  @DescribeQuery({ operationId: 'access', summary: 'Its access list: every entry that it has had, oldest first', answer: AccessEntryAnswer, as: 'list', reference })
  access(@Admitted() admission: Admission, @Param('ref') named: string, @Query() asked: AccessQuestion): Promise<readonly AccessEntryAnswer[]> {
    return this.desk.list(admission, named, asked);
  }

  @Get(':ref/could-see')
  @DescribeQuery({ operationId: 'couldSee', summary: 'Who could see it on a day, by what was recorded by then and the policies of now', answer: CouldSeeAnswer, as: 'list', reference })
  couldSee(@Admitted() admission: Admission, @Param('ref') named: string, @Query() asked: CouldSeeQuestion): Promise<readonly CouldSeeAnswer[]> {
    return this.desk.couldSee(admission, named, asked);
  }
}

/** Who is on the access list of an operation. */
@ApiTags('access')
@Controller('api/v1/operations')
export class OperationQueriesController {
  constructor(private readonly desk: AccessDesk) {}

  @Get(':ref/access')
  @DescribeQuery({ operationId: 'operationAccess', summary: 'Its access list: every entry that reaches an investigation of which you may know, oldest first', answer: OperationEntryAnswer, as: 'list', reference: 'Code of the operation, in any way of writing it' })
  access(@Admitted() admission: Admission, @Param('ref') named: string, @Query() asked: AccessQuestion): Promise<readonly OperationEntryAnswer[]> {
    return this.desk.operation(admission, named, asked);
  }
}
