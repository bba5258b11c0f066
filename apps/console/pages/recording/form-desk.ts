import { Inject, Injectable } from '@nestjs/common';
import type { NominalId } from '#kernel';
import { DomainError, MalformedError, WrongExpectedVersionError } from '#kernel';
import { IdempotencyKeyReusedError } from '#platform/event-store';
import { InvalidRequestError } from '#platform/requests';
import { CONSOLE_PARTS } from '../../parts';
import type { ConsoleParts } from '../../parts';
import { People } from '../../reading/people';
import { address, fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import type { FieldError } from '../../forms/when';
import { refusalSentence } from '../../../words';
import { readAnswers } from './answers';
import type { Answers } from './answers';
import { doubtsOf } from './doubts';
import { FormTokens } from './form-token';
import type { Occasion } from './occasion';
import { OnlyRegisteredError } from './only-registered.error';
import { Recorder } from './recorder';
import { checkPage, conflictPage, doubtPage, formPage } from './recording.presenter';
import type { FormState } from './recording.presenter';
import { fieldOfRefusal } from './refusal-fields';

const registeredErrors = ({ registered }: FormState): readonly FieldError[] =>
  (registered ? [{ field: 'personReference', text: `The person is registered as ${registered}; nothing was recorded on the investigation yet` }] : []);

/** Takes a form from its first showing over check and question pages to the ledger. Nothing typed is lost on the way. */
@Injectable()
export class FormDesk {
  private readonly tokens: FormTokens;

  constructor(
    @Inject(CONSOLE_PARTS) private readonly parts: ConsoleParts, private readonly recorder: Recorder, private readonly people: People,
    private readonly pages: Pages,
  ) {
    this.tokens = new FormTokens(parts.vault);
  }

  form(occasion: Occasion, request: WebRequest, reply: WebReply): void {
    this.pages.show(reply, formPage(this.fresh(occasion, occasion.prefill, request, reply)));
  }

  async take(occasion: Occasion, request: WebRequest, reply: WebReply): Promise<void> {
    const values = fieldsOf(request.body);
    const key = this.tokens.keyOf(request, one(values, 'token'));
    if (!key) {
      const errors = [{ field: 'form', text: 'This form was open too long or in another browser. Nothing was recorded; check your answers and continue' }];
      return this.pages.show(reply, formPage(this.fresh(occasion, values, request, reply), { errors, status: 403 }));
    }
    const state: FormState = { occasion, values, token: one(values, 'token'), revision: this.revisionIn(values), areas: this.areas() };
    const answers = this.read(occasion, values);
    if (one(values, 'step') === 'change') return this.pages.show(reply, formPage(state));
    if (answers.errors.length > 0) return this.pages.show(reply, formPage(state, answers));
    if (one(values, 'step') === 'record') return this.record(state, answers, key, reply);
    const doubts = one(values, 'step') === 'sure' || one(values, 'action') === 'void' ? [] : doubtsOf(occasion.task, answers, this.parts.clock());
    this.pages.show(reply, doubts.length > 0 ? doubtPage(state, doubts) : checkPage(await this.withPerson(state, answers), answers));
  }

  private async record(state: FormState, answers: Answers, key: string, reply: WebReply): Promise<void> {
    const { revision } = state;
    try {
      const { number, nothingNew } = await this.recorder.record(state.occasion, answers, { key, ...(revision !== undefined && { revision }) });
      this.pages.redirect(reply, address(`/recorded/${number}`, { nothing: nothingNew ? '1' : undefined }));
    } catch (error) {
      if (error instanceof OnlyRegisteredError) return this.notRecorded(await this.registered(state, error.nominalId), error.cause, reply);
      this.notRecorded(state, error, reply);
    }
  }

  private notRecorded(state: FormState, error: unknown, reply: WebReply): void {
    if (error instanceof WrongExpectedVersionError && state.occasion.found) return this.conflict(state, this.read(state.occasion, state.values), reply);
    const refused = this.refusal(state, error);
    if (!refused) throw error;
    this.pages.show(reply, formPage(state, { ...refused, errors: [...registeredErrors(state), ...refused.errors] }));
  }

  /** From here on the form is about a person who is in Daybook. */
  private async registered(state: FormState, nominalId: NominalId): Promise<FormState> {
    const { reference } = (await this.people.named([nominalId])).get(nominalId)!;
    return { ...state, registered: reference, values: { ...state.values, person: 'existing', personReference: reference } };
  }

  private conflict(state: FormState, answers: Answers, reply: WebReply): void {
    const seen = state.revision ?? -1;
    const { entries, view } = state.occasion.found!;
    const meanwhile = entries.filter(({ revision }) => revision > seen);
    this.pages.show(reply, conflictPage({ ...state, revision: view.revision }, answers, meanwhile));
  }

  private refusal({ occasion }: FormState, error: unknown): { errors: { field: string; text: string }[]; status: number } | undefined {
    if (error instanceof DomainError) return { errors: [{ field: fieldOfRefusal(error.code, occasion.task), text: refusalSentence(error.code) }], status: 422 };
    if (error instanceof InvalidRequestError) return { errors: error.entries.map(({ field, message }) => ({ field: field.replace(/^data\./, '').replace(/\W.*$/, ''), text: message })), status: 400 };
    if (error instanceof MalformedError && error.field.startsWith('effectiveAt')) return { errors: [{ field: 'when-day', text: `${occasion.task.when} ${error.rule}` }], status: 400 };
    if (error instanceof IdempotencyKeyReusedError)
      return { errors: [{ field: 'form', text: 'This form was recorded already, with other answers. Look at the history, and correct the entry there if it is wrong' }], status: 409 };
    return undefined;
  }

  private read(occasion: Occasion, values: Fields): Answers {
    if (occasion.entry && one(values, 'action') === 'void') {
      const reason = one(values, 'reason');
      return { errors: reason ? [] : [{ field: 'reason', text: 'Enter why the record is changed' }], plain: { action: 'void', reason }, twice: false };
    }
    return readAnswers(occasion.task, values, {
      now: this.parts.clock(), fixed: occasion.fixed, resolvePerson: (reference) => this.people.resolve(reference), reasonNeeded: occasion.entry !== undefined,
    });
  }

  /** The name of a person chosen by reference, for the check page. */
  private async withPerson(state: FormState, { person }: Answers): Promise<FormState> {
    const { occasion } = state;
    if (person?.choice !== 'existing' || !occasion.found) return state;
    const named = await this.people.named([person.nominalId as never]);
    return { ...state, occasion: { ...occasion, found: { ...occasion.found, people: new Map([...occasion.found.people, ...named]) } } };
  }

  private fresh(occasion: Occasion, values: Fields, request: WebRequest, reply: WebReply): FormState {
    const { token, cookie } = this.tokens.issue(request);
    if (cookie) reply.header('Set-Cookie', cookie);
    return { occasion, values, token, revision: occasion.found?.view.revision, areas: this.areas() };
  }

  private revisionIn(values: Fields): number | undefined {
    const revision = one(values, 'revision');
    return /^\d{1,9}$/.test(revision) ? Number(revision) : undefined;
  }

  private areas(): readonly string[] {
    return this.parts.queries.areas().map(({ name }) => name);
  }
}
