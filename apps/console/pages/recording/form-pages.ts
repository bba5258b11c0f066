import { Injectable } from '@nestjs/common';
import { fieldsOf, one } from '../../rendering/http';
import type { WebReply, WebRequest } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { formAddress } from './form-addresses';
import { FormDrafts } from './form-drafts';
import type { Draft } from './form-drafts';
import { FormReader } from './form-reader';
import { FormTokens } from './form-token';
import type { FormTicket } from './form-token';
import type { Occasion } from './occasion';
import { alreadyRecordedPage, blockedPage, checkPage, conflictPage, doubtPage, formPage, nothingPage } from './recording.presenter';
import type { FormState } from './recording.presenter';

const lost = { field: 'form', text: 'What you typed is not kept any more. Look at the record when you are not sure whether it was recorded, or fill in the form again' };

const movedOn = ({ occasion, revision = -1 }: FormState): boolean => (occasion.found?.view.revision ?? -1) > revision;

type Shown = Page | { readonly redirect: string };

/** Shows a form and what follows it. Every page has an address of its own, so that Back and reload find the answers again. */
@Injectable()
export class FormPages {
  constructor(private readonly pages: Pages, private readonly tokens: FormTokens, private readonly drafts: FormDrafts, private readonly reader: FormReader) {}

  async show(occasion: Occasion, request: WebRequest, reply: WebReply): Promise<void> {
    const query = fieldsOf(request.query);
    const ticket = this.tokens.byPlace(request, one(query, 'form'));
    if (!ticket) return this.begin(occasion, request, reply);
    const kept = await this.drafts.of(occasion.admission, ticket.key);
    const shown = await this.page(occasion, ticket, kept?.path === occasion.path ? kept : undefined, one(query, 'page'));
    if ('redirect' in shown) this.pages.redirect(reply, shown.redirect);
    else this.pages.show(reply, shown);
  }

  // An address of somebody else's form is no reason to go round in a circle: the form is shown where it is.
  private begin(occasion: Occasion, request: WebRequest, reply: WebReply): void {
    if (occasion.blocked) return this.pages.show(reply, blockedPage(occasion, occasion.blocked));
    const ticket = this.tokens.issue(request);
    if (one(fieldsOf(request.query), 'form')) return this.pages.show(reply, formPage(this.reader.state(occasion, ticket, occasion.prefill), { errors: [] }));
    this.pages.redirect(reply, formAddress(occasion.path, ticket));
  }

  private async page(occasion: Occasion, ticket: FormTicket, draft: Draft | undefined, name: string): Promise<Shown> {
    if (draft?.recorded !== undefined) return alreadyRecordedPage(occasion, ticket, draft.recorded);
    if (occasion.blocked) return blockedPage(occasion, occasion.blocked);
    if (!draft) return formPage(this.reader.state(occasion, ticket, occasion.prefill), { errors: name ? [lost] : [] });
    const answers = await this.reader.answers(occasion, draft.values);
    const plain = { ...this.reader.state(occasion, ticket, draft.values), registered: draft.registered };
    const state = await this.reader.withName(plain, answers);
    if (!name) return formPage(state, draft.unsent ? { errors: [] } : draft.refused ?? answers);
    if (answers.errors.length > 0 || draft.refused) return { redirect: formAddress(occasion.path, ticket) };
    if (name === 'nothing') return nothingPage(state, draft.same);
    if (name === 'conflict' && movedOn(state)) return conflictPage(state, answers);
    const doubts = draft.sure ? [] : this.reader.doubts(occasion, draft.values, answers);
    if (name === 'doubt' && doubts.length > 0) return doubtPage(state, doubts);
    if (name === 'check' && doubts.length === 0) return checkPage(state, answers);
    return { redirect: formAddress(occasion.path, ticket, doubts.length > 0 ? 'doubt' : 'check') };
  }
}
