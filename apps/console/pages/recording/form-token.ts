import { randomUUID } from 'node:crypto';
import type { Vault } from '#platform/vault';
import type { WebRequest } from '../../rendering/http';

const COOKIE = 'daybook-form';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}';

const browserOf = ({ headers }: Pick<WebRequest, 'headers'>): string | undefined => {
  const cookie = Array.isArray(headers.cookie) ? headers.cookie.join(';') : headers.cookie;
  return new RegExp(`(?:^|;)\\s*${COOKIE}=(${UUID})\\s*(?:;|$)`).exec(cookie ?? '')?.[1];
};

/** A one-time token for a form: tied to the browser by a cookie, and the idempotency key of what the form records. */
export class FormTokens {
  constructor(private readonly vault: Pick<Vault, 'digest'>) {}

  /** A new token, and the cookie to set when the browser has none yet. */
  issue(request: Pick<WebRequest, 'headers'>): { readonly token: string; readonly cookie?: string } {
    const known = browserOf(request);
    const browser = known ?? randomUUID();
    const key = randomUUID();
    const token = `${key}.${this.proof(browser, key)}`;
    return known ? { token } : { token, cookie: `${COOKIE}=${browser}; Path=/; HttpOnly; SameSite=Strict` };
  }

  /** The idempotency key of a token that this folder issued to this browser; undefined for any other. */
  keyOf(request: Pick<WebRequest, 'headers'>, token: string): string | undefined {
    const found = new RegExp(`^(${UUID})\\.([A-Za-z0-9_-]{43})$`).exec(token);
    const browser = browserOf(request);
    if (!found || !browser) return undefined;
    return this.proof(browser, found[1]!) === found[2] ? found[1] : undefined;
  }

  private proof(browser: string, key: string): string {
    return this.vault.digest(`form ${browser} ${key}`);
  }
}
