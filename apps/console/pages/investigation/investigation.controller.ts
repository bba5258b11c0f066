import { Controller, Get, Inject, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { Cases, stepsOf } from '../../reading/cases';
import type { CaseAtMoment } from '../../reading/cases';
import { Moments } from '../../reading/moments';
import { address, fieldsOf } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { SeveralNamedError } from '../../rendering/several-named.error';
import type { Looking } from '../as-at/looking';
import { unreadableMoment } from '../as-at/unreadable.presenter';
import { entryTitle } from '../history/entry';
import { historyPage } from '../history/history.presenter';
import { historyAddress, historyQuestion } from '../history/question';
import { admissionOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { caseShown } from '../as-at/shown';
import { notYetOpened } from './not-yet-opened';
import { overviewPage } from './overview.presenter';

/** The history comes from the ledger, which is ahead of the read models for a moment. @param before what those held before it was read */
const numberOf = ({ all }: Pick<CaseAtMoment, 'all'>, before: number): number => Math.max(before, all.at(-1)?.number ?? -1);

/** Pages of one investigation. */
@ApiExcludeController()
@Controller('investigations/:reference')
export class InvestigationController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly cases: Cases, private readonly moments: Moments,
    private readonly pages: Pages,
  ) {}

  @Get()
  async overview(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const looking = this.moments.looking(fieldsOf(request.query));
    const path = `/investigations/${encodeURIComponent(reference)}`;
    if (looking.canonical) return this.pages.redirect(reply, address(path, looking.canonical), 302);
    if (looking.errors.length > 0) return this.pages.show(reply, this.unreadable(admission, reference, looking, path));
    const { number } = this.parts.reads.checkpoint();
    const found = await this.find(admission, reference, looking);
    if (!found) return this.pages.show(reply, notYetOpened(reference, looking));
    const { id, item } = found;
    admission.shows(caseShown(id, looking));
    this.pages.show(reply, overviewPage({
      ...found, looking, may: await admission.rightsOn(id), outstanding: admission.seen.queries.outstandingOn(id, looking.asAt),
      number: looking.past ? found.entries.at(-1)!.number : numberOf(found, number),
      lagSeconds: await this.moments.lagSeconds(), steps: stepsOf(found, (event) => address(`/investigations/${item.reference}`, { asAtEvent: String(event) }), entryTitle),
    }));
  }

  @Get('history')
  async history(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const fields: Fields = fieldsOf(request.query);
    const looking = this.moments.looking(fields);
    const question = historyQuestion(fields);
    const path = `/investigations/${encodeURIComponent(reference)}/history`;
    if (looking.canonical) return this.pages.redirect(reply, historyAddress(path, question, looking.canonical), 302);
    if (looking.errors.length > 0) return this.pages.show(reply, this.unreadable(admission, reference, looking, path));
    const { number } = this.parts.reads.checkpoint();
    const found = await this.find(admission, reference, looking);
    if (!found) return this.pages.show(reply, notYetOpened(reference, looking));
    admission.shows(caseShown(found.id, looking));
    const own = `/investigations/${found.item.reference}/history`;
    const to = (event: number): string => historyAddress(own, { ...question, page: 1 }, { asAtEvent: String(event) });
    this.pages.show(reply, historyPage({ ...found, looking, question, may: await admission.rightsOn(found.id), all: found.all.length, number: numberOf(found, number), steps: stepsOf(found, to, entryTitle) }));
  }

  private unreadable(admission: Admission, reference: string, looking: Looking, action: string): Page {
    this.mustName(admission, reference);
    return unreadableMoment({ looking, heading: `Investigation ${reference}`, section: 'investigations', action });
  }

  /** @throws NotFoundException, which says so when the reference is of several */
  private mustName({ record, seen: { queries } }: Admission, reference: string): void {
    if (record) return;
    const named = queries.named(reference);
    throw named.length > 1 ? new SeveralNamedError(named) : new NotFoundException();
  }

  private async find(admission: Admission, reference: string, looking: Looking): Promise<CaseAtMoment | undefined> {
    this.mustName(admission, reference);
    return this.cases.find(admission, admission.record!.id, looking);
  }
}
