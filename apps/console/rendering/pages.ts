import { randomBytes } from 'node:crypto';
import type { Environment } from 'nunjucks';
import type { InvestigationId } from '#kernel';
import type { Reader } from '#platform/access';
import type { Sensitivity } from '#contexts/investigations';
import { createEnvironment, readAssets } from './environment';
import type { Assets } from './environment';
import type { WebReply } from './http';
import type { MenuEntry } from './menu';
import type { Page } from './page';
import { shellOf } from './shell';
import type { FolderKind } from './shell';
import type { SessionTokens } from './session-tokens';
import { userBar } from './user-bar';

/** Who reads a page, and which record it is about. */
type Who = NonNullable<WebReply['request']>;

const policy = (nonce: string): string => [
  "default-src 'none'", `script-src 'self' 'nonce-${nonce}'`, "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
  "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

const headersOf = (nonce: string): Readonly<Record<string, string>> => ({
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': policy(nonce),
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});

/** Turns pages into answers: renders, and sets what a browser may do with them. */
export class Pages {
  private readonly environment: Environment = createEnvironment();
  private readonly assets: Assets = readAssets();

  constructor(
    private readonly folderKind: FolderKind, private readonly clock: () => number, private readonly tokens?: SessionTokens,
    private readonly menu: (reader: Reader | undefined) => readonly MenuEntry[] = () => [],
    private readonly sensitivityOf: (id: InvestigationId) => Sensitivity | undefined = () => undefined,
  ) {}

  /** Compiles views before the first visitor waits for that. */
  warm(views: readonly string[]): void {
    for (const view of views) this.environment.getTemplate(view, true);
  }

  render(page: Page, nonce: string, who: Who = {}): string {
    const user = who.reader && userBar(who.reader, who.signedIn, this.tokens, Date.now());
    const { record } = who.admission ?? {};
    const sensitivity = record?.kind === 'investigation' ? this.sensitivityOf(record.id) : undefined;
    const shell = shellOf(page, { assets: this.assets, folderKind: this.folderKind, now: this.clock(), nonce, user, menu: this.menu(who.reader), sensitivity });
    return this.environment.render(page.view, { ...page.model, title: page.title, shell });
  }

  show(reply: WebReply, page: Page): void {
    const nonce = randomBytes(16).toString('base64');
    const html = this.render(page, nonce, reply.request);
    reply.status(page.status ?? 200);
    for (const [name, value] of Object.entries(headersOf(nonce))) reply.header(name, value);
    reply.send(html);
  }

  /** After a form that wrote something, and where an address has a better form: the browser asks anew. */
  redirect(reply: WebReply, location: string, status: 302 | 303 = 303): void {
    reply.status(status).header('Location', location).header('Cache-Control', 'no-store').send('');
  }

  /** A file to keep. `name` carries marking and event number. */
  download(reply: WebReply, name: string, type: string, body: unknown): void {
    reply.status(200).header('Content-Type', type).header('Content-Disposition', `attachment; filename="${name}"`)
      .header('Cache-Control', 'no-store').header('X-Content-Type-Options', 'nosniff').send(body);
  }
}
