import { randomUUID } from 'node:crypto';
import type { Private, RecordKeyId } from '#kernel';
import type { Vault } from '#platform/vault';
import type { DraftStore } from './draft-store';

export interface DraftsOptions {
  readonly store: DraftStore;
  readonly vault: Pick<Vault, 'sealAll' | 'open'>;
  /** ms since 1970. */
  readonly now: () => number;
  /** How long a draft is kept after it was last touched, ms; default: 14 days. */
  readonly kept?: number;
}

const FORTNIGHT = 14 * 86_400_000;
/** Drafts of one person; the oldest go first. */
const MOST = 200;
const KEY = 'drafts' as RecordKeyId;

/** What people have typed and not recorded yet: sealed, each for its owner alone, over a time-out and a restart. No fact, so it may be lost. Whatever is left a fortnight goes. */
export class Drafts {
  constructor(private readonly options: DraftsOptions) {}

  /** @throws StoreUnavailableError when it cannot be kept */
  async keep(owner: string, key: string, text: string): Promise<void> {
    const event = randomUUID();
    const [sealed] = await this.options.vault.sealAll([{ id: event, data: { text: { unsealed: text, key: KEY } } }]);
    const draft = { event, sealed: JSON.stringify((sealed!.data as { readonly text: Private }).text) };
    await this.options.store.keep(owner, key, draft, { at: this.options.now(), untouched: this.oldest(), most: MOST });
  }

  /** The owner's own; undefined for anybody else, and when it is gone. */
  async of(owner: string, key: string): Promise<string | undefined> {
    const draft = await this.options.store.find(owner, key, this.oldest());
    if (!draft) return undefined;
    const [text] = await this.options.vault.open([{ eventId: draft.event, path: 'data.text', value: JSON.parse(draft.sealed) as Private }]);
    return text ?? undefined;
  }

  async close(): Promise<void> {
    await this.options.store.close();
  }

  private oldest(): number {
    return this.options.now() - (this.options.kept ?? FORTNIGHT);
  }
}
