import { createHash } from 'node:crypto';
import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { instantOf } from '#kernel';
import type { InvestigationId, NominalId } from '#kernel';
import type { ExtractChoice, ExtractMade } from '#contexts/oversight';
import { admissionOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { all, fieldsOf } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { extractPage } from './extract.presenter';
import { RightsDesk } from './rights-desk';
import { subjectIn } from './subject';

/** What a person is given when they ask what is held about them (DPA 2018 s.45). */
@ApiExcludeController()
@Controller('people/:reference/rights')
export class ExtractController {
  constructor(private readonly desk: RightsDesk, private readonly pages: Pages) {}

  @Get('extract')
  async page(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const nominalId = subjectIn(admission, reference);
    const [cases, running] = [await admission.seen.casesNaming(nominalId), await this.desk.measures(nominalId, admission.reader)];
    const made = await this.made(nominalId, { tell: new Set(cases) });
    const leftOut = new Set(made.leftOut);
    const measuresOn = (reference: string) => running.filter((each) => each.reference === reference).map(({ measure }) => measure);
    admission.shows({ kind: 'person', ids: [nominalId] }, { kind: 'investigation', ids: cases });
    const named = (ids: readonly InvestigationId[]): readonly string[] => ids.flatMap((id) => this.desk.rights.referenceOf(admission.reader, id) ?? []);
    this.pages.show(reply, extractPage({ reference, withheld: made.extract.withheld, leftOut: named(made.leftOut), cases: named(cases.filter((id) => !leftOut.has(id))).map((each) => ({ reference: each, measures: measuresOn(each) })) }));
  }

  @Get('extract.json')
  async download(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const nominalId = subjectIn(admission, reference);
    const fields = fieldsOf(request.query);
    const [offered, leaveOut] = [this.named(admission, all(fields, 'offered')), this.named(admission, all(fields, 'leaveOut'))];
    const made = await this.made(nominalId, { leaveOut, tell: offered });
    const text = `${JSON.stringify(made.extract, null, 2)}\n`;
    // Recorded first: nothing leaves of which there is no record.
    await this.desk.rights.looks.record(admission.reader, {
      kind: 'disclosure', door: 'DOWNLOAD', route: '/people/:reference/rights/extract.json', shown: [{ kind: 'person', ids: [nominalId] }],
      ...(admission.reason && { reason: admission.reason }), recipients: [{ organisation: 'DATA_SUBJECT' }], digest: createHash('sha256').update(text).digest('hex'),
    });
    this.pages.download(reply, `OFFICIAL-SENSITIVE-what-is-held-about-${reference.toUpperCase()}.json`, 'application/json; charset=utf-8', text);
  }

  private async made(nominalId: NominalId, choice: ExtractChoice): Promise<ExtractMade> {
    const made = await this.desk.rights.extracts.of(nominalId, instantOf(this.desk.now()), choice);
    if (!made) throw new NotFoundException();
    return made;
  }

  /** @throws NotFoundException for what is no investigation: a slip would give away what was to be left out */
  private named({ seen: { queries } }: Admission, references: readonly string[]): ReadonlySet<InvestigationId> {
    return new Set(references.map((reference) => {
      const id = queries.resolve(reference);
      if (id === undefined) throw new NotFoundException();
      return id;
    }));
  }
}
