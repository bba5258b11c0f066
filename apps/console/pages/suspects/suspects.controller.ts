import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MalformedError } from '#kernel';
import type { NominalId } from '#kernel';
import type { AsAt, InvestigationFilter, OutstandingSuspectItem, Page as ListPage, Scope } from '#contexts/investigations';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { groundChoices, knownOf } from '../../reading/ground';
import { Beginnings } from '../../reading/beginnings';
import { Moments } from '../../reading/moments';
import { People } from '../../reading/people';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { unreadableMoment } from '../as-at/unreadable.presenter';
import { admissionOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { listShown } from '../as-at/shown';
import { suspectsQuestion } from './question';
import { suspectsPage } from './suspects.presenter';

const SIZE = 25;

/** Suspects outstanding, by how long. */
@ApiExcludeController()
@Controller('suspects')
export class SuspectsController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly moments: Moments, private readonly people: People,
    private readonly beginnings: Beginnings, private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const admission = admissionOf(request);
    const known = knownOf(admission, this.parts);
    const { ground, band } = suspectsQuestion(fields, known);
    const { scope, parameters } = ground;
    const place = { ...parameters, ...(band && { wait: band.address }) };
    if (looking.canonical) return this.pages.redirect(reply, address('/suspects', { ...place, ...looking.canonical }), 302);
    if (looking.errors.length > 0)
      return this.pages.show(reply, unreadableMoment({
        looking, heading: 'Suspects outstanding', section: 'suspects', action: '/suspects', hidden: band ? { wait: band.address } : {}, ground: groundChoices(scope, known),
      }));
    const cursor = one(fields, 'cursor');
    const { list, first } = this.ask(admission, { ...scope, ...(band && { wait: band.wait }) }, cursor, looking.asAt);
    admission.shows(listShown(list, place, looking));
    const page = first ? 1 : Math.max(2, Math.min(1e6, Math.trunc(Number(one(fields, 'page'))) || 2));
    const ids = list.items.map(({ nominalId }) => nominalId).filter((id): id is NominalId => id !== null);
    this.pages.show(reply, suspectsPage({
      looking, ground, known, begins: this.beginnings.on(looking, admission), ...(band && { wait: band.address }), figures: admission.seen.queries.figures(scope, looking.asAt), list, page, size: SIZE,
      people: await this.people.references(ids), lagSeconds: await this.moments.lagSeconds(),
      sensitivityOf: (id) => this.parts.caseAccess.facts(id)?.sensitivity,
    }));
  }

  private ask({ seen: { queries } }: Admission, filter: Scope & { wait?: InvestigationFilter['wait'] }, cursor: string, asAt?: AsAt): { list: ListPage<OutstandingSuspectItem>; first: boolean } {
    try {
      return { list: queries.outstandingSuspects(filter, { limit: SIZE, ...(cursor && { cursor }) }, asAt), first: !cursor };
    } catch (error) {
      if (!(error instanceof MalformedError) || error.field !== 'cursor') throw error;
      return { list: queries.outstandingSuspects(filter, { limit: SIZE }, asAt), first: true };
    }
  }
}
