import path from 'node:path';
import Database from 'better-sqlite3';
import { officerKey } from '#kernel';
import type { Bench } from '../../apps/api/api.fixtures';
import { inventedUsers } from '../../apps/daybook/sign-in/invented-users';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A form as a browser has it: where it is sent, and its fields. */
export interface Form {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** Boxes for words. */
  readonly boxes: readonly string[];
  /** First choice of each set of radios. */
  readonly choices: Readonly<Record<string, string>>;
}

export interface Came {
  readonly status: number;
  readonly location: string;
  readonly html: string;
}

const unescaped = (html: string): string => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
const attribute = (tag: string, name: string): string => unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const formOf = (action: string, inner: string): Form => {
  const inputs = [...inner.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  const named = (type: string) => inputs.filter((tag) => attribute(tag, 'type') === type).map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')] as const);
  return {
    action, hidden: Object.fromEntries(named('hidden')), choices: Object.fromEntries(named('radio').reverse()),
    boxes: [...named('text').map(([name]) => name), ...[...inner.matchAll(/<textarea\b[^>]*>/g)].map(([tag]) => attribute(tag, 'name'))],
  };
};

/** The forms of a page that are sent in the body. */
export const formsOf = (html: string): readonly Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)].filter(([, tag]) => attribute(tag!, 'method') === 'post').map(([, tag, inner]) => formOf(attribute(tag!, 'action'), inner!));

/** Whether a set of radios has this choice made. */
export const isChosen = (html: string, name: string, value: string): boolean =>
  [...html.matchAll(/<input\b[^>]*>/g)].some(([tag]) => attribute(tag, 'type') === 'radio' && attribute(tag, 'name') === name && attribute(tag, 'value') === value && /\schecked\b/.test(tag));

/** A browser without script in which one invented user is signed in, over the server of a bench. */
export class Browsing {
  private cookie: Promise<string>;

  constructor(private readonly bench: Bench, private readonly user: string) {
    this.cookie = this.opened();
  }

  /** Anew: another session. */
  signIn(): void {
    this.cookie = this.opened();
  }

  private async opened(): Promise<string> {
    const found = inventedUsers.find(({ id }) => id === this.user)!;
    return `daybook=${await this.bench.daybook.signIn.sessions.open({ kind: 'user', ...found, multiFactor: true, provedAt: Date.now() }, { subject: this.user })}`;
  }

  /** Has every session of the user run out by itself. */
  runOut(): void {
    this.onState('UPDATE sessions SET used = used - 31 * 60000 WHERE user = ?');
  }

  /** Has every proof of identity grown old, or be of now. */
  proved(at: number): void {
    this.onState(`UPDATE sessions SET reader = json_set(reader, '$.provedAt', ${at}) WHERE user = ?`);
  }

  /** Has everything forgotten that the user said in their sessions. */
  forget(): void {
    this.onState('DELETE FROM session_notes WHERE session IN (SELECT name FROM sessions WHERE user = ?)');
  }

  async get(url: string): Promise<Came> {
    return this.came(await this.bench.app.inject({ method: 'GET', url, headers: { cookie: await this.cookie } }));
  }

  async post(url: string, fields: Readonly<Record<string, string>>): Promise<Came> {
    return this.came(await this.bench.app.inject({ method: 'POST', url, payload: new URLSearchParams(fields).toString(), headers: { cookie: await this.cookie, ...FORM } }));
  }

  /** Opens a page as somebody does who says why when they are asked, and goes where they are sent. */
  async open(url: string): Promise<Came> {
    let [came, asked] = [await this.get(url), 0];
    while (asked++ < 6) {
      if (came.location !== '') came = await this.get(came.location);
      else if (/action="\/(access-reason|audit\/purpose)"/.test(came.html) && !/^\/(access-reason|audit\/purpose)/.test(url)) came = await this.saysWhy(came.html);
      else return came;
    }
    throw new Error(`${url} leads round in a circle`);
  }

  /** Answers the question why a record is opened, or for what the log of looks is needed. */
  saysWhy(html: string): Promise<Came> {
    const form = formsOf(html).find(({ action }) => /^\/(access-reason|audit\/purpose)$/.test(action))!;
    return this.post(form.action, { ...form.hidden, ...(form.action === '/access-reason' ? { code: 'OTHER', words: 'Asked to look.' } : { purpose: 'LAWFULNESS' }) });
  }

  private came({ statusCode, headers, body }: { statusCode: number; headers: Readonly<Record<string, unknown>>; body: string }): Came {
    return { status: statusCode, location: typeof headers.location === 'string' ? headers.location : '', html: body };
  }

  private onState(sql: string): void {
    const state = new Database(path.join(this.bench.daybook.settings.keys, 'state.db'));
    state.prepare(sql).run(officerKey(this.user));
    state.close();
  }
}
