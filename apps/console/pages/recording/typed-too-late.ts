import type { Reader } from '#platform/access';
import { fieldsOf, one } from '../../rendering/http';
import type { WebRequest } from '../../rendering/http';
import { formAddress } from './form-addresses';
import type { FormDrafts } from './form-drafts';
import type { FormTokens } from './form-token';

/** Where a form is sent, without the place of its showing. */
const pathOf = (url: string): string => {
  const [path, query] = url.split('?');
  const kept = new URLSearchParams(query);
  for (const name of ['form', 'page']) kept.delete(name);
  return kept.size > 0 ? `${path}?${kept.toString()}` : path!;
};

/** Keeps a form that arrived after its session had run out, or whose act asks for a fresh proof of identity, for the person whose session it was and nobody else. */
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
}
