import { randomUUID } from 'node:crypto';
import type { Private, RecordKeyId, Unsealed } from '#kernel';
import type { SessionNotes } from '#platform/sign-in';
import type { Vault } from '#platform/vault';

/** Why somebody opens a record that is not theirs. Coded, because a text that must be typed is filled with full stops. */
export const accessReasons = [
  'ALLOCATED', 'SUPERVISION_OR_TASKING', 'INTELLIGENCE_DEVELOPMENT', 'DISCLOSURE_OR_COURT', 'AUDIT_OR_DIP_SAMPLE', 'PARTNER_SAFEGUARDING', 'OTHER',
] as const;
export type AccessReasonCode = (typeof accessReasons)[number];

/** A reason for access as it was given. */
export interface AccessReason {
  readonly code: AccessReasonCode;
  /** A tasking, request or case number. */
  readonly reference?: string;
  /** Personal: sealed before it is stored. */
  readonly words?: string;
}

/** A reason as it is kept with the session. */
interface Kept {
  readonly code: AccessReasonCode;
  /** Under which the texts are sealed. */
  readonly event: string;
  readonly texts: Partial<Record<'reference' | 'words', Private>>;
}

const KEY = 'reasons' as RecordKeyId;
const about = (record: string): string => `reason ${record}`;

/** Reasons given, by session and record: asked once each, also when the program starts anew in between. */
export class ReasonsGiven {
  constructor(private readonly notes: Pick<SessionNotes, 'of' | 'keep'>, private readonly vault: Pick<Vault, 'sealAll' | 'open'>) {}

  async of(session: string, record: string): Promise<AccessReason | undefined> {
    const note = await this.notes.of(session, about(record));
    if (note === undefined) return undefined;
    const { code, event, texts } = JSON.parse(note) as Kept;
    const names = Object.keys(texts) as (keyof Kept['texts'])[];
    const opened = names.length === 0 ? [] : await this.vault.open(names.map((name) => ({ eventId: event, path: `data.${name}`, value: texts[name]! })));
    return { code, ...Object.fromEntries(names.flatMap((name, i) => (typeof opened[i] === 'string' ? [[name, opened[i]]] : []))) };
  }

  async give(session: string, record: string, { code, reference, words }: AccessReason): Promise<void> {
    const event = randomUUID();
    const sealed = (unsealed: string): Unsealed => ({ unsealed, key: KEY });
    const data = { ...(reference && { reference: sealed(reference) }), ...(words && { words: sealed(words) }) };
    const [texts] = Object.keys(data).length === 0 ? [{ data: {} }] : await this.vault.sealAll([{ id: event, data }]);
    await this.notes.keep(session, about(record), JSON.stringify({ code, event, texts: texts!.data } satisfies Kept));
  }
}
