import type { DomainError, NominalId } from '#kernel';
import type { DataSubjectMessage, DataSubjectState } from '#contexts/oversight';
import type { Reader } from '#platform/access';
import type { HistoryEntry } from '#platform/history';
import type { ConsoleParts } from '../../parts';
import type { Persons } from '../../reading/persons';
import type { WebReply, WebRequest } from '../../rendering/http';
import type { Page } from '../../rendering/page';
import { Pages } from '../../rendering/pages';
import { FormTokens } from '../recording/form-token';
import { RightsController } from './rights.controller';
import { RightsDesk } from './rights-desk';
import type { OpenedText } from './rights-form';
import type { RightsParts } from './rights-parts';

export const person = '00000000-0000-4000-8000-00000000000a' as NominalId;
export const reader: Reader = { kind: 'user', id: 'DO 1', name: 'D. Officer', role: 'DISCLOSURE_OFFICER', agency: 'SYP', multiFactor: true, provedAt: 0, session: 's' };
const requestId = '0c6c8a5e-1f11-5b6e-8f0b-9b1f6f1a7c21';
export const requested: Partial<DataSubjectState> = { erasures: { [requestId]: { requestId, requestedBy: { kind: 'user', id: 'DO 9' }, stage: 'REQUESTED', redactions: [] } } };

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
  shown: Page | undefined;
  redirected: string | undefined;
  readonly reply = {} as WebReply;
  readonly controller: RightsController;
  private readonly pages: Pages;
  private readonly tokens = new FormTokens({ digest: (words) => Buffer.from(words).toString('base64url').padEnd(43, 'x').slice(-43) });

  constructor(state: Partial<DataSubjectState> = {}) {
    const clock = (): number => Date.parse('2026-11-25T12:00:00Z');
    const pages = new Pages('trial', clock);
    this.pages = pages;
    const shown = { show: (_: WebReply, page: Page) => void (this.shown = page), redirect: (_: WebReply, to: string) => void (this.redirected = to) } as unknown as Pages;
    const parts = {
      clock, reads: { waitFor: async () => undefined },
      vault: { digest: (words: string) => words, open: async (values: readonly { value: { ct: string } }[]) => values.map(({ value }) => value.ct) },
    } as unknown as ConsoleParts;
    const rights = {
      dataSubjects: {
        state: async () => ({ restrictions: [], holds: [], erasures: {}, erased: false, ...state }),
        decisions: async () => [entry(7, 'LegalHoldPlaced', { holdId: 'h', authority: 'PUBLIC_INQUIRY' })],
        measures: async () => [{ investigationId: 'a', measure: 'ON_BAIL' }], textsToLookAt: async () => this.texts,
      },
      mayRead: async () => this.readable, referenceOf: () => 'INV-3',
      retention: { one: () => ({ group: '2', nextReviewOn: '2031-03-01' }) },
    } as unknown as RightsParts;
    const bus = { execute: async (message: DataSubjectMessage) => {
      if (this.refusal) throw this.refusal;
      this.sent.push(message);
      return { position: '1' };
    } };
    const persons = { resolve: (reference: string) => (reference === 'PER-1' ? person : undefined) } as unknown as Persons;
    this.controller = new RightsController(persons, new RightsDesk(parts, rights, bus as never), this.tokens, shown);
  }

  request(more: Partial<WebRequest> = {}): WebRequest {
    return { method: 'GET', url: '/people/PER-1/rights', headers: {}, query: {}, body: {}, reader, ...more } as WebRequest;
  }

  async home(): Promise<string> {
    await this.controller.home('PER-1', this.request(), this.reply);
    return this.html();
  }

  /** Sends a form; the page that answers, empty where it goes on elsewhere. */
  async send(slug: string, fields: object): Promise<string> {
    this.shown = undefined;
    const { token } = this.tokens.issue({ reader });
    await this.controller.take('PER-1', slug, this.request({ method: 'POST', body: { token, ...fields } }), this.reply);
    return this.shown ? this.html() : '';
  }

  private html(): string {
    return this.pages.render(this.shown!, 'nonce', { reader });
  }
}
