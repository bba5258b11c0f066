import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { officerKey } from '#kernel';
import type { InvestigationId } from '#kernel';
import { operationKey } from '#contexts/investigations';
import { admissionOf, DeniedError } from '../../../guard';
import type { Admission, OperationEntry } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Cases } from '../../reading/cases';
import type { CaseAtMoment } from '../../reading/cases';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { counted } from '../../words/format';
import { caseHeader } from '../investigation/case-header';
import { AccessFormDesk } from './access-form-desk';
import type { AccessDecision } from './access-form-desk';
import type { AccessOccasion } from './access-form.presenter';
import { operationTasks } from './access-forms';
import type { AccessTask } from './access-forms';
import { stateOf, whoOf } from './access.presenter';
import { operationListPage, operationListPath } from './operation-list.presenter';

interface Standing {
  readonly admission: Admission;
  readonly found: CaseAtMoment;
  /** As the record has it. */
  readonly operation: string;
}

const isReaders = ({ entry: { to } }: OperationEntry, { reader: { id, agency } }: Admission): boolean =>
  (to.kind === 'USER' ? officerKey(to.id) === officerKey(id) : officerKey(to.agency) === officerKey(agency));

/** Who is on the access list of an operation, looked at and changed from a record that belongs to it. */
@ApiExcludeController()
@Controller('investigations/:reference/access/operations/:code')
export class OperationListController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly cases: Cases, private readonly desk: AccessFormDesk, private readonly pages: Pages) {}

  @Get()
  async list(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    if (admission.record?.kind !== 'investigation') throw new NotFoundException();
    const may = await admission.rightsOn(admission.record.id);
    if (!may('seeLooks') && !may('grant')) throw new DeniedError('NOT_ALLOWED');
    const { found, operation } = await this.standing(request, code);
    admission.shows({ kind: 'investigation', ids: [found.id] });
    const entries = await this.parts.operationLists.entries(admission, operation);
    const words = await this.parts.vault.open(entries.map(({ entry: { basis } }) => basis));
    this.pages.show(reply, operationListPage({
      header: caseHeader(found.view, found.item, 'access', {}, { ...found, may }), investigationId: found.id, reference: found.item.reference, operation, now: this.parts.clock(), mayGrant: may('grant'),
      rows: entries.map((entry, i) => ({ ...entry, basis: words[i] ?? null })), extendable: may('grant') ? (await this.extendable(admission, operation)).length : 0,
    }));
  }

  @Get('grant')
  async granting(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const standing = await this.standing(request, code);
    await this.desk.show(await this.grantOccasion(standing), request, reply);
  }

  @Post('grant')
  @HttpCode(200)
  async grant(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const standing = await this.standing(request, code);
    await this.take(standing, await this.grantOccasion(standing), {}, request, reply);
  }

  @Get('extend')
  async extending(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const standing = await this.standing(request, code);
    const occasion = await this.extendOccasion(standing);
    if (occasion) await this.desk.show(occasion, request, reply);
    else this.pages.redirect(reply, occasionOf(standing, operationTasks.grant).back.href);
  }

  @Post('extend')
  @HttpCode(200)
  async extend(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const standing = await this.standing(request, code);
    const occasion = await this.extendOccasion(standing);
    if (occasion) await this.take(standing, occasion, {}, request, reply);
    else this.pages.redirect(reply, occasionOf(standing, operationTasks.grant).back.href);
  }

  @Get('withdraw')
  async withdrawing(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const standing = await this.standing(request, code);
    await this.desk.show(withdrawOccasion(standing, await this.theirs(standing, request)), request, reply);
  }

  @Post('withdraw')
  @HttpCode(200)
  async withdraw(@Param('code') code: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const standing = await this.standing(request, code);
    const entry = await this.theirs(standing, request);
    await this.take(standing, withdrawOccasion(standing, entry), { fixed: { grantId: entry.entry.id } }, request, reply);
  }

  /** @throws NotFoundException when the record does not belong to the operation */
  private async standing(request: WebRequest, code: string): Promise<Standing> {
    const admission = admissionOf(request);
    const found = admission.record && (await this.cases.find(admission, admission.record.id, {}));
    const operation = found?.view.operations?.find((each) => operationKey(each) === operationKey(code));
    if (!found || operation === undefined) throw new NotFoundException();
    return { admission, found, operation };
  }

  private async take(standing: Standing, occasion: AccessOccasion, more: Pick<AccessDecision, 'fixed'>, request: WebRequest, reply: WebReply): Promise<void> {
    const { admission, operation } = standing;
    const on = { kind: 'OPERATION', operation, reaches: await this.parts.operationLists.giving(admission, operation) } as const;
    if (await this.desk.take(occasion, { reader: admission.reader, on, ...more }, request, reply)) this.pages.redirect(reply, occasion.back.href);
  }

  /** Entries that run or will, and do not reach each investigation to which the reader may give access; their own are for others to extend. */
  private async extendable(admission: Admission, operation: string): Promise<readonly OperationEntry[]> {
    const [giving, entries] = [await this.parts.operationLists.giving(admission, operation), await this.parts.operationLists.entries(admission, operation)];
    const lacks = ({ entry: { reaches } }: OperationEntry): boolean => giving.some((id: InvestigationId) => !reaches.includes(id));
    return entries.filter((each) => stateOf(each.entry, this.parts.clock()).runs && lacks(each) && !isReaders(each, admission));
  }

  private async grantOccasion(standing: Standing): Promise<AccessOccasion> {
    const giving = await this.parts.operationLists.giving(standing.admission, standing.operation);
    return { ...occasionOf(standing, operationTasks.grant), rows: [{ key: 'What they will read', value: `${counted(giving.length, 'investigation')} of the operation to which you may give access` }] };
  }

  private async extendOccasion(standing: Standing): Promise<AccessOccasion | undefined> {
    const { admission, operation } = standing;
    const [giving, entries] = [await this.parts.operationLists.giving(admission, operation), await this.extendable(admission, operation)];
    if (entries.length === 0) return undefined;
    const options = entries.map(({ entry }) => ({ value: entry.id, text: `${whoOf(entry).who}, put on the list by ${entry.by}` }));
    const fields = operationTasks.extend.fields.map((field) => (field.kind === 'checkboxes' ? { ...field, options } : field));
    return { ...occasionOf(standing, { ...operationTasks.extend, fields }), rows: [{ key: 'What they will read', value: `${counted(giving.length, 'investigation')} of the operation to which you may give access` }] };
  }

  private async theirs({ admission, operation }: Standing, request: WebRequest): Promise<OperationEntry> {
    const grant = one(fieldsOf(request.query), 'grant');
    const entry = (await this.parts.operationLists.entries(admission, operation)).find((each) => each.theirs && each.entry.id === grant);
    if (!entry) throw new NotFoundException();
    return entry;
  }
}

const occasionOf = ({ found, operation }: Standing, task: AccessTask): AccessOccasion => {
  const base = operationListPath(found.item.reference, operation);
  return { task, reference: `operation ${operation}`, path: `${base}/${task.command === 'ExtendAccess' ? 'extend' : 'grant'}`, back: { text: `Access list of operation ${operation}`, href: base } };
};

const withdrawOccasion = (standing: Standing, { entry }: OperationEntry): AccessOccasion => {
  const occasion = occasionOf(standing, operationTasks.withdraw);
  return { ...occasion, path: address(`${occasion.back.href}/withdraw`, { grant: entry.id }), rows: [{ key: 'Who has access', value: whoOf(entry).who }] };
};
