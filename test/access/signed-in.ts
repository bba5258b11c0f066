import type { Reader } from '#platform/access';
import { Bench } from '../../apps/api/api.fixtures';
import type { Answer } from '../../apps/api/api.fixtures';
import { UserAddresses } from '../../apps/console/pages/audit/users';
import { inventedUsers } from '../../apps/daybook/sign-in/invented-users';

/** Of an answer everything by which a reader could tell it from another. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

interface Asking {
  readonly body?: object;
  /** With a reason for access in words. */
  readonly reason?: boolean;
}

const REASON = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Asked%20by%20the%20case%20review' };

/** The whole program over a new trial folder, asked by its invented users: the JSON door by token, pages by session. */
export class SignedIn {
  private readonly tokens = new Map<string, string>();
  private readonly cookies = new Map<string, string>();

  private constructor(private readonly bench: Bench) {}

  static async open(): Promise<SignedIn> {
    return new SignedIn(await Bench.open());
  }

  close(): Promise<void> {
    return this.bench.close();
  }

  /** What stands for a user in addresses. */
  addressOf(user: string): string {
    return this.bench.app.get(UserAddresses).idOf(user);
  }

  /** How many events the ledger holds. */
  events(): Promise<number> {
    return this.bench.events();
  }

  /** Settles when the read models hold all that was recorded. */
  async settle(): Promise<void> {
    const { reads, store } = this.bench.daybook;
    await reads.waitFor(store.positionOfNumber(store.currentHead().number)!, 30_000);
  }

  async ask(user: string, method: 'GET' | 'POST', url: string, { body, reason }: Asking = {}): Promise<Answer & { readonly text: string }> {
    const { statusCode: status, headers, body: text } = await this.bench.app.inject({
      method, url, payload: body && JSON.stringify(body),
      headers: { ...(await this.proof(user, url)), ...(body && { 'content-type': 'application/json' }), ...(reason && REASON) },
    });
    return { status, headers, text, body: /json/.test(String(headers['content-type'])) ? JSON.parse(text) as unknown : undefined };
  }

  /** The answer to somebody who is not signed in. */
  async anybody(url: string, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
    const { statusCode: status, headers } = await this.bench.app.inject({ method, url });
    return { status, headers, body: undefined };
  }

  /** The answer to a command that must be taken. */
  async done(user: string, url: string, body: object): Promise<unknown> {
    const answer = await this.ask(user, 'POST', url, { body, reason: true });
    if (answer.status >= 300) throw new Error(`${url} answered ${answer.status}: ${answer.text}`);
    return answer.body as unknown;
  }

  /** The body of an answer that must be given. */
  async read(user: string, url: string): Promise<unknown> {
    const answer = await this.ask(user, 'GET', url, { reason: true });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${answer.text}`);
    return answer.body as unknown;
  }

  /** An answer without what differs each time: the name of the request, the moment, the nonce of a page, the token of a form. */
  async tell(user: string, url: string, body?: object): Promise<Told> {
    const { status, headers, text } = await this.ask(user, body ? 'POST' : 'GET', url, { body });
    const { date: _date, 'set-cookie': cookie, ...kept } = headers as Record<string, unknown>;
    const nonce = /'nonce-([^']+)'/.exec(String(kept['content-security-policy']))?.[1] ?? '\0';
    const plain = (value: string): string => value.replaceAll(nonce, '').replaceAll(/urn:request:[\w-]+/g, '').replaceAll(/[0-9a-f-]{36}\.[\w-]{43}/g, '').replaceAll(/data-session-left="\d+"/g, '').replaceAll(/\d{1,2}:\d{2}(am|pm)?/g, '');
    return { status, headers: JSON.parse(plain(JSON.stringify({ ...kept, cookie: cookie !== undefined }))) as Told['headers'], text: plain(text) };
  }

  private async proof(user: string, url: string): Promise<Record<string, string>> {
    if (!url.startsWith('/api/')) return { cookie: `daybook=${await this.cookie(user)}` };
    const token = this.tokens.get(user) ?? await this.bench.daybook.signIn.tokenFor(user, 60);
    this.tokens.set(user, token);
    return { authorization: `Bearer ${token}` };
  }

  private async cookie(user: string): Promise<string> {
    const known = this.cookies.get(user);
    if (known) return known;
    const found = inventedUsers.find(({ id }) => id === user);
    if (!found) throw new Error(`there is no invented user ${user}`);
    const reader: Reader = { kind: 'user', ...found, multiFactor: true, provedAt: Date.now() };
    const cookie = await this.bench.daybook.signIn.sessions.open(reader, { subject: user });
    this.cookies.set(user, cookie);
    return cookie;
  }
}
