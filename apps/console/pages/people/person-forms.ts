import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DomainError, WrongExpectedVersionError } from '#kernel';
import type { HistoryEntry } from '#contexts/investigations';
import { nominalCommand, nominalRequests } from '#contexts/nominals';
import type { NominalMessage } from '#contexts/nominals';
import type { Receipt } from '#platform/event-store';
import { actorOf } from '#platform/access';
import { IdempotencyKeyReusedError } from '#platform/event-store';
import { InvalidRequestError, validateRequest } from '#platform/requests';
import type { Admission } from '../../../guard';
import type { FieldError } from '../../forms/when';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import type { PersonAtMoment } from '../../reading/persons';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { refusalSentence } from '../../../words';
import { formAddress } from '../recording/form-addresses';
import { FormDrafts } from '../recording/form-drafts';
import type { Draft } from '../recording/form-drafts';
import { FormTokens } from '../recording/form-token';
import type { FormTicket } from '../recording/form-token';
import { personCheckPage, personFormPage } from './person-form.presenter';
import type { PersonForm } from './person-form.presenter';
import type { PersonTask } from './person-tasks';

/** What a form about a person is for. */
export interface PersonOccasion {
  /** Who fills it in. */
  readonly admission: Admission;
  readonly task: PersonTask;
  readonly person: PersonAtMoment;
  readonly path: string;
  /** The entry to take away. */
  readonly entry?: HistoryEntry;
}

const VISIBLE_WITHIN = 1000;

const stranger: FieldError = { field: 'form', text: 'This form was open too long or in another browser. Nothing was recorded; check your answers and continue' };
const overtaken: FieldError = { field: 'form', text: 'Someone recorded on this person while you were typing. Nothing of yours was recorded; look at what the record says now, then send the form again' };
const reused: FieldError = { field: 'form', text: 'This form was recorded already, with other answers. Look at the history of the person' };

const boxes: Readonly<Record<string, string>> = { dateOfBirth: 'birth-day', event: 'form' };
const boxOf = (field: string): string => boxes[field] ?? field;

const refusedOf = (error: unknown): readonly FieldError[] | undefined => {
  if (error instanceof DomainError) return [{ field: boxOf(error.facts.field ?? 'form'), text: refusalSentence(error.code) }];
  if (error instanceof InvalidRequestError) return error.entries.map(({ field, message }) => ({ field: boxOf(field), text: message.replace(/^dateOfBirth/, 'Date of birth') }));
  if (error instanceof WrongExpectedVersionError) return [overtaken];
  return error instanceof IdempotencyKeyReusedError ? [reused] : undefined;
};

/** Takes a form about a person from its first showing over its check page to the ledger; Back and reload find the answers again. */
@Injectable()
export class PersonForms {
  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly bus: CommandBus, private readonly pages: Pages,
    private readonly tokens: FormTokens, private readonly drafts: FormDrafts,
  ) {}

  async show(occasion: PersonOccasion, request: WebRequest, reply: WebReply): Promise<void> {
    const query = fieldsOf(request.query);
    const ticket = this.tokens.byPlace(request, one(query, 'form'));
    if (!ticket) return this.begin(occasion, request, reply, one(query, 'form') !== '');
    const kept = await this.drafts.of(occasion.admission, ticket.key);
    const draft = kept?.path === occasion.path ? kept : undefined;
    if (draft?.recorded !== undefined) return this.pages.redirect(reply, this.personAddress(occasion, ticket));
    const form = this.formOf(occasion, ticket, draft?.values ?? occasion.task.prefill(occasion.person));
    const answers = draft && occasion.task.read(draft.values, occasion.person, occasion.entry);
    const errors = draft?.unsent ? [] : draft?.refused?.errors ?? answers?.errors ?? [];
    const check = answers && errors.length === 0 && one(query, 'page') === 'check';
    this.pages.show(reply, check ? personCheckPage(form, answers) : personFormPage(form, errors));
  }

  async take(occasion: PersonOccasion, request: WebRequest, reply: WebReply): Promise<void> {
    const { token, step: _, ...values } = fieldsOf(request.body);
    const step = one(fieldsOf(request.body), 'step');
    const ticket = this.tokens.byToken(request, typeof token === 'string' ? token : '');
    if (!ticket) return this.refuseStranger(occasion, values, request, reply);
    if ((await this.drafts.of(occasion.admission, ticket.key))?.recorded !== undefined) return this.pages.redirect(reply, this.personAddress(occasion, ticket));
    const draft: Draft = { path: occasion.path, values, sure: true };
    const { errors, plain } = occasion.task.read(values, occasion.person, occasion.entry);
    const kept = step === 'change' || errors.length > 0 ? draft : await this.sent(occasion, draft, plain, ticket, step === 'record');
    await this.drafts.keep(occasion.admission, ticket.key, kept);
    if (kept.recorded !== undefined) return this.pages.redirect(reply, this.personAddress(occasion, ticket));
    this.pages.redirect(reply, formAddress(occasion.path, ticket, step === 'check' && errors.length === 0 && !kept.refused ? 'check' : undefined));
  }

  /** What a form of this browser recorded about the person, by the place in the address. */
  async recordedHere(admission: Admission, request: WebRequest, reference: string): Promise<{ readonly path: string; readonly number: number } | undefined> {
    const ticket = this.tokens.byPlace(request, one(fieldsOf(request.query), 'form'));
    const draft = ticket && (await this.drafts.of(admission, ticket.key));
    return draft?.recorded !== undefined && draft.path.startsWith(`/people/${reference}/`) ? { path: draft.path, number: draft.recorded } : undefined;
  }

  private begin(occasion: PersonOccasion, request: WebRequest, reply: WebReply, circled: boolean): void {
    const ticket = this.tokens.issue(request);
    if (circled) return this.pages.show(reply, personFormPage(this.formOf(occasion, ticket, occasion.task.prefill(occasion.person)), []));
    this.pages.redirect(reply, formAddress(occasion.path, ticket));
  }

  private refuseStranger(occasion: PersonOccasion, { revision: _, ...values }: Fields, request: WebRequest, reply: WebReply): void {
    const ticket = this.tokens.issue(request);
    this.pages.show(reply, personFormPage(this.formOf(occasion, ticket, values), [stranger], 403));
  }

  /** Before the check page the request is made and goes nowhere, so that what is wrong with it is said there and not only at the end. */
  private async sent(occasion: PersonOccasion, draft: Draft, plain: object, ticket: FormTicket, forGood: boolean): Promise<Draft> {
    try {
      const order = this.order(occasion, plain, draft.values, ticket);
      if (!forGood) return draft;
      const receipt: Receipt = await this.bus.execute(order);
      await this.parts.reads.waitFor(receipt.position, VISIBLE_WITHIN);
      const { events } = await this.parts.ledger.history(receipt.stream);
      const last = events.find(({ id }) => id === receipt.events.at(-1)) ?? events.at(-1)!;
      return { path: draft.path, values: {}, sure: true, recorded: last.number };
    } catch (error) {
      const errors = refusedOf(error);
      if (!errors) throw error;
      const { revision: _, ...values } = draft.values;
      return { ...draft, values, refused: { errors } };
    }
  }

  private order({ admission, task, person }: PersonOccasion, plain: object, values: Fields, { key }: FormTicket): NominalMessage {
    const { clock, vault } = this.parts;
    const revision = one(values, 'revision');
    const request = validateRequest(nominalRequests[task.command] as new () => object, plain);
    return nominalCommand(task.command, person.id, request as never, {
      actor: actorOf(admission.reader), route: `console ${task.command}`, idempotencyKey: key, ...(/^\d{1,9}$/.test(revision) && { expectedRevision: Number(revision) }),
      now: clock(), digest: (text) => vault.digest(text),
    });
  }

  private formOf({ task, person, path }: PersonOccasion, { token }: FormTicket, values: Fields): PersonForm {
    return { task, person, path, token, values };
  }

  private personAddress({ person }: PersonOccasion, ticket: FormTicket): string {
    return formAddress(`/people/${person.details.reference}`, ticket);
  }
}
