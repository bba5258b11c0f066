import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MalformedError } from '#kernel';
import type { NominalId } from '#kernel';
import type { AsAt, InvestigationFilter, OutstandingSuspectItem, Page as ListPage } from '#contexts/investigations';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Moments } from '../../reading/moments';
import { People } from '../../reading/people';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { bandWords } from '../../words/figures';
import { suspectsPage } from './suspects.presenter';

const SIZE = 25;

/** Suspects outstanding, by how long. */
@ApiExcludeController()
@Controller('suspects')
export class SuspectsController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly moments: Moments, private readonly people: People,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.query);
    const { queries, homeArea } = this.parts;
    const looking = this.moments.looking(fields);
    const areas = queries.areas().map(({ name }) => name);
    const asked = one(fields, 'area');
    const area = asked === 'all' || areas.includes(asked) ? asked : homeArea;
    const band = bandWords.find(({ address: value }) => value === one(fields, 'wait'));
    if (looking.canonical) return this.pages.redirect(reply, address('/suspects', { area, wait: band?.address, ...looking.canonical }), 302);
    const cursor = one(fields, 'cursor');
    const { list, first } = this.ask({ area, ...(band && { wait: band.wait }) }, cursor, looking.asAt);
    const page = first ? 1 : Math.max(2, Math.min(1e6, Math.trunc(Number(one(fields, 'page'))) || 2));
    const ids = list.items.map(({ nominalId }) => nominalId).filter((id): id is NominalId => id !== null);
    this.pages.show(reply, suspectsPage({
      looking, area, areas, ...(band && { wait: band.address }), figures: queries.figures({ area }, looking.asAt), list, page, size: SIZE,
      people: await this.people.references(ids), lagSeconds: await this.moments.lagSeconds(),
    }));
  }

  private ask(filter: { area: string; wait?: InvestigationFilter['wait'] }, cursor: string, asAt?: AsAt): { list: ListPage<OutstandingSuspectItem>; first: boolean } {
    const { queries } = this.parts;
    try {
      return { list: queries.outstandingSuspects(filter, { limit: SIZE, ...(cursor && { cursor }) }, asAt), first: !cursor };
    } catch (error) {
      if (!(error instanceof MalformedError) || error.field !== 'cursor') throw error;
      return { list: queries.outstandingSuspects(filter, { limit: SIZE }, asAt), first: true };
    }
  }
}
