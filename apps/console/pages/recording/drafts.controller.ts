import { Controller, ForbiddenException, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { FormDrafts } from './form-drafts';
import { FormTokens } from './form-token';

/** A form's address in this program. */
const OWN_PATH = /^\/[^/\\]/;

/** Keeps what is typed into a form before it is sent. */
@ApiExcludeController()
@Controller('drafts')
export class DraftsController {
  constructor(private readonly tokens: FormTokens, private readonly drafts: FormDrafts) {}

  /** Asked by the page and not by the person: it does not put off the end of the session, and is good for the form of one that has just run out. */
  @Post()
  @HttpCode(204)
  async keep(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { token, of, step: _, ...values } = fieldsOf(request.body);
    const reader = request.reader ?? request.lapsed;
    const [path, ticket] = [one({ of }, 'of'), this.tokens.byToken({ reader }, one({ token }, 'token'))];
    if (!reader || !ticket || !OWN_PATH.test(path)) throw new ForbiddenException();
    const before = await this.drafts.of({ reader }, ticket.key);
    if (before?.recorded === undefined) await this.drafts.keep({ reader }, ticket.key, { ...(before?.registered !== undefined && { registered: before.registered }), path, values, sure: false, unsent: true });
    reply.status(204).header('Cache-Control', 'no-store').send('');
  }
}
