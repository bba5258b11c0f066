import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MalformedError } from '#kernel';
import { correctionForms } from '#contexts/investigations';
import type { InvestigationCommandName } from '#contexts/investigations';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Cases } from '../../reading/cases';
import type { CaseAtMoment } from '../../reading/cases';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { admissionOf, DeniedError, entryAction } from '../../../guard';
import type { Admission } from '../../../guard';
import { FormDesk } from './form-desk';
import { FormDrafts } from './form-drafts';
import { FormPages } from './form-pages';
import { FormTokens } from './form-token';
import { correctionOccasion, openingOccasion, taskOccasion } from './occasion';
import type { Occasion } from './occasion';
import { recordedPage } from './recorded.presenter';
import { taskOf, tasks } from './tasks';

const formOf = (type: string): InvestigationCommandName | undefined => (correctionForms as Readonly<Record<string, InvestigationCommandName>>)[type];

/** Forms that record, their check pages and what was recorded. */
@ApiExcludeController()
@Controller()
export class RecordingController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly cases: Cases, private readonly desk: FormDesk,
    private readonly forms: FormPages, private readonly pages: Pages, private readonly tokens: FormTokens, private readonly drafts: FormDrafts,
  ) {}

  @Get('investigations/new')
  opening(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.forms.show(openingOccasion(admissionOf(request), this.parts.homeArea), request, reply);
  }

  @Post('investigations/new')
  @HttpCode(200)
  open(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.desk.take(openingOccasion(admissionOf(request), this.parts.homeArea), request, reply);
  }

  @Get('investigations/:reference/record/:task')
  async asking(@Param('task') task: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.forms.show(await this.taskOn(admissionOf(request), task, fieldsOf(request.query)), request, reply);
  }

  @Post('investigations/:reference/record/:task')
  @HttpCode(200)
  async record(@Param('task') task: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.desk.take(await this.taskOn(admissionOf(request), task, fieldsOf(request.query)), request, reply);
  }

  @Get('corrections/new')
  async correcting(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.forms.show(await this.correction(admissionOf(request), fieldsOf(request.query)), request, reply);
  }

  @Post('corrections/new')
  @HttpCode(200)
  async correct(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.desk.take(await this.correction(admissionOf(request), fieldsOf(request.query)), request, reply);
  }

  @Get('recorded/:number')
  async recorded(@Param('number') number: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const ticket = this.tokens.byPlace(request, one(fieldsOf(request.query), 'form'));
    const recorded = ticket && (await this.drafts.of(admission, ticket.key))?.recorded;
    // An address that this browser's form did not lead to is that of an event like any other.
    if (String(recorded) !== number) return this.pages.redirect(reply, `/events/${encodeURIComponent(number)}`, 302);
    const stored = this.parts.store.eventByNumber(Number(number));
    if (!stored?.stream.startsWith('investigation-') || !admission.record) throw new NotFoundException();
    const { events } = await this.parts.ledger.history(stored.stream);
    const opening = events.find(({ type }) => type === 'InvestigationOpened');
    const event = events.find((each) => each.number === stored.number);
    if (!opening || !event) throw new NotFoundException();
    const own = events.filter(({ metadata }) => metadata.commandId === event.metadata.commandId);
    const reference = `INV-${opening.number}`;
    const found = await this.cases.find(admission, reference, {});
    admission.shows({ kind: admission.record.kind, ids: [admission.record.id] });
    this.pages.show(reply, recordedPage({ may: found ? await admission.rightsOn(found.id) : () => false, events: own, all: events, found, reference, visible: this.parts.reads.checkpoint().number >= own.at(-1)!.number }));
  }

  private async taskOn(admission: Admission, slug: string, query: Fields): Promise<Occasion> {
    if (!tasks.some((task) => task.slug === slug)) throw new NotFoundException();
    const occasion = taskOccasion(admission, await this.caseNow(admission, query), slug, { linkId: one(query, 'link'), escalation: one(query, 'escalation') });
    if (!occasion) throw new NotFoundException();
    return occasion;
  }

  private async correction(admission: Admission, query: Fields): Promise<Occasion> {
    const number = one(query, 'event');
    const stored = /^\d{1,15}$/.test(number) ? this.parts.store.eventByNumber(Number(number)) : undefined;
    if (!stored?.stream.startsWith('investigation-')) throw new NotFoundException();
    const found = await this.caseNow(admission, query);
    const entry = found.entries.find((each) => each.number === stored.number);
    const command = entry && formOf(entry.type);
    const task = command && taskOf(command);
    if (!entry || !task) throw new NotFoundException();
    if (!(await admission.mayWith(entryAction(entry.type), found.id))) throw new DeniedError('NOT_ALLOWED');
    return correctionOccasion(admission, found, entry, task);
  }

  private async caseNow(admission: Admission, query: Fields): Promise<CaseAtMoment> {
    if (one(query, 'asAt') || one(query, 'asAtEvent')) throw new MalformedError('asAt', 'pages of the past cannot be recorded on');
    const found = admission.record && (await this.cases.find(admission, admission.record.id, {}));
    if (found) admission.shows({ kind: 'investigation', ids: [found.id] });
    if (!found) throw new NotFoundException();
    return found;
  }
}
