import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { dateOfDay, londonDay } from '#kernel';
import { Inject } from '@nestjs/common';
import { localPath } from '#platform/sign-in';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { personEventTitle, wordsOf } from '../../words/events';
import { FormTokens } from '../recording/form-token';
import { asked, looksQuestion, questionKept } from '../views/question';
import { activityAddress } from '../views/look-rows';
import { readerOf } from './asking-reader';
import { activityPage, auditPage } from './audit.presenter';
import { LookDesk } from './look-desk';
import { purposeFrom, PurposesGiven } from './purposes-given';

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
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly desk: LookDesk, private readonly purposes: PurposesGiven,
    private readonly tokens: FormTokens, private readonly pages: Pages,
  ) {}

  @Get()
  async home(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const reading = this.desk.open(request, reply);
    if (!reading) return;
    const { oversight } = this.desk;
    const question = looksQuestion(fieldsOf(request.query));
    const today = londonDay(this.parts.clock());
    const denials = oversight.lookQueries.denials(asked(question, reading.covert, SIZE));
    const unusual = oversight.lookQueries.unusual({ first: dateOfDay(today - WEEKS), last: dateOfDay(today), covert: reading.covert, limit: MOST_UNUSUAL });
    await reading.record('/audit', [{ kind: 'look-log', ids: denials.items.map(({ number }) => String(number)) }]);
    this.pages.show(reply, auditPage({ breakGlass: await oversight.breakGlass(reading.reader), denials, unusual, namer: reading.namer }));
  }

  /** The form on the page of findings; collar numbers may hold spaces. */
  @Post('people')
  find(@Req() request: WebRequest, @Res() reply: WebReply): void {
    readerOf(request);
    const user = one(fieldsOf(request.body), 'user').slice(0, 100);
    this.pages.redirect(reply, user ? activityAddress(user) : '/audit');
  }

  @Get('people/:user')
  async activity(@Param('user') user: string, @Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const reading = this.desk.open(request, reply);
    if (!reading) return;
    const fields = fieldsOf(request.query);
    const { user: _, cursor, ...question } = looksQuestion(fields);
    const side = one(fields, 'show') === 'did' ? 'did' : 'saw';
    const { lookQueries } = this.desk.oversight;
    const at = (of: 'saw' | 'did') => asked({ ...question, user: '', ...(of === side && cursor && { cursor }) }, reading.covert, SIZE);
    const [saw, did] = [lookQueries.ofUser(user, at('saw')), lookQueries.actsOf(user, at('did'))];
    await reading.record('/audit/people/:user', [
      { kind: 'user-activity', ids: saw.total + did.total > 0 || this.isKnown(user, reading.covert) ? [user] : [] }, { kind: 'look-log', ids: side === 'saw' ? saw.items.map(({ number }) => String(number)) : [] },
      { kind: 'event', ids: side === 'did' ? did.items.map(({ number }) => String(number)) : [] },
    ], questionKept({ ...question, user }));
    this.pages.show(reply, activityPage({ user, question: { ...question, user: '', ...(cursor && { cursor }) }, side, saw, did, namer: reading.namer, titleOf }));
  }

  /** What somebody typed who looked for a user may be the name of anybody: the log keeps of it a digest alone. */
  private isKnown(user: string, covert: boolean): boolean {
    const { lookQueries } = this.desk.oversight;
    return lookQueries.ofUser(user, { covert, limit: 1 }).total > 0 || lookQueries.actsOf(user, { limit: 1 }).total > 0;
  }

  @Post('purpose')
  purpose(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const reader = readerOf(request);
    const fields = fieldsOf(request.body);
    const [to, purpose] = [localPath(one(fields, 'to'), '/audit'), purposeFrom(one(fields, 'purpose'))];
    const sent = this.tokens.byToken(request, one(fields, 'token'));
    if (!sent || !purpose) return this.desk.ask(request, reply, to, sent !== undefined);
    this.purposes.give(reader, purpose);
    this.pages.redirect(reply, to);
  }
}
