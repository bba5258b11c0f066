import type { Reader } from '#platform/access';
import { fieldsOf, one } from '../../rendering/http';
import type { Fields, WebRequest } from '../../rendering/http';
import { formAddress } from './form-addresses';
import type { FormDrafts } from './form-drafts';
import type { FormTicket, FormTokens } from './form-token';

/** The address of a form, without the place of its showing: where it is shown is where it is sent. */
const pathOf = (url: string): string => {
  const [path, query] = url.split('?');
  const kept = new URLSearchParams(query);
  for (const name of ['form', 'page']) kept.delete(name);
  return kept.size > 0 ? `${path}?${kept.toString()}` : path!;
};

/** A form as it is to be shown. */
export interface ShownForm {
  readonly ticket: FormTicket;
  /** What was typed into it before; absent in a new one. */
  readonly typed?: Fields;
  /** What came of it, when it was taken already. */
  readonly done?: Fields;
}

/**
 * Keeps a form that arrived after its session had run out, or whose act asks for a fresh proof of identity or a reason first, for the person who
 * sent it and nobody else; and gives it back to the page that shows it. Every form is sent to the address that it is shown at, so that no form
 * needs anything else for it.
 */
export class TypedTooLate {
  constructor(private readonly tokens: FormTokens, private readonly drafts: FormDrafts) {}

  /** The address at which that person finds the form again; undefined for what is no form of that session. */
  async keep(request: WebRequest & { readonly lapsed?: Reader }): Promise<string | undefined> {
    const { token: _, step: __, ...values } = fieldsOf(request.body);
    const reader = request.lapsed ?? request.reader;
    const ticket = reader && this.tokens.byToken({ reader }, one(fieldsOf(request.body), 'token'));
    if (!reader || !ticket) return undefined;
    const path = pathOf(request.url);
    if ((await this.drafts.of({ reader }, ticket.key))?.recorded === undefined) await this.drafts.keep({ reader }, ticket.key, { path, values, sure: false });
    return formAddress(path, ticket);
  }

  /** The form of this address: what was kept of it for who asks, or a new one. */
  async again(request: WebRequest): Promise<ShownForm> {
    const { reader } = request;
    const ticket = this.tokens.byPlace(request, one(fieldsOf(request.query), 'form'));
    const draft = ticket && reader && (await this.drafts.of({ reader }, ticket.key));
    if (draft?.path !== pathOf(request.url)) return { ticket: this.tokens.issue(request) };
    return draft.recorded === undefined ? { ticket: ticket!, typed: draft.values } : { ticket: this.tokens.issue(request), done: draft.values };
  }

  /** Lets go of what was typed, once the form was taken. `told`: what its page says of it; gives the address of that. */
  async taken(request: WebRequest, ticket: FormTicket, told: Fields = {}): Promise<string> {
    const [{ reader }, path] = [request, pathOf(request.url)];
    const kept = reader && (Object.keys(told).length > 0 || (await this.drafts.of({ reader }, ticket.key)) !== undefined);
    if (kept) await this.drafts.keep({ reader }, ticket.key, { path, values: told, sure: true, recorded: 0 });
    return formAddress(path, ticket);
  }
}
