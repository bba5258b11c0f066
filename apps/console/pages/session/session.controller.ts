import { Controller, ForbiddenException, Get, HttpCode, Inject, Post, Req, Res, UnauthorizedException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { beginCookie, returnPath, sessionCookie, StrangerError } from '#platform/sign-in';
import type { Session, SignIn } from '#platform/sign-in';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { address, fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { SessionTokens } from '../../rendering/session-tokens';
import { accountPage, signedOutPage, signingOutPage, signInPage, strangerPage, timedOutPage } from './session.presenter';

const returnOf = (request: WebRequest): string => returnPath(one(fieldsOf(request.query), 'return'));

const endsOf = ({ endsAt, idleEndsAt }: Session) => ({ endsAt: new Date(endsAt).toISOString(), idleEndsAt: new Date(idleEndsAt).toISOString() });

/** Signing in and out, and how long it lasts. */
@ApiExcludeController()
@Controller()
export class SessionController {
  private readonly signIn: SignIn;

  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages, private readonly tokens: SessionTokens) {
    this.signIn = parts.signIn;
  }

  @Get('sign-in')
  async welcome(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    if (one(fieldsOf(request.query), 'fresh') !== '') return this.start(request, reply);
    this.pages.show(reply, signInPage(returnOf(request)));
  }

  /** `fresh`: who is signed in has to prove again who they are. */
  @Get('sign-in/start')
  async start(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fresh = one(fieldsOf(request.query), 'fresh') !== '';
    // A cookie that is set under another of our names would not come back.
    if (request.host !== new URL(this.signIn.publicUrl).host)
      return this.pages.redirect(reply, this.signIn.publicUrl + address('/sign-in/start', { return: returnOf(request), fresh: fresh ? 'yes' : undefined }), 302);
    const cookie = beginCookie(this.signIn.secure);
    const browser = request.cookies?.[cookie.name] ?? this.signIn.pending.newBrowser();
    const location = await this.signIn.begin(browser, returnOf(request), fresh);
    reply.header('Set-Cookie', cookie.set(browser));
    this.pages.redirect(reply, location, 302);
  }

  @Get('sign-in/callback')
  async callback(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { secure, contact } = this.signIn;
    const browser = request.cookies?.[beginCookie(secure).name] ?? '';
    try {
      const { id, returnTo } = await this.signIn.complete(browser, request.url, request.cookies?.[sessionCookie(secure).name]);
      reply.header('Set-Cookie', sessionCookie(secure).set(id));
      this.pages.redirect(reply, returnTo);
    } catch (error) {
      if (!(error instanceof StrangerError)) throw error;
      await this.turnedAway(error);
      this.pages.show(reply, strangerPage(error.code, contact));
    }
  }

  /** The identity provider tells us that a session of its own has ended. */
  @Post('sign-in/back-channel')
  async backChannel(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const good = await this.signIn.backChannel(one(fieldsOf(request.body), 'logout_token'));
    reply.status(good ? 200 : 400).header('Cache-Control', 'no-store').send('');
  }

  @Post('sign-out')
  async signOut(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const id = this.ownSession(request);
    if (id !== undefined) await this.signIn.sessions.end(id);
    await this.leave(reply);
  }

  @Post('sign-out-everywhere')
  async signOutEverywhere(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    if (this.ownSession(request) !== undefined) await this.signIn.sessions.revoke(request.signedIn!.reader.id);
    await this.leave(reply);
  }

  @Get('signed-out')
  signedOut(@Res() reply: WebReply): void {
    this.pages.show(reply, signedOutPage());
  }

  @Get('timed-out')
  timedOut(@Req() request: WebRequest, @Res() reply: WebReply): void {
    this.pages.show(reply, timedOutPage(returnOf(request)));
  }

  @Get('account')
  async account(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    if (!request.signedIn) return this.pages.redirect(reply, address('/sign-in', { return: '/account' }), 302);
    const { id, session } = request.signedIn.reader;
    this.pages.show(reply, accountPage(await this.signIn.sessions.ofUser(id), session, this.tokens.of(session)));
  }

  /** When the session ends; asking does not put that off. */
  @Get('session')
  ends(@Req() request: WebRequest, @Res() reply: WebReply): void {
    if (!request.signedIn) throw new UnauthorizedException();
    reply.header('Cache-Control', 'no-store').send(endsOf(request.signedIn));
  }

  @Post('session/extend')
  @HttpCode(200)
  extend(@Req() request: WebRequest, @Res() reply: WebReply): void {
    if (!request.signedIn) throw new UnauthorizedException();
    if (this.ownSession(request) === undefined) throw new ForbiddenException();
    reply.header('Cache-Control', 'no-store').send(endsOf(request.signedIn));
  }

  /** Settles when it is on record. What a browser brings of its own accord is nobody's attempt. */
  private async turnedAway({ code, subject }: StrangerError): Promise<void> {
    if (subject === undefined) return;
    await this.parts.oversight.looks.record(undefined, { kind: 'denial', door: 'PAGE', route: '/sign-in/callback', action: code, record: 'page', asked: subject });
  }

  // Whoever is signed out already may sign out again; a form without the token of this session may not.
  private ownSession(request: WebRequest): string | undefined {
    if (!request.signedIn) return undefined;
    if (!this.tokens.fits(request.signedIn.reader.session, one(fieldsOf(request.body), 'token'))) throw new ForbiddenException();
    return request.cookies?.[sessionCookie(this.signIn.secure).name];
  }

  private async leave(reply: WebReply): Promise<void> {
    reply.header('Set-Cookie', sessionCookie(this.signIn.secure).clear());
    const onward = await this.signIn.endSession();
    if (onward === undefined) return this.pages.redirect(reply, '/signed-out');
    // Not a redirect: a browser would hold it to be the form’s own target, which may be none but ours.
    reply.header('Refresh', `0; url=${onward}`);
    this.pages.show(reply, signingOutPage(onward));
  }
}
