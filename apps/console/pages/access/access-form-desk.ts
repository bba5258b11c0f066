import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DomainError } from '#kernel';
import type { InvestigationId } from '#kernel';
import { accessListCommand, accessListRequests } from '#contexts/oversight';
import type { ListedFor } from '#contexts/oversight';
import { actorOf } from '#platform/access';
import type { Reader } from '#platform/access';
import type { Receipt } from '#platform/event-store';
import { InvalidRequestError, validateRequest } from '#platform/requests';
import { refusalSentence } from '../../../words';
import type { FieldError } from '../../forms/when';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import type { FormTicket } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { accessAnswers } from './access-answers';
import type { AccessAnswers } from './access-answers';
import { accessFormPage } from './access-form.presenter';
import type { AccessOccasion } from './access-form.presenter';

const VISIBLE_WITHIN = 1000;

const stranger: FieldError = { field: 'form', text: 'This form was open too long or in another browser. Nothing was recorded; check your answers and send it again' };

/** The list of an investigation. */
export const listOf = (investigationId: InvestigationId): ListedFor => ({ kind: 'INVESTIGATION', investigationId });

/** What is decided, on which list and by whom. `fixed`: fields of the request that the form does not ask. */
export interface AccessDecision {
  readonly reader: Reader;
  readonly on: ListedFor;
  readonly fixed?: Readonly<Record<string, string>>;
}

/** Between the forms about access lists and what decides about them. */
@Injectable()
export class AccessFormDesk {
  constructor(@Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly bus: CommandBus, private readonly tokens: FormTokens, private readonly typed: TypedTooLate, private readonly pages: Pages) {}

  /** Shows the form, with what was typed before its sender had to prove who they are, or why they ask. */
  async show(occasion: AccessOccasion, request: WebRequest, reply: WebReply): Promise<void> {
    const { ticket, typed = {} } = await this.typed.again(request);
    this.pages.show(reply, accessFormPage(occasion, ticket.token, typed, []));
  }

  /** Records what the form says, and answers it; undefined when the form was shown again, with what is wrong. */
  async take(occasion: AccessOccasion, decision: AccessDecision, request: WebRequest, reply: WebReply): Promise<AccessAnswers['request'] | undefined> {
    const typed = fieldsOf(request.body);
    const ticket = this.tokens.byToken(request, one(typed, 'token'));
    const { request: asked, lists, errors } = accessAnswers(occasion.task, typed);
    const wrong = !ticket ? [stranger] : errors.length > 0 ? errors : await this.decide(occasion, { ...asked, ...lists, ...decision.fixed }, decision, ticket.key);
    if (wrong.length === 0) return this.letGo(asked, request, ticket!);
    this.pages.show(reply, accessFormPage(occasion, this.tokens.issue(request).token, typed, wrong));
    return undefined;
  }

  private async letGo<T>(asked: T, request: WebRequest, ticket: FormTicket): Promise<T> {
    await this.typed.taken(request, ticket);
    return asked;
  }

  private async decide({ task: { command } }: AccessOccasion, asked: object, { reader, on }: AccessDecision, key: string): Promise<readonly FieldError[]> {
    const { clock, vault, reads } = this.parts;
    try {
      const request = validateRequest(accessListRequests[command] as never, asked);
      const sender = { actor: actorOf(reader), route: `console ${command}`, idempotencyKey: key, now: clock(), digest: (text: string) => vault.digest(text) };
      const order = accessListCommand(command, on, request as never, sender);
      const { position } = (await this.bus.execute(order)) as Receipt;
      // Whoever was given access, or broke the glass, goes on to read.
      await reads.waitFor(position, VISIBLE_WITHIN);
      return [];
    } catch (error) {
      if (error instanceof InvalidRequestError) return error.entries.map(({ field, message }) => ({ field, text: message }));
      if (error instanceof DomainError) return [{ field: error.facts.field ?? 'form', text: refusalSentence(error.code) }];
      throw error;
    }
  }
}
