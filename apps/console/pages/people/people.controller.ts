import { Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MalformedError } from '#kernel';
import type { NominalId } from '#kernel';
import { stepsOf } from '../../reading/cases';
import { Moments } from '../../reading/moments';
import { Persons } from '../../reading/persons';
import { address, fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { admissionOf } from '../../../guard';
import type { Admission } from '../../../guard';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { personShown } from '../as-at/shown';
import { unreadableMoment } from '../as-at/unreadable.presenter';
import { lookupPage, referenceTyped } from './lookup.presenter';
import { personEntryTitle } from './person-entry';
import { notYetRegistered, personPage } from './person.presenter';
import type { PersonOccasion } from './person-forms';
import { PersonForms } from './person-forms';
import { personTasks } from './person-tasks';

/** @throws NotFoundException where there is no such person for this reader */
const personIn = ({ record }: Admission): NominalId => {
  if (record?.kind !== 'person') throw new NotFoundException();
  return record.id;
};

/** Pages of people: look-up by reference, one person, and the forms that put the record of a person right. */
@ApiExcludeController()
@Controller('people')
export class PeopleController {
  constructor(
    private readonly persons: Persons, private readonly moments: Moments, private readonly forms: PersonForms, private readonly tokens: FormTokens,
    private readonly typed: TypedTooLate, private readonly pages: Pages,
  ) {}

  @Get()
  async asking(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { ticket, typed } = await this.typed.again(request);
    this.pages.show(reply, lookupPage({ token: ticket.token, ...(typed && { before: one(typed, 'reference') }) }));
  }

  /** Sent in the body: whoever types a name by mistake finds it in no address. */
  @Post()
  @HttpCode(200)
  async find(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const typed = one(fieldsOf(request.body), 'reference');
    const reference = referenceTyped(typed);
    const id = reference && this.persons.resolve(reference);
    const admission = admissionOf(request);
    if (id && (await admission.mayWithPerson('readPerson', id))) return this.pages.redirect(reply, `/people/${reference}`);
    if (reference) admission.misses({ record: 'person', text: reference });
    this.pages.show(reply, lookupPage({ token: this.tokens.issue(request).token, typed, isReference: reference !== undefined }));
  }

  @Get(':reference')
  async person(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const looking = this.moments.looking(fieldsOf(request.query));
    const path = `/people/${encodeURIComponent(reference)}`;
    if (looking.canonical) return this.pages.redirect(reply, address(path, looking.canonical), 302);
    const admission = admissionOf(request);
    const id = personIn(admission);
    if (looking.errors.length > 0) return this.pages.show(reply, unreadableMoment({ looking, heading: `Person ${reference}`, section: 'people', action: path }));
    const found = await this.persons.find(admission, id, looking);
    if (!found) return this.pages.show(reply, notYetRegistered(reference, looking));
    admission.shows(personShown(id, looking), { kind: 'investigation', ids: found.cases.map(({ item }) => item.investigationId) });
    const own = `/people/${found.details.reference}`;
    const recorded = await this.forms.recordedHere(admission, request, found.details.reference);
    const done = recorded && personTasks.find(({ slug }) => recorded.path.startsWith(`${own}/${slug}`))?.done;
    this.pages.show(reply, personPage({ ...found, looking, may: await admission.rightsOnPerson(id), seesLooks: admission.may('seeActivity'), restricted: (await admission.mayName(id)) === 'RESTRICTED', steps: stepsOf(found, (event) => address(own, { asAtEvent: String(event) }), personEntryTitle), ...(recorded && done && { recorded: { words: done, number: recorded.number } }) }));
  }

  @Get(':reference/:task')
  async form(@Param('task') task: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const query = fieldsOf(request.query);
    const occasion = await this.occasion(admissionOf(request), task, query);
    if (occasion.entry?.correctedBy && !one(query, 'form')) throw new NotFoundException();
    await this.forms.show(occasion, request, reply);
  }

  @Post(':reference/:task')
  @HttpCode(200)
  async take(@Param('task') task: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    await this.forms.take(await this.occasion(admissionOf(request), task, fieldsOf(request.query)), request, reply);
  }

  private async occasion(admission: Admission, slug: string, query: Fields): Promise<PersonOccasion> {
    if (one(query, 'asAt') || one(query, 'asAtEvent')) throw new MalformedError('asAt', 'pages of the past cannot be recorded on');
    const task = personTasks.find((each) => each.slug === slug);
    const person = task && (await this.persons.find(admission, personIn(admission), {}));
    if (!task || !person) throw new NotFoundException();
    admission.shows({ kind: 'person', ids: [person.id] });
    const path = `/people/${person.details.reference}/${slug}`;
    if (slug !== 'take-away') return { admission, task, person, path };
    const entry = person.entries.find(({ number, type }) => String(number) === one(query, 'event') && type === 'PersonAliasAdded');
    if (!entry) throw new NotFoundException();
    return { admission, task, person, entry, path: address(path, { event: String(entry.number) }) };
  }
}
