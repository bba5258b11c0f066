import type { DomainError, NominalId } from '#kernel';
import type { Access, DataSubjectMessage, DataSubjectState, OpenedText, PersonAction, RightsParts, Seen } from '#contexts/oversight';
import type { Reader } from '#platform/access';
import type { HistoryEntry } from '#platform/history';
import { Admission } from '../../../guard';
import type { ConsoleParts } from '../../parts';
import type { WebReply, WebRequest } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { FormDrafts } from '../recording/form-drafts';
import { FormTokens } from '../recording/form-token';
import { TypedTooLate } from '../recording/typed-too-late';
import { RightsController } from './rights.controller';
import { RightsDesk } from './rights-desk';

export const person = '00000000-0000-4000-8000-00000000000a' as NominalId;
export const reader: Reader = { kind: 'user', id: 'DO 1', name: 'D. Officer', role: 'DISCLOSURE_OFFICER', agency: 'SYP', multiFactor: true, provedAt: 0, session: 's' };
const requestId = '0c6c8a5e-1f11-5b6e-8f0b-9b1f6f1a7c21';
export const requested: Partial<DataSubjectState> = { erasures: { [requestId]: { requestId, requestedBy: { kind: 'user', id: 'DO 9' }, stage: 'REQUESTED', redactions: [], keys: [] } } };

/** A text of a case that stays. `event`: a UUID. */
export const text = (event: string, path: string, words: string, mandatory: boolean): OpenedText => ({
  stream: 'investigation-a', event, path, number: 4, type: 'SuspectLinked', value: { key: 'text-1', iv: '', ct: words, tag: '', kc: '' } as unknown as OpenedText['value'],
  sealedAt: { event, path }, own: false, about: [], mandatory, words,
});

const entry = (number: number, type: string, data: object): HistoryEntry => ({
  number, stream: `dataSubject-${person}`, revision: number, id: `e${number}`, type, data, effectiveAt: { precision: 'day', from: '2026-03-01' }, recordedAt: '2026-03-01T09:00:00.000Z', actor: { kind: 'user', id: 'DO 9' },
});

/** The pages of one person's rights, rendered for real, over a person of whom little is decided. */
export class Desk {
  readonly sent: DataSubjectMessage[] = [];
  texts: readonly OpenedText[] = [];
  refusal: DomainError | undefined;
  readable = true;
  /** What whoever is signed in may not do. */
  forbidden: readonly PersonAction[] = [];
  /** What the last answer said that it shows. */
  admission: Admission | undefined;
  shown: Page | undefined;
  redirected: string | undefined;
  readonly reply = {} as WebReply;
  readonly controller: RightsController;
  readonly tooLate: TypedTooLate;
  private readonly pages: Pages;
  private readonly tokens = new FormTokens({ digest: (words) => Buffer.from(words).toString('base64url').padEnd(43, 'x').slice(-43) });

  constructor(state: Partial<DataSubjectState> = {}) {
    const clock = (): number => Date.parse('2026-11-25T12:00:00Z');
    const pages = new Pages('trial', clock);
    this.pages = pages;
    const shown = { show: (_: WebReply, page: Page) => void (this.shown = page), redirect: (_: WebReply, to: string) => void (this.redirected = to) } as unknown as Pages;
    const kept = new Map<string, string>();
    const drafts = { of: async (_: string, key: string) => kept.get(key), keep: async (_: string, key: string, text: string) => void kept.set(key, text) };
    this.tooLate = new TypedTooLate(this.tokens, new FormDrafts(drafts));
    const parts = {
      clock, reads: { waitFor: async () => undefined },
      vault: { digest: (words: string) => words, open: async (values: readonly { value: { ct: string } }[]) => values.map(({ value }) => value.ct) },
    } as unknown as ConsoleParts;
    const rights = {
      dataSubjects: {
        state: async () => ({ restrictions: [], holds: [], erasures: {}, erased: false, ...state }),
        decisions: async () => [entry(7, 'LegalHoldPlaced', { holdId: 'h', authority: 'PUBLIC_INQUIRY' })],
        measures: async () => [{ investigationId: 'a', measure: 'ON_BAIL' }],
      },
      texts: { of: async () => (this.readable ? { texts: this.texts, unread: 0 } : { texts: [], unread: this.texts.length }) },
      mayRead: async () => this.readable, referenceOf: () => 'INV-3',
      retention: { one: () => ({ group: '2', nextReviewOn: '2031-03-01' }) },
    } as unknown as RightsParts;
    const bus = { execute: async (message: DataSubjectMessage) => {
      if (this.refusal) throw this.refusal;
      this.sent.push(message);
      return { position: '1' };
    } };
    this.controller = new RightsController(new RightsDesk(parts, rights, bus as never), this.tokens, this.tooLate, shown);
  }

  /** As the guard lets it in: to the person, or to nothing that the reader may know of. */
  request(more: Partial<WebRequest> & { readonly hidden?: boolean } = {}): WebRequest {
    const access = { onPerson: async (_: Reader, action: PersonAction) => ({ verdict: this.forbidden.includes(action) ? 'FORBIDDEN' : 'PERMIT', known: true }) } as unknown as Access;
    this.admission = new Admission(reader, {} as Seen, access, more.hidden ? undefined : { kind: 'person', id: person });
    return { method: 'GET', url: '/people/PER-1/rights', headers: {}, query: {}, body: {}, reader, admission: this.admission, ...more } as unknown as WebRequest;
  }

  async home(): Promise<string> {
    await this.controller.home('PER-1', this.request(), this.reply);
    return this.html();
  }

  token(): string {
    return this.tokens.issue({ reader }).token;
  }

  /** Sends a form; the page that answers, empty where it goes on elsewhere. */
  async send(slug: string, fields: object): Promise<string> {
    this.shown = undefined;
    const token = this.token();
    await this.controller.take('PER-1', slug, this.request({ method: 'POST', url: `/people/PER-1/rights/${slug}`, body: { token, ...fields } }), this.reply);
    return this.shown ? this.html() : '';
  }

  html(): string {
    return this.pages.render(this.shown!, 'nonce', { reader });
  }
}
