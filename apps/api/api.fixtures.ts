import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings } from '#platform/settings';
import { openDaybook } from '../daybook/compose';
import type { Daybook } from '../daybook/compose';
import { PostsTaken } from '../daybook/posts-taken';
import { createServer } from '../daybook/server';
import { inventedUsers } from '../daybook/sign-in/invented-users';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a spec says what it expects of an answer
  readonly body: any;
}

/** Sergeant of the invented users who stands over many cases of the sample. */
const SUPERVISOR = 'DS 2256';
const MINUTES = 600;
const WHY = { 'daybook-access-reason': 'OTHER', 'daybook-access-words': 'Works%20on%20it' };

/** The whole program over a new trial folder, spoken to over HTTP without a socket. Needs the build: the projector runs compiled. */
export class Bench {
  private constructor(private readonly folder: string, readonly daybook: Daybook, readonly app: NestFastifyApplication, private readonly token: string) {}

  /** Opens it and speaks as an invented user, by default a supervisor. */
  static async open(user = SUPERVISOR): Promise<Bench> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-api-'));
    const settings = readSettings({ DAYBOOK_DATA: path.join(folder, 'data'), DAYBOOK_KEYS: path.join(folder, 'keys') });
    const daybook = await openDaybook(settings);
    return new Bench(folder, daybook, await createServer(daybook), await daybook.signIn.tokenFor(user, MINUTES)).inPost(user);
  }

  /** The same program spoken to as another invented user. Only the first is to be closed. */
  async as(user: string): Promise<Bench> {
    return new Bench(this.folder, this.daybook, this.app, await this.daybook.signIn.tokenFor(user, MINUTES)).inPost(user);
  }

  // The user's post is on record from here on, so that what a spec counts is its own.
  private async inPost(user: string): Promise<this> {
    const post = inventedUsers.find(({ id }) => id === user);
    if (post) await this.app.get(PostsTaken).saw({ kind: 'user', ...post, multiFactor: true, provedAt: 0 });
    return this;
  }

  /** Headers that say who asks. */
  get credentials(): { readonly authorization: string } {
    return { authorization: `Bearer ${this.token}` };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.daybook.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', url, undefined, headers);
  }

  /** With a reason in words, for records that ask for one. */
  post(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', url, body === undefined ? undefined : JSON.stringify(body), { 'content-type': 'application/json', ...WHY, ...headers });
  }

  async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const { statusCode, headers: got, body } = await this.app.inject({ method, url, payload, headers: { ...this.credentials, ...headers } });
    return { status: statusCode, headers: got, body: /json/.test(String(got['content-type'])) ? JSON.parse(body) : undefined };
  }

  /** How many events the ledger holds. */
  async events(): Promise<number> {
    return (await this.daybook.store.head()).number + 1;
  }

  /** A new investigation's id. */
  async opened(more: object = {}): Promise<string> {
    const { status, body } = await this.post('/api/v1/investigations', { kind: 'CRIME', area: 'Rotherham', themes: ['CSE'], effectiveAt: { precision: 'day', from: '2019-03-01' }, ...more });
    if (status !== 201) throw new Error(`opening answered ${status}`);
    return (body as { id: string }).id;
  }
}
