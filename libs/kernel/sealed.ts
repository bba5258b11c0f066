import type { NominalId, RecordKeyId } from './ids';

/** A personal or free-text value on its way in. The ledger seals it before anything is stored; it never reaches a disk. */
export interface Unsealed {
  readonly unsealed: string;
  readonly key: RecordKeyId;
  /** The people a free text is about, so that each can later be erased from it. */
  readonly about?: readonly NominalId[];
}

/** AES-256-GCM under a key of its own; `kc` = SHA-256 of that key, base64url throughout. Carried unopened by everything but the vault. */
export interface Sealed {
  readonly key: RecordKeyId;
  readonly iv: string;
  readonly ct: string;
  readonly tag: string;
  readonly kc: string;
  readonly about?: readonly NominalId[];
}

/** A field that only the vault may read. Rules never look inside. */
export type Private = Unsealed | Sealed;

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'ct' in value && 'kc' in value && 'tag' in value;

export const isUnsealed = (value: unknown): value is Unsealed =>
  typeof value === 'object' && value !== null && 'unsealed' in value && 'key' in value;
