import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { AsAt, Figures } from '#contexts/investigations';
import { downloadName } from '../../downloads/csv';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Moments } from '../../reading/moments';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import type { Looking } from '../as-at/looking';
import { dashboardPage } from './dashboard.presenter';
import { figuresCsv } from './figures-csv';

const FOUR_WEEKS = 28 * 86_400_000;
const MONTHS = 12;

const before = ({ at, clock }: Looking): AsAt => ({ effective: at - FOUR_WEEKS, recorded: clock === 'recorded' ? at - FOUR_WEEKS : 'now' });
const otherClock = ({ at, clock }: Looking): AsAt => ({ effective: at, recorded: clock === 'recorded' ? 'now' : at });

/** Status at a glance. */
@ApiExcludeController()
@Controller()
export class DashboardController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly moments: Moments, private readonly pages: Pages) {}

  @Get()
  async dashboard(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const area = this.area(one(fields, 'area'));
    if (looking.canonical) return this.pages.redirect(reply, address('/', { area, ...looking.canonical }), 302);
    const { queries } = this.parts;
    const scope = { area };
    this.pages.show(reply, dashboardPage({
      looking, area, areas: queries.areas(),
      figures: queries.figures(scope, looking.asAt),
      before: queries.figures(scope, before(looking)),
      ...(looking.past && { otherClock: queries.figures(scope, otherClock(looking)) }),
      trend: queries.trend(scope, MONTHS, looking.asAt),
      lagSeconds: await this.moments.lagSeconds(),
    }));
  }

  @Get('figures.csv')
  csv(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const { figures, name } = this.figures(request, 'csv');
    this.pages.download(reply, name, 'text/csv; charset=utf-8', figuresCsv(figures));
  }

  @Get('figures.json')
  json(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const { figures, name } = this.figures(request, 'json');
    this.pages.download(reply, name, 'application/json; charset=utf-8', `${JSON.stringify({ marking: 'OFFICIAL-SENSITIVE', ...figures }, undefined, 2)}\n`);
  }

  private figures(request: WebRequest, extension: string): { figures: Figures; name: string } {
    const fields = fieldsOf(request.query);
    const { asAt, past } = this.moments.looking(fields);
    const figures = this.parts.queries.figures({ area: this.area(one(fields, 'area')) }, asAt);
    return { figures, name: downloadName('figures', figures.area.name, figures.number, extension, past ? one(fields, 'asAt') : undefined) };
  }

  private area(asked: string): string {
    const known = asked === 'all' || this.parts.queries.areas().some(({ name }) => name === asked);
    return known ? asked : this.parts.homeArea;
  }
}
