/** What came back. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  /** Absolute; empty when there is none. */
  readonly location: string;
  readonly challenge: string | null;
}

/** A browser without script: keeps cookies and follows nothing by itself. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly setCookies: string[] = [];

  constructor(private readonly url: string) {}

  get(address: string, headers: Record<string, string> = {}): Promise<Seen> {
    return this.ask(address, { headers });
  }

  post(address: string, fields: Record<string, string>): Promise<Seen> {
    return this.ask(address, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** Begins to sign in. Gives the address where a user is chosen. */
  async toChoice(returnTo = '/', fresh = false): Promise<string> {
    const query = new URLSearchParams({ return: returnTo, ...(fresh ? { fresh: 'yes' } : {}) });
    const { location } = await this.get(`/sign-in/start?${query.toString()}`);
    return (await this.get(location)).location;
  }

  /** Chooses a user. Gives the address at which the identity provider sends the browser back. */
  async toCallback(user: string, returnTo = '/', fresh = false): Promise<string> {
    const chosen = await this.post(await this.toChoice(returnTo, fresh), { user });
    return (await this.get(chosen.location)).location;
  }

  /** Signs in. Gives the address where it leads. */
  async signIn(user: string, returnTo = '/', fresh = false): Promise<string> {
    return (await this.get(await this.toCallback(user, returnTo, fresh))).location;
  }

  /** The token of the forms about this session. */
  async token(): Promise<string> {
    return /name="token" value="([^"]+)"/.exec((await this.get('/help')).text)![1]!;
  }

  private async ask(address: string, init: RequestInit): Promise<Seen> {
    const at = new URL(address, this.url);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { ...init, redirect: 'manual', headers: { ...(init.headers as Record<string, string>), ...(cookie ? { cookie } : {}) } });
    this.keep(answer.headers.getSetCookie());
    const location = answer.headers.get('location');
    return { status: answer.status, text: await answer.text(), location: location ? new URL(location, at).href : '', challenge: answer.headers.get('www-authenticate') };
  }

  private keep(cookies: readonly string[]): void {
    this.setCookies.push(...cookies);
    for (const each of cookies) {
      const [pair = ''] = each.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(each)) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(name.length + 1));
    }
  }
}
