import http from 'node:http';
import path from 'node:path';
import type { IncomingMessage } from 'node:http';
import { officerKey } from '#kernel';
import type { Reader } from '#platform/access';
import Database from 'better-sqlite3';
import { LiveStreams } from '../../apps/console';
import { Bench } from '../../apps/api/api.fixtures';
import { inventedUsers } from '../../apps/daybook/sign-in/invented-users';

/** What a page is told. */
interface Told {
  readonly topic: string;
  readonly since: number;
  readonly count: number;
  readonly number: number;
  readonly more?: true;
}

/** One open stream, and everything that came over it. */
export class Heard {
  text = '';
  ended = false;
  private changed: () => void = () => undefined;

  constructor(private readonly stream: IncomingMessage) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
      this.changed();
    });
    for (const last of ['end', 'close', 'error'] as const) stream.once(last, () => {
      this.ended = true;
      this.changed();
    });
  }

  get status(): number {
    return this.stream.statusCode!;
  }

  get headers(): Readonly<Record<string, unknown>> {
    return this.stream.headers;
  }

  get told(): readonly Told[] {
    return [...this.text.matchAll(/^event: notice\ndata: (.*)$/gm)].map(([, data]) => JSON.parse(data!) as Told);
  }

  /** Everything that came, but the signs of life between, which come by the clock. */
  get said(): string {
    return this.text.replaceAll(/^:.*\n\n?/gm, '');
  }

  get last(): Told | undefined {
    return this.told.at(-1);
  }

  /** Settles when something is so. */
  async until(so: () => boolean): Promise<void> {
    while (!so()) await new Promise<void>((resolve) => { this.changed = resolve; });
  }

  leave(): void {
    this.stream.destroy();
  }
}

interface Listening {
  readonly since?: number;
  readonly heard?: number;
}

/** The whole program over a new trial folder, whose users have pages open. */
export class Listeners {
  private readonly open: Heard[] = [];

  private constructor(readonly bench: Bench, private readonly address: string) {}

  static async start(): Promise<Listeners> {
    const bench = await Bench.open();
    await bench.app.listen(0, '127.0.0.1');
    return new Listeners(bench, await bench.app.getUrl());
  }

  async stop(): Promise<void> {
    await this.leave();
    await this.bench.close();
  }

  /** Settles when every page is left. */
  async leave(): Promise<void> {
    for (const heard of this.open.splice(0)) heard.leave();
    while (this.streams.count > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  get streams(): LiveStreams {
    return this.bench.app.get(LiveStreams);
  }

  /** Number of the newest event. */
  get head(): number {
    return this.bench.daybook.store.currentHead().number;
  }

  readerOf(user: string): Reader {
    return { kind: 'user', ...inventedUsers.find(({ id }) => id === user)!, multiFactor: true, provedAt: Date.now() };
  }

  /** Signs a user in; the id that the browser holds. */
  signIn(user: string): Promise<string> {
    return this.bench.daybook.signIn.sessions.open(this.readerOf(user), { subject: user, issuerSession: `of ${user}` });
  }

  /** Lets so many minutes go by without a click of this user. */
  unused(user: string, minutes: number): void {
    const state = new Database(path.join(this.bench.daybook.settings.keys, 'state.db'));
    state.prepare('UPDATE sessions SET used = used - ? WHERE user = ?').run(minutes * 60_000, officerKey(user));
    state.close();
  }

  async listen(cookie: string, topics: readonly string[], { since = this.head, heard }: Listening = {}): Promise<Heard> {
    const url = `${this.address}/live?${topics.map((topic) => `topic=${topic}@${since}`).join('&')}`;
    const headers = { cookie: `daybook=${cookie}`, ...(heard !== undefined && { 'last-event-id': String(heard) }) };
    const listening = new Heard(await new Promise<IncomingMessage>((resolve, reject) => http.get(url, { headers, agent: false }, resolve).once('error', reject)));
    this.open.push(listening);
    return listening;
  }

  /** Settles when everybody was told of all that was recorded. */
  async settle(): Promise<void> {
    const { reads, store } = this.bench.daybook;
    await reads.waitFor(store.positionOfNumber(store.currentHead().number)!, 30_000);
    await this.streams.turnAll();
    // What was told has come when an answer to a later question has.
    for (let i = 0; i < 2; i++) await fetch(`${this.address}/health/live`);
  }

  /** The answer to a command that must be taken. */
  async record(user: string, at: string, body: object = {}): Promise<string> {
    const { status, body: said } = await (await this.bench.as(user)).post(`/api/v1/investigations${at}`, body, { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Asked' });
    if (status >= 300) throw new Error(`${at} answered ${status}: ${JSON.stringify(said)}`);
    return (said as { readonly id: string }).id;
  }

  /** A new investigation of a user. */
  opened(user: string, more: object = {}): Promise<string> {
    return this.record(user, '', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], effectiveAt: { precision: 'day', from: '2019-03-01' }, ...more });
  }
}
