import { Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NominalId } from '#kernel';
import type { TextsShown } from '#contexts/oversight';
import { admissionOf, rightsAction } from '../../../guard';
import type { Admission } from '../../../guard';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import type { FormTicket } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { RightsDesk } from './rights-desk';
import { rightsAnswers } from './rights-form';
import type { RightsError } from './rights-form';
import { rightsFormPage, rightsPage } from './rights.presenter';
import { isTheirs, rightsTasks } from './rights-tasks';
import type { RightsTask } from './rights-tasks';
import { subjectIn, textsShown } from './subject';

interface Occasion extends TextsShown {
  readonly admission: Admission;
  readonly nominalId: NominalId;
  readonly reference: string;
  readonly task: RightsTask;
  /** Of a form whose answers were kept while its sender proved again who they are. */
  readonly ticket?: FormTicket;
}

/** A person's rights and the retention of their record. Addresses hold the reference alone. */
@ApiExcludeController()
@Controller('people/:reference/rights')
export class RightsController {
  constructor(private readonly desk: RightsDesk, private readonly tokens: FormTokens, private readonly typed: TypedTooLate, private readonly pages: Pages) {}

  @Get()
  async home(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const admission = admissionOf(request);
    const nominalId = subjectIn(admission, reference);
    const { dataSubjects, retention } = this.desk.rights;
    const [state, decisions, measures, may] = await Promise.all([
      dataSubjects.state(nominalId), dataSubjects.decisions(nominalId), this.desk.measures(nominalId, admission.reader), admission.rightsOnPerson(nominalId),
    ]);
    admission.shows({ kind: 'person', ids: [nominalId] }, { kind: 'investigation', ids: measures.map(({ investigationId }) => investigationId) });
    this.pages.show(reply, rightsPage({ reference, state, decisions, measures, retention: retention.one(nominalId, this.desk.today()), may, decides: (task) => may(rightsAction(task.command)) && isTheirs(task, state, admission.reader) }));
  }

  @Get(':task')
  async form(@Param('reference') reference: string, @Param('task') slug: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const occasion = await this.occasion(reference, slug, request);
    const { ticket, typed = {}, done } = await this.typed.again(request);
    if (done) return this.pages.redirect(reply, `/people/${reference}/rights`);
    await this.show({ ...occasion, ticket }, request, reply, typed, []);
  }

  @Post(':task')
  @HttpCode(200)
  async take(@Param('reference') reference: string, @Param('task') slug: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const occasion = await this.occasion(reference, slug, request);
    const fields = fieldsOf(request.body);
    const ticket = this.tokens.byToken(request, one(fields, 'token'));
    if (occasion.unread > 0) return this.show(occasion, request, reply, fields, [{ field: 'form', text: 'You may not read every text that stays; somebody who may must authorise this' }]);
    if (!ticket) return this.show(occasion, request, reply, fields, [{ field: 'form', text: 'This form was open too long; check it and send it again' }]);
    const { request: asked, errors } = rightsAnswers(occasion.task, fields, one(fields, 'requestId') || undefined, occasion.texts);
    const wrong = errors.length > 0 ? errors : await this.desk.decide(occasion.task, occasion.nominalId, asked, occasion.admission.reader, ticket.key);
    if (wrong.length > 0) return this.show(occasion, request, reply, fields, wrong);
    await this.typed.taken(request, ticket);
    this.pages.redirect(reply, `/people/${reference}/rights`);
  }

  private async occasion(reference: string, slug: string, request: WebRequest): Promise<Occasion> {
    const admission = admissionOf(request);
    const task = rightsTasks.find((each) => each.slug === slug);
    const nominalId = subjectIn(admission, reference);
    if (!task) throw new NotFoundException();
    const texts = task.command === 'AuthoriseErasure' ? await this.desk.rights.texts.of(nominalId, admission.reader) : { texts: [], unread: 0 };
    return { admission, nominalId, reference, task, ...texts };
  }

  private async show(occasion: Occasion, request: WebRequest, reply: WebReply, typed: Fields, errors: readonly RightsError[]): Promise<void> {
    const { admission, nominalId, reference, task, texts, unread, ticket = this.tokens.issue(request) } = occasion;
    const { dataSubjects } = this.desk.rights;
    const [state, decisions] = await Promise.all([dataSubjects.state(nominalId), dataSubjects.decisions(nominalId)]);
    admission.shows({ kind: 'person', ids: [nominalId] }, textsShown(texts));
    this.pages.show(reply, rightsFormPage({ reference, task, token: ticket.token, typed, errors, decisions, state, texts, unread }));
  }
}
