import { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MalformedError } from '#kernel';
import type { AsAt, InvestigationItem, Page as ListPage } from '#contexts/investigations';
import { downloadName } from '../../downloads/csv';
import { downloadFaults, momentOfName, noFile } from '../../downloads/question';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Moments } from '../../reading/moments';
import { groundWords, knownOf } from '../../reading/ground';
import { Beginnings } from '../../reading/beginnings';
import { address, fieldsOf } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { unreadableMoment } from '../as-at/unreadable.presenter';
import { investigationsCsv } from './investigations-csv';
import { investigationsPage } from './investigations.presenter';
import { listQuestion } from './question';
import type { ListQuestion } from './question';

/** The filtered list of investigations. */
@ApiExcludeController()
@Controller()
export class InvestigationsController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly moments: Moments, private readonly beginnings: Beginnings, private readonly pages: Pages) {}

  @Get('investigations')
  async list(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const known = knownOf(this.parts);
    const question = listQuestion(fields, known);
    if (looking.canonical) return this.pages.redirect(reply, address('/investigations', { ...question.parameters, ...looking.canonical }), 302);
    if (looking.errors.length > 0) return this.pages.show(reply, unreadableMoment({ looking, heading: 'Investigations', section: 'investigations', action: '/investigations', hidden: question.parameters }));
    const { list, asked } = this.ask(question, looking.asAt);
    this.pages.show(reply, investigationsPage({
      looking, question: asked, list, known, begins: this.beginnings.on(looking), lagSeconds: await this.moments.lagSeconds(),
    }));
  }

  /** Streams the whole list, whatever its length; each page of it comes from the one moment of its first. */
  @Get('investigations.csv')
  csv(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const { filter, notices } = listQuestion(fields, knownOf(this.parts));
    const faults = downloadFaults(looking, notices);
    if (faults.length > 0) return this.pages.show(reply, noFile(faults));
    const ask = (cursor?: string) => this.parts.queries.list(filter, { limit: 200, ...(cursor && { cursor }) }, looking.asAt);
    const first = ask();
    const name = downloadName('investigations', groundWords(filter), first.number, 'csv', momentOfName(looking));
    this.pages.download(reply, name, 'text/csv; charset=utf-8', Readable.from(investigationsCsv(first, ask)));
  }

  /** A place in the list that no longer fits its question is left out, not an error. */
  private ask(question: ListQuestion, asAt: AsAt | undefined): { list: ListPage<InvestigationItem>; asked: ListQuestion } {
    const { filter, size: limit, cursor } = question;
    try {
      return { list: this.parts.queries.list(filter, { limit, ...(cursor && { cursor }) }, asAt), asked: question };
    } catch (error) {
      if (!(error instanceof MalformedError) || error.field !== 'cursor') throw error;
      const { cursor: _, ...rest } = question;
      return {
        list: this.parts.queries.list(filter, { limit }, asAt),
        asked: { ...rest, page: 1, notices: [...question.notices, 'That page of the list is no longer valid; this is the first page.'] },
      };
    }
  }
}
