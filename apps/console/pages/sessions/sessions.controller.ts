import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CommandBus } from '@nestjs/cqrs';
import type { OfficerId } from '#kernel';
import { postLeft } from '#contexts/oversight';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import { sessionsPage } from './sessions.presenter';
import type { SessionsInput } from './sessions.presenter';

/** Ends the sessions of somebody who must not go on: takes effect at their next request, at every door. */
@ApiExcludeController()
@Controller('sessions')
export class SessionsController {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages, private readonly tokens: FormTokens, private readonly bus: CommandBus) {}

  @Get()
  list(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const ended = one(fieldsOf(request.query), 'ended').slice(0, 40);
    this.show(request, reply, ended ? { ended } : {});
  }

  @Post('end')
  @HttpCode(200)
  end(@Req() request: WebRequest, @Res() reply: WebReply): void {
    const fields = fieldsOf(request.body);
    const user = one(fields, 'user');
    if (!this.tokens.byToken(request, one(fields, 'token'))) return this.show(request, reply, { error: 'This page was open too long. Look again and choose' });
    if (user === '') return this.show(request, reply, { error: 'Choose whose sessions are to end' });
    this.parts.signIn.sessions.revoke(user);
    this.pages.redirect(reply, address('/sessions', { ended: user }));
  }

  /** Of somebody who has left: on record from now on, so that it can be told who could see what on which day. */
  @Post('left')
  @HttpCode(200)
  async left(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.body);
    const user = one(fields, 'left').slice(0, 40);
    if (!this.tokens.byToken(request, one(fields, 'token'))) return this.show(request, reply, { error: 'This page was open too long. Look again and send it' });
    if (user === '') return this.show(request, reply, { error: 'Enter the number of the person who has left', field: 'left' });
    this.parts.signIn.sessions.revoke(user);
    await this.bus.execute(postLeft(user as OfficerId, admissionOf(request).reader, this.parts.clock()));
    this.pages.redirect(reply, address('/sessions', { ended: user }));
  }

  private show(request: WebRequest, reply: WebReply, said: Pick<SessionsInput, 'ended' | 'error' | 'field'>): void {
    this.pages.show(reply, sessionsPage({ sessions: this.parts.signIn.sessions.all(), token: this.tokens.issue(request).token, ...said }));
  }
}
