import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { londonDate } from '#kernel';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { myWorkPage } from './my-work.presenter';

const SIZE = 50;

/** What was escalated to whoever is signed in. */
@ApiExcludeController()
@Controller('my-work')
export class MyWorkController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages) {}

  @Get()
  page(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const admission = admissionOf(request);
    const list = this.parts.workLists.of(admission.reader);
    const last = Math.max(1, Math.ceil(list.length / SIZE));
    const asked = one(fieldsOf(request.query), 'page');
    const page = Math.min(last, /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1);
    const items = list.slice((page - 1) * SIZE, page * SIZE);
    admission.shows({ kind: 'investigation', ids: [...new Set(items.map(({ investigationId }) => investigationId))], question: { list: 'my-work' } });
    this.pages.show(reply, myWorkPage({
      me: admission.reader.id, today: londonDate(this.parts.clock()), items, page, last, size: SIZE, total: list.length,
      sensitivityOf: (id) => this.parts.caseAccess.facts(id)?.sensitivity,
    }));
  }
}
