import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadRequestException, Controller, Get, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { IdentityProvider } from '#platform/sign-in';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { choicePage } from './session.presenter';

interface Raw<T> {
  readonly raw: T;
}

/** Where a user of a sample or trial folder is chosen. */
@ApiExcludeController()
@Controller('choose-user')
export class ChoiceController {
  private readonly identity: IdentityProvider;

  constructor(@Inject(CONSOLE_PARTS) { signIn }: ConsoleParts, private readonly pages: Pages) {
    this.identity = signIn.identity!;
  }

  @Get(':choice')
  async show(@Param('choice') choice: string, @Req() request: WebRequest & Raw<IncomingMessage>, @Res() reply: WebReply & Raw<ServerResponse>): Promise<void> {
    if (!(await this.identity.isChoosing(request.raw, reply.raw, choice))) throw new NotFoundException();
    this.pages.show(reply, choicePage(this.identity.users, `/choose-user/${encodeURIComponent(choice)}`));
  }

  @Post(':choice')
  async choose(@Param('choice') choice: string, @Req() request: WebRequest & Raw<IncomingMessage>, @Res() reply: WebReply & Raw<ServerResponse>): Promise<void> {
    if (!(await this.identity.isChoosing(request.raw, reply.raw, choice))) throw new NotFoundException();
    const onward = await this.identity.choose(request.raw, reply.raw, one(fieldsOf(request.body), 'user'));
    if (onward === undefined) throw new BadRequestException();
    this.pages.redirect(reply, onward);
  }
}
