import { Controller, Get, NotFoundException, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { admissionOf } from '../../../guard';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { restrictedPage } from './restricted.presenter';

/** In the place of a record that the reader knows of and may not read. */
@ApiExcludeController()
@Controller('restricted')
export class RestrictedController {
  constructor(private readonly pages: Pages) {}

  @Get()
  async page(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const { queries } = admission.seen;
    const id = queries.resolve(one(fieldsOf(request.query), 'named'));
    const item = id && queries.one(id);
    if (!id || !item) throw new NotFoundException();
    const breakGlass = (await admission.mayWith('breakGlass', id)) ? address('/break-glass', { named: item.reference }) : undefined;
    admission.shows({ kind: 'investigation', ids: [id] });
    this.pages.show(reply, restrictedPage({ item, ...(breakGlass && { breakGlass }) }));
  }
}
