import { randomUUID } from 'node:crypto';
import type { Vault } from '#platform/vault';
import type { WebRequest } from '../../rendering/http';

const COOKIE = 'daybook-form';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}';
const SIGNED = new RegExp(`^(${UUID})\\.([A-Za-z0-9_-]{43})$`);

type Asking = Pick<WebRequest, 'headers'>;

/** One showing of a form to one browser. */
export interface FormTicket {
  /** The idempotency key of what the form records. */
  readonly key: string;
  /** Goes back with the form. */
  readonly token: string;
  /** Stands in the addresses of the form's pages; it sends nothing, and opens nothing in another browser. */
  readonly place: string;
}

const browserOf = ({ headers }: Asking): string | undefined => {
  const cookie = Array.isArray(headers.cookie) ? headers.cookie.join(';') : headers.cookie;
  return new RegExp(`(?:^|;)\\s*${COOKIE}=(${UUID})\\s*(?:;|$)`).exec(cookie ?? '')?.[1];
};

/** One-time tokens for forms, tied to the browser by a cookie. */
export class FormTokens {
  constructor(private readonly vault: Pick<Vault, 'digest'>) {}

  /** A new ticket, and the cookie to set when the browser has none yet. */
  issue(request: Asking): { readonly ticket: FormTicket; readonly cookie?: string } {
    const known = browserOf(request);
    const browser = known ?? randomUUID();
    const ticket = this.ticket(browser, randomUUID());
    return known ? { ticket } : { ticket, cookie: `${COOKIE}=${browser}; Path=/; HttpOnly; SameSite=Strict` };
  }

  /** The ticket of a token that this folder issued to this browser; undefined for any other. */
  byToken(request: Asking, token: string): FormTicket | undefined {
    return this.signed(request, token, 'token');
  }

  /** The same by the place in an address. */
  byPlace(request: Asking, place: string): FormTicket | undefined {
    return this.signed(request, place, 'place');
  }

  private signed(request: Asking, text: string, part: 'token' | 'place'): FormTicket | undefined {
    const key = SIGNED.exec(text)?.[1];
    const browser = browserOf(request);
    if (!key || !browser) return undefined;
    const ticket = this.ticket(browser, key);
    return ticket[part] === text ? ticket : undefined;
  }

  private ticket(browser: string, key: string): FormTicket {
    const signed = (use: string): string => `${key}.${this.vault.digest(`${use} ${browser} ${key}`)}`;
    return { key, token: signed('form'), place: signed('form address') };
  }
}
