import { Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import { Persons } from '../../reading/persons';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { readerOf } from '../audit/asking-reader';
import { FormTokens } from '../recording/form-token';
import { RightsDesk } from './rights-desk';
import type { TextsShown } from './rights-desk';
import { rightsAnswers } from './rights-form';
import type { RightsError } from './rights-form';
import { rightsFormPage, rightsPage } from './rights.presenter';
import { rightsTasks } from './rights-tasks';
import type { RightsTask } from './rights-tasks';

interface Occasion extends TextsShown {
  readonly nominalId: NominalId;
  readonly reference: string;
  readonly task: RightsTask;
}

/** A person's rights and the retention of their record. Addresses hold the reference alone. */
@ApiExcludeController()
@Controller('people/:reference/rights')
export class RightsController {
  constructor(private readonly persons: Persons, private readonly desk: RightsDesk, private readonly tokens: FormTokens, private readonly pages: Pages) {}

  @Get()
  async home(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const reader = readerOf(request);
    const nominalId = this.known(reference);
    const { dataSubjects, retention } = this.desk.rights;
    const [state, decisions, measures] = await Promise.all([dataSubjects.state(nominalId), dataSubjects.decisions(nominalId), this.desk.measures(nominalId, reader)]);
    this.pages.show(reply, rightsPage({ reference, state, decisions, measures, retention: retention.one(nominalId, this.desk.today()) }));
  }

  @Get(':task')
  async form(@Param('reference') reference: string, @Param('task') slug: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.show(await this.occasion(reference, slug, readerOf(request)), request, reply, {}, []);
  }

  @Post(':task')
  @HttpCode(200)
  async take(@Param('reference') reference: string, @Param('task') slug: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const reader = readerOf(request);
    const occasion = await this.occasion(reference, slug, reader);
    const fields = fieldsOf(request.body);
    const ticket = this.tokens.byToken(request, one(fields, 'token'));
    if (occasion.unread > 0) return this.show(occasion, request, reply, fields, [{ field: 'form', text: 'You may not read every text that stays; somebody who may must authorise this' }]);
    if (!ticket) return this.show(occasion, request, reply, fields, [{ field: 'form', text: 'This form was open too long; check it and send it again' }]);
    const { request: asked, errors } = rightsAnswers(occasion.task, fields, one(fields, 'requestId') || undefined, occasion.texts);
    const wrong = errors.length > 0 ? errors : await this.desk.decide(occasion.task, occasion.nominalId, asked, reader, ticket.key);
    if (wrong.length > 0) return this.show(occasion, request, reply, fields, wrong);
    this.pages.redirect(reply, `/people/${reference}/rights`);
  }

  private known(reference: string): NominalId {
    const id = /^PER-\d{1,15}$/i.test(reference) ? this.persons.resolve(reference) : undefined;
    if (!id) throw new NotFoundException();
    return id;
  }

  private async occasion(reference: string, slug: string, reader: Reader): Promise<Occasion> {
    const task = rightsTasks.find((each) => each.slug === slug);
    const nominalId = this.known(reference);
    if (!task) throw new NotFoundException();
    return { nominalId, reference, task, ...(task.command === 'AuthoriseErasure' ? await this.desk.texts(nominalId, reader) : { texts: [], unread: 0 }) };
  }

  private async show({ nominalId, reference, task, texts, unread }: Occasion, request: WebRequest, reply: WebReply, typed: Fields, errors: readonly RightsError[]): Promise<void> {
    const { dataSubjects } = this.desk.rights;
    const [state, decisions] = await Promise.all([dataSubjects.state(nominalId), dataSubjects.decisions(nominalId)]);
    this.pages.show(reply, rightsFormPage({ reference, task, token: this.tokens.issue(request).token, typed, errors, decisions, state, texts, unread }));
  }
}
