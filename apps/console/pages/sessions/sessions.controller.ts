import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CommandBus } from '@nestjs/cqrs';
import type { OfficerId } from '#kernel';
import { postLeft, sessionsEnded } from '#contexts/oversight';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { sessionsPage } from './sessions.presenter';
import type { SessionsInput } from './sessions.presenter';

/** Longest number of a user, characters. */
const NUMBER = 40;

const wrongIn = (left: boolean, user: string, known: boolean): Pick<SessionsInput, 'error' | 'field'> | undefined => {
  if (!known) return { error: left ? 'This page was open too long. Look again and send it' : 'This page was open too long. Look again and choose' };
  if (user !== '') return undefined;
  return left ? { error: 'Enter the number of the person who has left', field: 'left' } : { error: 'Choose whose sessions are to end' };
};

/** Ends the sessions of somebody who must not go on: takes effect at their next request, at every door. No address says whose. */
@ApiExcludeController()
@Controller('sessions')
export class SessionsController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages, private readonly tokens: FormTokens, private readonly typed: TypedTooLate,
    private readonly bus: CommandBus,
  ) {}

  @Get()
  async list(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { ticket, typed = {}, done = {} } = await this.typed.again(request);
    await this.show(reply, { token: ticket.token, left: one(typed, 'left'), ended: one(done, 'ended') });
  }

  /** Two forms: of somebody in the list, and of somebody who has left, who holds no post from now on. */
  @Post()
  @HttpCode(200)
  async end(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.body);
    const left = Object.hasOwn(fields, 'left');
    const user = one(fields, left ? 'left' : 'user').slice(0, NUMBER);
    const ticket = this.tokens.byToken(request, one(fields, 'token'));
    const wrong = wrongIn(left, user, ticket !== undefined);
    if (!ticket || wrong) return this.show(reply, { token: this.tokens.issue(request).token, left: left ? user : '', ...wrong });
    await this.signOut(user as OfficerId, left, request, ticket.key);
    this.pages.redirect(reply, await this.typed.taken(request, ticket, { ended: user }));
  }

  // Ended first: somebody who must not go on does not wait for the ledger. What could not be recorded answers with an error, and is sent again.
  private async signOut(user: OfficerId, left: boolean, request: WebRequest, key: string): Promise<void> {
    const { clock, signIn: { sessions } } = this.parts;
    const { reader } = admissionOf(request);
    const count = await sessions.revoke(user);
    await this.bus.execute(sessionsEnded(user, count, reader, key, clock()));
    if (left) await this.bus.execute(postLeft(user, reader, clock()));
  }

  private async show(reply: WebReply, said: Omit<SessionsInput, 'sessions'>): Promise<void> {
    this.pages.show(reply, sessionsPage({ sessions: await this.parts.signIn.sessions.all(), ...said }));
  }
}
