import { Controller, Get, HttpCode, Inject, NotFoundException, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { londonDate } from '#kernel';
import type { LocalDate } from '#kernel';
import type { AccessEntry } from '#contexts/oversight';
import { admissionOf, DeniedError } from '../../../guard';
import type { Admission, RightsOn } from '../../../guard';
import type { InvestigationAction } from '#contexts/oversight';
import { parseDay } from '../../forms/dates';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Cases } from '../../reading/cases';
import type { CaseAtMoment } from '../../reading/cases';
import { address, fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { caseHeader } from '../investigation/case-header';
import { AccessFormDesk, listOf } from './access-form-desk';
import type { AccessOccasion } from './access-form.presenter';
import { accessTasks } from './access-forms';
import { accessPage, stateOf } from './access.presenter';
import type { AccessInput, AccessRow } from './access.presenter';
import { operationListPath } from './operation-list.presenter';

/** Who may see one investigation. */
@ApiExcludeController()
@Controller('investigations/:reference/access')
export class AccessController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly cases: Cases, private readonly desk: AccessFormDesk, private readonly pages: Pages) {}

  @Get()
  async list(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const found = await this.found(request);
    const may = await admissionOf(request).rightsOn(found.id);
    if (!may('seeLooks') && !may('grant')) throw new DeniedError('NOT_ALLOWED');
    admissionOf(request).shows({ kind: 'investigation', ids: [found.id] });
    const { item: { reference } } = found;
    this.pages.show(reply, accessPage({
      header: caseHeader(found.view, found.item, 'access', {}, { ...found, may }), reference, rows: await this.rows(found), operations: await this.operations(found, admissionOf(request)), now: this.parts.clock(), mayGrant: may('grant'), mayReview: may('reviewBreakGlass'),
      ...this.onDay(found, may, fieldsOf(request.query)),
    }));
  }

  @Get('grant')
  async granting(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.desk.show(grantOccasion(await this.found(request)), request, reply);
  }

  @Post('grant')
  @HttpCode(200)
  async grant(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const found = await this.found(request);
    const done = await this.desk.take(grantOccasion(found), { reader: admissionOf(request).reader, on: listOf(found.id) }, request, reply);
    if (done) this.pages.redirect(reply, pathOf(found));
  }

  @Get('withdraw')
  async withdrawing(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const found = await this.found(request);
    await this.desk.show(withdrawOccasion(found, this.entry(found, request)), request, reply);
  }

  @Post('withdraw')
  @HttpCode(200)
  async withdraw(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const found = await this.found(request);
    const entry = this.entry(found, request);
    const done = await this.desk.take(withdrawOccasion(found, entry), { reader: admissionOf(request).reader, on: listOf(found.id), fixed: { grantId: entry.id } }, request, reply);
    if (done) this.pages.redirect(reply, pathOf(found));
  }

  /** @throws NotFoundException */
  private async found(request: WebRequest): Promise<CaseAtMoment> {
    const admission = admissionOf(request);
    const found = admission.record && (await this.cases.find(admission, admission.record.id, {}));
    if (!found) throw new NotFoundException();
    return found;
  }

  private entry({ id }: CaseAtMoment, request: WebRequest): AccessEntry {
    const grant = one(fieldsOf(request.query), 'grant');
    const entry = this.parts.accessLists.onInvestigation(id).find((each) => each.id === grant && each.kind === 'GRANT');
    if (!entry) throw new NotFoundException();
    return entry;
  }

  private async rows({ id }: CaseAtMoment): Promise<readonly AccessRow[]> {
    const entries = this.parts.accessLists.onInvestigation(id);
    const words = await this.parts.vault.open(entries.map(({ basis }) => basis));
    return entries.map((entry, i) => ({ entry, basis: words[i] ?? null, review: this.parts.accessLists.used(entry.id)?.review ?? undefined }));
  }

  private operations({ id, view, item: { reference } }: CaseAtMoment, admission: Admission): Promise<AccessInput['operations']> {
    return Promise.all((view.operations ?? []).map(async (operation) => {
      const entries = await this.parts.operationLists.entries(admission, operation);
      return { operation, href: operationListPath(reference, operation), reading: entries.filter(({ entry }) => entry.reaches.includes(id) && stateOf(entry, this.parts.clock()).runs).length };
    }));
  }

  private onDay({ id }: CaseAtMoment, may: RightsOn<InvestigationAction>, fields: Fields): Pick<AccessInput, 'onDay'> {
    if (!may('seeLooks')) return {};
    const typed = one(fields, 'on');
    const day = parseDay(typed) as LocalDate | undefined;
    if (typed === '') return { onDay: { typed, people: [] } };
    if (!day) return { onDay: { typed, people: [], error: 'Day must be a real date, such as 27/3/2026' } };
    if (day > londonDate(this.parts.clock())) return { onDay: { typed, people: [], error: 'Day must be today or earlier' } };
    return { onDay: { typed, day, people: this.parts.whoCouldSee.on(id, day, 'read') } };
  }
}

const pathOf = ({ item: { reference } }: CaseAtMoment): string => `/investigations/${reference}/access`;

const occasionOf = (found: CaseAtMoment): Pick<AccessOccasion, 'reference' | 'back'> => ({ reference: found.item.reference, back: { text: `Access to ${found.item.reference}`, href: pathOf(found) } });

const grantOccasion = (found: CaseAtMoment): AccessOccasion => ({ ...occasionOf(found), task: accessTasks.grant, path: `${pathOf(found)}/grant` });

const withdrawOccasion = (found: CaseAtMoment, { id, to }: AccessEntry): AccessOccasion => ({
  ...occasionOf(found), task: accessTasks.withdraw, path: address(`${pathOf(found)}/withdraw`, { grant: id }), rows: [{ key: 'Who has access', value: to.kind === 'USER' ? to.id : to.agency }],
});
