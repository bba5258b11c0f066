import { Injectable } from '@nestjs/common';
import { WrongExpectedVersionError } from '#kernel';
import type { NominalId } from '#kernel';
import { People } from '../../reading/people';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebReply, WebRequest } from '../../rendering/http';
import { Pages } from '../../rendering/pages';
import { formAddress, recordedAddress } from './form-addresses';
import type { FormPageName } from './form-addresses';
import type { Answers } from './answers';
import { FormDrafts } from './form-drafts';
import type { Draft } from './form-drafts';
import { FormReader } from './form-reader';
import { FormTokens } from './form-token';
import type { FormTicket } from './form-token';
import type { Occasion } from './occasion';
import { OnlyRegisteredError } from './only-registered.error';
import { Recorder } from './recorder';
import type { Rehearsal } from './recorder';
import { formPage } from './recording.presenter';
import { refusedOf } from './refused';

const stranger = { field: 'form', text: 'This form was open too long or in another browser. Nothing was recorded; check your answers and continue' };

const unchanged = { errors: [{ field: 'form', text: 'Nothing is changed: put right what is wrong, take the entry away, or cancel' }] };

/** What becomes of a form that was sent, and the page that says so; without a name the form itself. */
interface Next {
  readonly draft: Draft;
  readonly page?: FormPageName;
}

/** Takes a form that was sent, keeps what was typed, and sends the browser on to the page that shows what comes next. */
@Injectable()
export class FormDesk {
  constructor(
    private readonly recorder: Recorder, private readonly people: People, private readonly pages: Pages, private readonly tokens: FormTokens,
    private readonly drafts: FormDrafts, private readonly reader: FormReader,
  ) {}

  async take(occasion: Occasion, request: WebRequest, reply: WebReply): Promise<void> {
    const values = fieldsOf(request.body);
    const step = one(values, 'step');
    const ticket = this.tokens.byToken(request, one(values, 'token'));
    if (!ticket) return this.refuseStranger(occasion, values, request, reply);
    const recorded = (await this.drafts.of(occasion.admission, ticket.key))?.recorded;
    if (recorded !== undefined) return this.pages.redirect(reply, step === 'record' ? recordedAddress(recorded, ticket) : formAddress(occasion.path, ticket));
    const { draft, page } = await this.next(occasion, step, ticket, { path: occasion.path, values: typed(values), sure: step === 'sure' || step === 'record' });
    await this.drafts.keep(occasion.admission, ticket.key, draft);
    this.pages.redirect(reply, draft.recorded === undefined ? formAddress(occasion.path, ticket, page) : recordedAddress(draft.recorded, ticket));
  }

  // Another ticket, with everything that was typed: the page answers the form itself, because no address may hold answers of a stranger.
  private refuseStranger(occasion: Occasion, { revision: _, ...values }: Fields, request: WebRequest, reply: WebReply): void {
    const ticket = this.tokens.issue(request);
    this.pages.show(reply, formPage(this.reader.state(occasion, ticket, typed(values)), { errors: [stranger], status: 403 }));
  }

  private async next(occasion: Occasion, step: string, ticket: FormTicket, draft: Draft): Promise<Next> {
    const answers = await this.reader.answers(occasion, draft.values);
    if (step === 'change' || answers.errors.length > 0) return { draft };
    const revision = this.reader.revision(draft.values);
    const sending = { key: ticket.key, ...(revision !== undefined && { revision }) };
    try {
      // The rules are asked before the check page; whether somebody came between is asked when it is recorded.
      const outcome = step === 'record' ? await this.recorder.record(occasion, answers, sending) : await this.recorder.rehearse(occasion, answers, { key: ticket.key });
      if (outcome.nothingNew) return occasion.entry ? { draft: { ...draft, refused: unchanged } } : { draft: { ...draft, ...withSame(outcome) }, page: 'nothing' };
      return 'number' in outcome ? { draft: { path: draft.path, values: {}, sure: true, recorded: outcome.number } } : { draft, page: 'check' };
    } catch (error) {
      if (error instanceof OnlyRegisteredError) return this.notRecorded(occasion, await this.registered(draft, error.nominalId), answers, error.cause);
      return this.notRecorded(occasion, draft, answers, error);
    }
  }

  private notRecorded(occasion: Occasion, draft: Draft, { at }: Answers, error: unknown): Next {
    if (error instanceof WrongExpectedVersionError && occasion.found) return { draft, page: 'conflict' };
    const refused = refusedOf(occasion, error, at);
    if (!refused) throw error;
    return { draft: { ...draft, refused } };
  }

  /** From here on the form is about a person who is in Daybook. */
  private async registered(draft: Draft, nominalId: NominalId): Promise<Draft> {
    const { reference } = (await this.people.named([nominalId])).get(nominalId)!;
    return { ...draft, registered: reference, values: { ...draft.values, person: 'existing', personReference: reference } };
  }
}

const withSame = ({ same }: Rehearsal): { readonly same?: number } => (same === undefined ? {} : { same });

const typed = ({ token: _, step: __, ...values }: Fields): Fields => values;
