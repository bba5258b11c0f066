import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { fieldsOf } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { LookDesk } from '../audit/look-desk';
import { asked, looksQuestion, questionKept } from './question';
import { viewsPage } from './views.presenter';

const SIZE = 50;

type Kind = 'investigation' | 'person';

/** Who viewed one record. */
@ApiExcludeController()
@Controller()
export class ViewsController {
  constructor(private readonly desk: LookDesk, private readonly pages: Pages) {}

  @Get('investigations/:reference/views')
  ofInvestigation(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.show('investigation', '/investigations/:reference/views', reference, request, reply);
  }

  @Get('people/:reference/views')
  ofPerson(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.show('person', '/people/:reference/views', reference, request, reply);
  }

  private async show(kind: Kind, route: string, reference: string, request: WebRequest, reply: WebReply): Promise<void> {
    const reading = this.desk.open(request, reply);
    if (!reading) return;
    const { reader, covert, namer } = reading;
    const id = this.desk.oversight.recordNamed(reader, kind, reference);
    if (id === undefined) throw new NotFoundException();
    const question = looksQuestion(fieldsOf(request.query));
    const list = this.desk.oversight.lookQueries.ofRecord(kind, id, asked(question, covert, SIZE));
    await reading.record(route, [{ kind, ids: [id] }, { kind: 'look-log', ids: list.items.map(({ number }) => String(number)) }], questionKept(question));
    this.pages.show(reply, viewsPage({ kind, reference: namer(kind, id) ?? reference, question, list, namer }));
  }
}
