import { randomUUID } from 'node:crypto';
import type { Reader } from '#platform/access';
import type { Vault } from '#platform/vault';
import type { WebRequest } from '../../rendering/http';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}';
const SIGNED = new RegExp(`^(${UUID})\\.([A-Za-z0-9_-]{43})$`);

type Asking = Pick<WebRequest, 'reader'>;

/** One showing of a form to one person. */
export interface FormTicket {
  /** The idempotency key of what the form records. */
  readonly key: string;
  /** Goes back with the form, in the session that it was shown in. */
  readonly token: string;
  /** Stands in the addresses of the form's pages; it sends nothing, and opens nothing for anybody else. The same person finds it again in their next session. */
  readonly place: string;
}

/** Who came with a token of another system has no session, and no browser that could be made to send a form. */
const sessionOf = ({ session, id }: Reader): string => (session === undefined ? `token ${id}` : `session ${session}`);

/** One-time tokens for forms, tied to the session that a form is shown in. */
export class FormTokens {
  constructor(private readonly vault: Pick<Vault, 'digest'>) {}

  /** A new ticket. One that is shown to nobody is good for nobody. */
  issue({ reader }: Asking): FormTicket {
    return this.ticket(reader, randomUUID());
  }

  /** The ticket of a token that this folder issued in this session; undefined for any other. */
  byToken(request: Asking, token: string): FormTicket | undefined {
    return this.signed(request, token, 'token');
  }

  /** The ticket of a place in an address that this folder issued to this person. */
  byPlace(request: Asking, place: string): FormTicket | undefined {
    return this.signed(request, place, 'place');
  }

  private signed({ reader }: Asking, text: string, part: 'token' | 'place'): FormTicket | undefined {
    const key = SIGNED.exec(text)?.[1];
    if (!key || !reader) return undefined;
    const ticket = this.ticket(reader, key);
    return ticket[part] === text ? ticket : undefined;
  }

  private ticket(reader: Reader | undefined, key: string): FormTicket {
    const signed = (use: string): string => `${key}.${this.vault.digest(`${use} ${key}`)}`;
    return { key, token: signed(`form ${reader ? sessionOf(reader) : 'nobody'}`), place: signed(`form address ${reader?.id ?? ''}`) };
  }
}
