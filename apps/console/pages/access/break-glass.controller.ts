import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { InvestigationId } from '#kernel';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { address } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { formatMoment } from '../../words/format';
import { AccessFormDesk, listOf } from './access-form-desk';
import type { AccessOccasion } from './access-form.presenter';
import { accessTasks } from './access-forms';

/** Longest reason for access that is kept, in characters. */
const REASON = 1_000;

interface Named {
  readonly id: InvestigationId;
  readonly reference: string;
}

/** Access in an emergency, and who answers whether there was need of it. */
@ApiExcludeController()
@Controller('break-glass')
export class BreakGlassController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly desk: AccessFormDesk, private readonly pages: Pages) {}

  @Get()
  ask(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.desk.show(occasionOf(this.named(request)), request, reply);
  }

  @Post()
  @HttpCode(200)
  async take(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const [admission, { id, reference }] = [admissionOf(request), this.named(request)];
    const said = await this.desk.take(occasionOf({ id, reference }), { reader: admission.reader, on: listOf(id) }, request, reply);
    if (!said) return;
    // What was said here is the reason for access as well: nobody is asked twice.
    await this.parts.giveReason(admission, { record: 'investigation', text: reference }, { code: 'OTHER', words: said.basis!.slice(0, REASON) });
    this.pages.redirect(reply, `/investigations/${reference}`);
  }

  @Get(':id/review')
  async reviewing(@Param('id') breakGlassId: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const named = this.named(request);
    admissionOf(request).shows({ kind: 'investigation', ids: [named.id] });
    await this.desk.show(await this.reviewOccasion(named, breakGlassId), request, reply);
  }

  @Post(':id/review')
  @HttpCode(200)
  async review(@Param('id') breakGlassId: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const named = this.named(request);
    const occasion = await this.reviewOccasion(named, breakGlassId);
    const done = await this.desk.take(occasion, { reader: admissionOf(request).reader, on: listOf(named.id), fixed: { breakGlassId } }, request, reply);
    if (done) this.pages.redirect(reply, occasion.back.href);
  }

  /** @throws NotFoundException */
  private named(request: WebRequest): Named {
    const { record, seen } = admissionOf(request);
    const id = record?.kind === 'investigation' ? record.id : undefined;
    const item = id && seen.queries.one(id);
    if (!id || !item) throw new NotFoundException();
    return { id, reference: item.reference };
  }

  private async reviewOccasion({ id, reference }: Named, breakGlassId: string): Promise<AccessOccasion> {
    const used = this.parts.accessLists.used(breakGlassId);
    if (used?.investigationId !== id) throw new NotFoundException();
    const [basis] = await this.parts.vault.open([used.basis]);
    return {
      task: accessTasks.review, reference, path: address(`/break-glass/${breakGlassId}/review`, { named: reference }),
      back: { text: `Access to ${reference}`, href: `/investigations/${reference}/access` },
      rows: [
        { key: 'Who', value: used.reader }, { key: 'When', value: `${formatMoment(used.fromAt)} to ${formatMoment(used.untilAt)}` }, { key: 'Why, in their own words', value: basis ?? '(erased)' },
      ],
    };
  }
}

const occasionOf = ({ reference }: Named): AccessOccasion => ({
  task: accessTasks.breakGlass, reference, path: address('/break-glass', { named: reference }),
  back: { text: 'Back', href: address('/restricted', { named: reference }) },
});
