import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { dateOfDay, londonDay } from '#kernel';
import { localPath } from '#platform/sign-in';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { personEventTitle, wordsOf } from '../../words/events';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { asked, looksQuestion, questionKept } from '../views/question';
import { activityPage, auditPage } from './audit.presenter';
import type { AuditHomeInput, Side } from './audit.presenter';
import { LookDesk } from './look-desk';
import { purposeFrom, PurposesGiven } from './purposes-given';
import { UserAddresses } from './users';

const SIZE = 25;
/** Days that are looked through for unusual ones. */
const WEEKS = 28;
const MOST_UNUSUAL = 10;

const titleOf = (category: string, type: string): string => (category === 'nominal' ? personEventTitle(type) : wordsOf(type).title);

/** What those who oversee ask of the log of looks. */
@ApiExcludeController()
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly desk: LookDesk, private readonly purposes: PurposesGiven, private readonly users: UserAddresses,
    private readonly tokens: FormTokens, private readonly typed: TypedTooLate, private readonly pages: Pages,
  ) {}

  @Get()
  async home(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { ticket, typed } = await this.typed.again(request);
    await this.show(request, reply, { token: ticket.token, ...(typed && { typed: one(typed, 'user') }) });
  }

  /** The form on the page of findings. The number is sent in the body; the address that follows does not say whose it is. */
  @Post()
  @HttpCode(200)
  async find(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const typed = one(fieldsOf(request.body), 'user').slice(0, 40);
    const id = this.users.idOf(typed);
    if (typed === '') return this.pages.redirect(reply, '/audit');
    if (this.users.find(id) !== undefined) return this.pages.redirect(reply, `/audit/users/${id}`);
    await this.show(request, reply, { token: this.tokens.issue(request).token, typed, unknown: true });
  }

  @Get('users/:user')
  async activity(@Param('user') id: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const reading = await this.desk.open(request, reply);
    if (!reading) return;
    const user = this.users.find(id);
    if (user === undefined) throw new NotFoundException();
    const fields = fieldsOf(request.query);
    const { cursor, ...rest } = looksQuestion(fields);
    const question = { ...rest, who: '' };
    const side: Side = one(fields, 'show') === 'did' ? 'did' : 'saw';
    const { lookQueries } = this.desk.oversight;
    const at = (of: Side) => asked({ ...question, ...(of === side && cursor && { cursor }) }, reading.covert, SIZE);
    const [saw, did] = [lookQueries.ofUser(user, at('saw')), lookQueries.actsOf(user, at('did'))];
    await reading.record('/audit/users/:user', [
      { kind: 'user-activity', ids: [user] }, { kind: 'look-log', ids: side === 'saw' ? saw.items.map(({ number }) => String(number)) : [] },
      { kind: 'event', ids: side === 'did' ? did.items.map(({ number }) => String(number)) : [] },
    ], questionKept({ ...question, user }));
    this.pages.show(reply, activityPage({ user, question: { ...question, ...(cursor && { cursor }) }, side, saw, did, names: await reading.names(saw.items), titleOf }));
  }

  /** The question by itself: for who comes back to it after a time-out. */
  @Get('purpose')
  async asking(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { ticket, typed = {} } = await this.typed.again(request);
    this.desk.ask(reply, { token: ticket.token, to: localPath(one(typed, 'to'), '/audit'), chosen: one(typed, 'purpose') });
  }

  @Post('purpose')
  @HttpCode(200)
  async purpose(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { reader } = admissionOf(request);
    const fields = fieldsOf(request.body);
    const [to, purpose] = [localPath(one(fields, 'to'), '/audit'), purposeFrom(one(fields, 'purpose'))];
    const ticket = this.tokens.byToken(request, one(fields, 'token'));
    if (!ticket || !purpose) return this.desk.ask(reply, { token: this.tokens.issue(request).token, to, chosen: purpose, missing: ticket !== undefined });
    await this.purposes.give(reader, purpose);
    await this.typed.taken(request, ticket);
    this.pages.redirect(reply, to);
  }

  private async show(request: WebRequest, reply: WebReply, form: Pick<AuditHomeInput, 'token' | 'typed' | 'unknown'>): Promise<void> {
    const reading = await this.desk.open(request, reply);
    if (!reading) return;
    const { oversight } = this.desk;
    const today = londonDay(this.parts.clock());
    const question = { ...looksQuestion(fieldsOf(request.query)), who: '' };
    const denials = oversight.lookQueries.denials(asked(question, reading.covert, SIZE));
    const unusual = oversight.lookQueries.unusual({ first: dateOfDay(today - WEEKS), last: dateOfDay(today), covert: reading.covert, limit: MOST_UNUSUAL });
    await reading.record('/audit', [{ kind: 'look-log', ids: denials.items.map(({ number }) => String(number)) }], questionKept(question));
    this.pages.show(reply, auditPage({ breakGlass: await oversight.breakGlass(reading.reader), question, denials, unusual, names: await reading.names(denials.items), ...form }));
  }
}
