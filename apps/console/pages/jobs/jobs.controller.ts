import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CommandBus } from '@nestjs/cqrs';
import { jobRequeued } from '#contexts/oversight';
import type { DeadLetter } from '#platform/jobs';
import { admissionOf } from '../../../guard';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { jobsPage } from './jobs.presenter';
import type { JobsInput } from './jobs.presenter';

/** Jobs given up that are shown, the youngest. */
const SHOWN = 200;

const orNothing = <T>(asked: Promise<readonly T[]>): Promise<readonly T[]> => asked.catch(() => []); // health says why

/** How what the program does by itself stands, for those who run it. No record is named: the names in the forms are digests. */
@ApiExcludeController()
@Controller('jobs')
export class JobsController {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly pages: Pages, private readonly tokens: FormTokens, private readonly typed: TypedTooLate,
    private readonly bus: CommandBus,
  ) {}

  @Get()
  async page(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const { ticket, done } = await this.typed.again(request);
    await this.show(reply, { token: ticket.token, again: done && one(done, 'again') === 'yes' });
  }

  @Post()
  @HttpCode(200)
  async runAgain(@Req() request: WebRequest, @Res() reply: WebReply): Promise<void> {
    const fields = fieldsOf(request.body);
    const ticket = this.tokens.byToken(request, one(fields, 'token'));
    const dead = ticket && (await this.deadLetter(one(fields, 'job')));
    const token = this.tokens.issue(request).token;
    if (!ticket) return this.show(reply, { token, error: 'This page was open too long. Look again and choose' });
    if (!dead) return this.show(reply, { token, error: 'That job is not given up any more. Look again and choose' });
    const { reader } = admissionOf(request);
    const { reaction, subject, due, code, attempts, id } = dead;
    // On record first: if it dies here, the job is still given up, and whoever asked is answered with an error and asks again.
    await this.bus.execute(jobRequeued({ reaction, subject, due, code, attempts }, reader, ticket.key, this.parts.clock()));
    await this.parts.dueWork.jobs.runAgain(id);
    this.pages.redirect(reply, await this.typed.taken(request, ticket, { again: 'yes' }));
  }

  private nameOf({ id }: DeadLetter): string {
    return this.parts.vault.digest(`job ${id}`);
  }

  private async deadLetter(name: string): Promise<DeadLetter | undefined> {
    return (await orNothing(this.parts.dueWork.jobs.deadLetters(SHOWN))).find((dead) => this.nameOf(dead) === name);
  }

  private async show(reply: WebReply, said: Pick<JobsInput, 'token' | 'again' | 'error'>): Promise<void> {
    const { jobs, reconciler, underWay } = this.parts.dueWork;
    const [health, running, dead] = await Promise.all([jobs.health(), orNothing(jobs.running()), orNothing(jobs.deadLetters(SHOWN))]);
    this.pages.show(reply, jobsPage({
      ...said, health, running, lags: reconciler.lags(), works: underWay.all(), now: Date.now(), dead: dead.map((each) => ({ ...each, name: this.nameOf(each) })),
    }));
  }
}
