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
import { admissionOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { listShown } from '../as-at/shown';
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
    const admission = admissionOf(request);
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const known = knownOf(admission, this.parts);
    const question = listQuestion(fields, known);
    if (looking.canonical) return this.pages.redirect(reply, address('/investigations', { ...question.parameters, ...looking.canonical }), 302);
    if (looking.errors.length > 0) return this.pages.show(reply, unreadableMoment({ looking, heading: 'Investigations', section: 'investigations', action: '/investigations', hidden: question.parameters }));
    const { list, asked } = this.ask(admission, question, looking.asAt);
    admission.shows(listShown(list, question.parameters, looking));
    this.pages.show(reply, investigationsPage({
      mayOpen: admission.may('open'), looking, question: asked, list, known, begins: this.beginnings.on(looking, admission), lagSeconds: await this.moments.lagSeconds(),
      sensitivityOf: (id) => this.parts.caseAccess.facts(id)?.sensitivity,
    }));
  }

  /** Streams the whole list, whatever its length; each page of it comes from the one moment of its first. */
  @Get('investigations.csv')
  csv(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const admission = admissionOf(request);
    const { filter, notices, parameters } = listQuestion(fields, knownOf(admission, this.parts));
    const faults = downloadFaults(looking, notices);
    if (faults.length > 0) return this.pages.show(reply, noFile(faults));
    const ask = (cursor?: string) => admission.seen.queries.list(filter, { limit: 200, ...(cursor && { cursor }) }, looking.asAt);
    const first = ask();
    admission.shows(listShown(first, parameters, looking, true));
    const name = downloadName('investigations', groundWords(filter), first.number, 'csv', momentOfName(looking));
    this.pages.download(reply, name, 'text/csv; charset=utf-8', Readable.from(investigationsCsv(first, ask)));
  }

  /** A place in the list that no longer fits its question is left out, not an error. */
  private ask({ seen: { queries } }: Admission, question: ListQuestion, asAt: AsAt | undefined): { list: ListPage<InvestigationItem>; asked: ListQuestion } {
    const { filter, size: limit, cursor } = question;
    try {
      return { list: queries.list(filter, { limit, ...(cursor && { cursor }) }, asAt), asked: question };
    } catch (error) {
      if (!(error instanceof MalformedError) || error.field !== 'cursor') throw error;
      const { cursor: _, ...rest } = question;
      return {
        list: queries.list(filter, { limit }, asAt),
        asked: { ...rest, page: 1, notices: [...question.notices, 'That page of the list is no longer valid; this is the first page.'] },
      };
    }
  }
}
