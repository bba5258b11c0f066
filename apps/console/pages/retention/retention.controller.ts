import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { londonDate } from '#kernel';
import type { LocalDate } from '#kernel';
import { admissionOf, thoseThat } from '../../../guard';
import { parseDay } from '../../forms/dates';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { retentionDuePage } from './retention.presenter';

const SIZE = 50;

/** Records of people whose keeping is to be reviewed. */
@ApiExcludeController()
@Controller('retention')
export class RetentionController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages) {}

  @Get()
  async page(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const query = fieldsOf(request.query);
    const [typed, today] = [one(query, 'due'), londonDate(this.parts.clock()) as LocalDate];
    const asked = typed === '' ? today : parseDay(typed);
    const by = (asked ?? today) as LocalDate;
    const due = await thoseThat(this.parts.rights.retention.reviewsDue(by), ({ nominalId }) => admission.seen.readsPerson(nominalId));
    const last = Math.max(1, Math.ceil(due.length / SIZE));
    const page = Math.min(last, /^[1-9]\d{0,5}$/.test(one(query, 'page')) ? Number(one(query, 'page')) : 1);
    const items = due.slice((page - 1) * SIZE, page * SIZE);
    admission.shows({ kind: 'person', ids: items.map(({ nominalId }) => nominalId), question: { due: by } });
    this.pages.show(reply, retentionDuePage({ by, today, typed, wrong: asked === undefined, items, page, last, size: SIZE, total: due.length, referenceOf: (id) => this.parts.rights.personReference(id) }));
  }
}
