import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { Vault } from '#platform/vault';
import type { TextToLookAt } from '../domain/erasure-plan';
import type { Access } from './access';
import type { DataSubjects } from './data-subjects';

/** A text that stays, with its words; null where its key is gone. */
export interface OpenedText extends TextToLookAt {
  readonly words: string | null;
}

/** `unread`: how many more texts stand on investigations that this reader may not read. */
export interface TextsShown {
  readonly texts: readonly OpenedText[];
  readonly unread: number;
}

export interface ErasureTextsParts {
  readonly subjects: Pick<DataSubjects, 'textsToLookAt'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly access: Pick<Access, 'onInvestigation'>;
}

/** The texts that stay when a person is erased, for whoever authorises it: that person must read all of them. */
export class ErasureTexts {
  constructor(private readonly parts: ErasureTextsParts) {}

  /** @throws SealBrokenError */
  async of(nominalId: NominalId, reader: Reader): Promise<TextsShown> {
    const all = await this.parts.subjects.textsToLookAt(nominalId);
    const readable = await Promise.all(all.map(({ stream }) => this.mayRead(reader, stream)));
    const texts = all.filter((_, i) => readable[i]);
    const words = await this.parts.vault.open(texts.map(({ sealedAt, value }) => ({ eventId: sealedAt.event, path: sealedAt.path, value })));
    return { texts: texts.map((text, i) => ({ ...text, words: words[i] ?? null })), unread: all.length - texts.length };
  }

  private async mayRead(reader: Reader, stream: string): Promise<boolean> {
    const [, id] = /^investigation-(.+)$/.exec(stream) ?? [];
    return id === undefined || (await this.parts.access.onInvestigation(reader, 'read', id as InvestigationId)).verdict === 'PERMIT';
  }
}
