import { Controller, Get, HttpCode, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { admissionOf } from '../../../guard';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { LookDesk } from '../audit/look-desk';
import { UserAddresses } from '../audit/users';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { asked, lookAddress, looksQuestion, questionKept, wayIn } from './question';
import type { LooksQuestion } from './question';
import { viewsPage } from './views.presenter';
import type { ViewsInput } from './views.presenter';

const SIZE = 50;

type Kind = 'investigation' | 'person';

/** The form that asks for one user: whom it was sent for, and its token. */
type UserForm = Pick<ViewsInput, 'token' | 'typed' | 'unknown'>;

const bases: Readonly<Record<Kind, string>> = { investigation: '/investigations', person: '/people' };

/** Who viewed one record. */
@ApiExcludeController()
@Controller()
export class ViewsController {
  constructor(
    private readonly desk: LookDesk, private readonly users: UserAddresses, private readonly tokens: FormTokens, private readonly typed: TypedTooLate,
    private readonly pages: Pages,
  ) {}

  @Get('investigations/:reference/views')
  ofInvestigation(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.list('investigation', reference, request, reply);
  }

  @Get('people/:reference/views')
  ofPerson(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.list('person', reference, request, reply);
  }

  /** The number is sent in the body; the address that follows does not say whose it is. */
  @Post('investigations/:reference/views')
  @HttpCode(200)
  ofUserOnInvestigation(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.ofUser('investigation', reference, request, reply);
  }

  @Post('people/:reference/views')
  @HttpCode(200)
  ofUserOnPerson(@Param('reference') reference: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    return this.ofUser('person', reference, request, reply);
  }

  private async list(kind: Kind, reference: string, request: WebRequest, reply: WebReply): Promise<void> {
    const { ticket, typed = {} } = await this.typed.again(request);
    const question = looksQuestion({ ...typed, ...fieldsOf(request.query) });
    const user = question.who === '' ? '' : this.users.find(question.who);
    if (user === undefined) throw new NotFoundException();
    await this.show(kind, reference, { ...question, user }, { token: ticket.token, typed: one(typed, 'user') }, request, reply);
  }

  private async ofUser(kind: Kind, reference: string, request: WebRequest, reply: WebReply): Promise<void> {
    if (this.desk.oversight.recordNamed(admissionOf(request).reader, kind, reference) === undefined) throw new NotFoundException();
    const fields = fieldsOf(request.body);
    const [typed, question] = [one(fields, 'user').slice(0, 40), looksQuestion(fields)];
    const who = typed && this.users.idOf(typed);
    if (who && this.users.find(who) === undefined) return this.show(kind, reference, question, { token: this.tokens.issue(request).token, typed, unknown: true }, request, reply);
    this.pages.redirect(reply, lookAddress(`${bases[kind]}/${encodeURIComponent(reference)}/views`, { ...question, who }));
  }

  private async show(kind: Kind, reference: string, question: LooksQuestion, form: UserForm, request: WebRequest, reply: WebReply): Promise<void> {
    const reading = await this.desk.open(request, reply);
    if (!reading) return;
    const { reader, covert } = reading;
    const { lookQueries, recordNamed, referenceOf } = this.desk.oversight;
    const id = recordNamed(reader, kind, reference);
    if (id === undefined) throw new NotFoundException();
    const of = asked(question, covert, SIZE);
    // Both before this look is on record, so that the count is that of the list.
    const [list, counts] = [lookQueries.ofRecord(kind, id, { ...of, ...wayIn(question) }), lookQueries.waysOf(kind, id, of)];
    await reading.record(`${bases[kind]}/:reference/views`, [{ kind, ids: [id] }, { kind: 'look-log', ids: list.items.map(({ number }) => String(number)) }], questionKept(question));
    this.pages.show(reply, viewsPage({
      kind, reference: referenceOf(reader, kind, id) ?? reference, question, list, counts, names: await reading.names(list.items), ...form,
    }));
  }
}
