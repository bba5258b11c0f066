import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { OfficerId } from '#kernel';
import type { AsAt, Figures } from '#contexts/investigations';
import { downloadName } from '../../downloads/csv';
import { downloadFaults, momentOfName, noFile } from '../../downloads/question';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Moments } from '../../reading/moments';
import { Beginnings } from '../../reading/beginnings';
import { groundChoices, groundOf, groundWords, knownOf } from '../../reading/ground';
import { address, fieldsOf } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { menuOf } from '../../rendering/menu';
import { Pages } from '../../rendering/pages';
import type { Looking } from '../as-at/looking';
import { unreadableMoment } from '../as-at/unreadable.presenter';
import { admissionOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { dashboardPage } from './dashboard.presenter';
import type { Emergency } from './dashboard.presenter';
import { figuresCsv } from './figures-csv';

const FOUR_WEEKS = 28 * 86_400_000;
const MONTHS = 12;

const before = ({ at, clock }: Looking): AsAt => ({ effective: at - FOUR_WEEKS, recorded: clock === 'recorded' ? at - FOUR_WEEKS : 'now' });
const otherClock = ({ at, clock }: Looking): AsAt => ({ effective: at, recorded: clock === 'recorded' ? 'now' : at });

/** Status at a glance. */
@ApiExcludeController()
@Controller()
export class DashboardController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly moments: Moments,
    private readonly beginnings: Beginnings, private readonly pages: Pages,
  ) {}

  @Get()
  async dashboard(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const admission = admissionOf(request);
    // Who may see no figures is here for something else: the first entry of their menu.
    if (!admission.may('seeFigures')) return this.pages.redirect(reply, menuOf(this.parts.access, admission.reader, this.parts.workLists)[0]?.href ?? '/account', 302);
    const known = knownOf(admission, this.parts);
    const ground = groundOf(fields, known);
    const { scope, parameters } = ground;
    if (looking.canonical) return this.pages.redirect(reply, address('/', { ...parameters, ...looking.canonical }), 302);
    if (looking.errors.length > 0) return this.pages.show(reply, unreadableMoment({ looking, heading: 'Investigation status', section: 'dashboard', action: '/', ground: groundChoices(scope, known) }));
    const { queries } = admission.seen;
    this.pages.show(reply, dashboardPage({
      looking, ground, known, begins: this.beginnings.on(looking, admission),
      figures: queries.figures(scope, looking.asAt),
      before: queries.figures(scope, before(looking)),
      ...(looking.past && { otherClock: queries.figures(scope, otherClock(looking)) }),
      trend: queries.trend(scope, MONTHS, looking.asAt).months,
      lagSeconds: await this.moments.lagSeconds(),
      emergencies: looking.past ? [] : await this.emergencies(admission),
    }));
  }

  @Get('figures.csv')
  csv(@Req() request: WebRequest, @Res() reply: WebReply): void {
    this.download(request, reply, 'csv', 'text/csv; charset=utf-8', figuresCsv);
  }

  @Get('figures.json')
  json(@Req() request: WebRequest, @Res() reply: WebReply): void {
    this.download(request, reply, 'json', 'application/json; charset=utf-8',
      (figures) => `${JSON.stringify({ marking: 'OFFICIAL-SENSITIVE', ...figures }, undefined, 2)}\n`);
  }

  /** Uses of the break-glass that this reader is to answer for. */
  private async emergencies(admission: Admission): Promise<readonly Emergency[]> {
    const { accessLists, caseAccess } = this.parts;
    const used = accessLists.toAnswer(admission.reader.id as OfficerId, (id) => caseAccess.facts(id));
    const answers = await Promise.all(used.map(({ investigationId }) => admission.mayWith('reviewBreakGlass', investigationId)));
    return used.filter((_, i) => answers[i]).flatMap(({ breakGlassId, investigationId, reader: user, fromAt: at }) => {
      const reference = admission.seen.queries.one(investigationId)?.reference;
      return reference === undefined ? [] : [{ breakGlassId, reference, user, at }];
    });
  }

  /** A file outlives its address: what cannot be read of that is refused, never left out. */
  private download(request: WebRequest, reply: WebReply, extension: string, type: string, write: (figures: Figures) => string): void {
    const fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const admission = admissionOf(request);
    const { scope, notices } = groundOf(fields, knownOf(admission, this.parts));
    const faults = downloadFaults(looking, notices);
    if (faults.length > 0) return this.pages.show(reply, noFile(faults));
    const figures = admission.seen.queries.figures(scope, looking.asAt);
    this.pages.download(reply, downloadName('figures', groundWords(scope), figures.number, extension, momentOfName(looking)), type, write(figures));
  }
}
