import { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MalformedError } from '#kernel';
import type { AsAt, InvestigationItem, Page as ListPage } from '#contexts/investigations';
import { downloadName } from '../../downloads/csv';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Moments } from '../../reading/moments';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { investigationsCsv } from './investigations-csv';
import { investigationsPage } from './investigations.presenter';
import { listQuestion } from './question';
import type { Known, ListQuestion } from './question';

/** The filtered list of investigations. */
@ApiExcludeController()
@Controller()
export class InvestigationsController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly moments: Moments, private readonly pages: Pages) {}

  @Get('investigations')
  async list(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const known = this.known();
    const question = listQuestion(fields, known);
    if (looking.canonical) return this.pages.redirect(reply, address('/investigations', { ...question.parameters, ...looking.canonical }), 302);
    const { list, asked } = this.ask(question, looking.asAt);
    this.pages.show(reply, investigationsPage({
      looking, question: asked, list, areas: known.areas, teams: known.teams(question.filter.area), lagSeconds: await this.moments.lagSeconds(),
    }));
  }

  /** Streams the whole list, whatever its length; each page of it comes from the one moment of its first. */
  @Get('investigations.csv')
  csv(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const fields = fieldsOf(request.query);
    const { asAt, past } = this.moments.looking(fields);
    const { filter } = listQuestion(fields, this.known());
    const ask = (cursor?: string) => this.parts.queries.list(filter, { limit: 200, ...(cursor && { cursor }) }, asAt);
    const first = ask();
    const name = downloadName('investigations', filter.area, first.number, 'csv', past ? one(fields, 'asAt') : undefined);
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

  private known(): Known {
    const { queries, homeArea } = this.parts;
    return { homeArea, areas: queries.areas().map(({ name }) => name), teams: (area) => queries.teams(area) };
  }
}
