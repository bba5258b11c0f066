import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DomainError, isSealed, isUnsealed } from '#kernel';
import type { Private, RecordKeyId, Sealed, Unsealed } from '#kernel';
import { freshBytes } from './fresh-bytes';
import type { KeyStore } from './key-store';
import type { Sealable, Vault } from './vault';

type Keys = ReadonlyMap<RecordKeyId, Uint8Array>;
type SealedEvent = { readonly data: object; readonly reason?: Private };

/** A sealed value does not fit its key or its place: it was altered, or moved from another field or event. */
export class SealBrokenError extends Error {
  override readonly name = 'SealBrokenError';
  readonly code = 'SEAL_BROKEN';
  constructor(readonly eventId: string, readonly path: string) {
    super(`${path} of event ${eventId} does not fit its seal`);
  }
}

/** The key of a sealed value is not in the key store and was never destroyed there: these keys are older than the log. Nothing was erased. */
export class KeyMissingError extends Error {
  override readonly name = 'KeyMissingError';
  readonly code = 'KEY_MISSING';
  constructor(readonly key: RecordKeyId) {
    super(`the key ${key} is missing and was not destroyed: restore a younger backup of the keys`);
  }
}

/** What this key sealed has been erased for good, so nothing new is written under it. */
export class RecordErasedError extends DomainError<'RECORD_ERASED'> {
  override readonly name = 'RecordErasedError';
  constructor(key: RecordKeyId) {
    super('RECORD_ERASED', { key });
  }
}

/** Keys are in memory while they are used and no longer. */
const wiped = (keys: Keys): void => {
  for (const key of keys.values()) key.fill(0);
};

/** Binds a value to its place. An event id is a UUID, 36 characters, so that no two places run into the same words. */
const placeOf = (eventId: string, path: string): Buffer => Buffer.from(eventId + path, 'utf8');
const fieldKeyOf = (recordKey: Uint8Array, place: Buffer): Buffer => createHmac('sha256', recordKey).update(place).digest();
const commitmentTo = (fieldKey: Buffer): Buffer => hash('sha256', fieldKey, 'buffer');
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

const seal = ({ unsealed, key, about }: Unsealed, recordKey: Uint8Array, place: Buffer): Sealed => {
  const fieldKey = fieldKeyOf(recordKey, place);
  const iv = freshBytes(12);
  const cipher = createCipheriv('aes-256-gcm', fieldKey, iv).setAAD(place);
  const ct = Buffer.concat([cipher.update(unsealed, 'utf8'), cipher.final()]);
  return {
    key, iv: iv.toString('base64url'), ct: ct.toString('base64url'), tag: cipher.getAuthTag().toString('base64url'),
    kc: commitmentTo(fieldKey).toString('base64url'), ...(about ? { about } : {}),
  };
};

const unseal = (value: Sealed, recordKey: Uint8Array, place: Buffer): string => {
  const fieldKey = fieldKeyOf(recordKey, place);
  const [kc, tag] = [bytes(value.kc), bytes(value.tag)];
  const commitment = commitmentTo(fieldKey);
  if (kc.length !== commitment.length || !timingSafeEqual(kc, commitment)) throw new Error('another key');
  const decipher = createDecipheriv('aes-256-gcm', fieldKey, bytes(value.iv), { authTagLength: 16 }).setAAD(place).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes(value.ct)), decipher.final()]).toString('utf8');
};

const openedWith = (keys: Keys, value: Private, eventId: string, path: string): string | null => {
  if (isUnsealed(value)) return value.unsealed;
  const key = keys.get(value.key);
  if (!key) return null;
  try {
    return unseal(value, key, placeOf(eventId, path));
  } catch {
    throw new SealBrokenError(eventId, path);
  }
};

const keysIn = (value: unknown, found: Set<RecordKeyId>): Set<RecordKeyId> => {
  if (isUnsealed(value)) found.add(value.key);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) keysIn(inner, found);
  return found;
};

/** The keys under which the values in stored data were sealed, added to those found already. */
export const sealedUnder = (value: unknown, found: Set<RecordKeyId> = new Set()): Set<RecordKeyId> => {
  if (isSealed(value)) found.add(value.key);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) sealedUnder(inner, found);
  return found;
};

const sealIn = (value: unknown, path: string, eventId: string, keys: Keys): unknown => {
  if (isUnsealed(value)) {
    const key = keys.get(value.key);
    if (!key) throw new RecordErasedError(value.key);
    return seal(value, key, placeOf(eventId, path));
  }
  if (Array.isArray(value)) return value.map((inner, i) => sealIn(inner, `${path}.${i}`, eventId, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sealIn(inner, `${path}.${name}`, eventId, keys)]));
};

class SealingVault implements Vault {
  private readonly digestKey: KeyObject;

  constructor(private readonly keys: KeyStore, digestKey: Uint8Array) {
    // Made once: taking up a key costs more than the digests that most are.
    this.digestKey = createSecretKey(digestKey);
  }

  async sealAll(events: readonly Sealable[], earlier: readonly object[] = []): Promise<readonly SealedEvent[]> {
    const needed = new Set<RecordKeyId>();
    for (const { data, reason } of events) keysIn(reason, keysIn(data, needed));
    await this.refuseLost(needed, earlier);
    const keys = needed.size > 0 ? await this.keys.ensure([...needed]) : new Map<RecordKeyId, Uint8Array>();
    try {
      return events.map(({ id, data, reason }) => ({
        data: sealIn(data, 'data', id, keys) as object,
        ...(reason ? { reason: sealIn(reason, 'reason', id, keys) as Private } : {}),
      }));
    } finally {
      wiped(keys);
    }
  }

  async open(values: readonly { readonly eventId: string; readonly path: string; readonly value: Private }[]): Promise<readonly (string | null)[]> {
    const keys = await this.keysOf([...new Set(values.filter(({ value }) => !isUnsealed(value)).map(({ value }) => value.key))]);
    try {
      return values.map(({ eventId, path, value }) => openedWith(keys, value, eventId, path));
    } finally {
      wiped(keys);
    }
  }

  /** A new key in the place of a lost one would leave what the old one sealed unreadable for good, even once it is restored. */
  private async refuseLost(needed: ReadonlySet<RecordKeyId>, earlier: readonly object[]): Promise<void> {
    const again = [...needed].filter((key) => !key.startsWith('text-')); // a text's key is its own
    if (again.length === 0 || earlier.length === 0) return;
    const used = sealedUnder(earlier);
    const [lost] = await this.keys.missing(again.filter((key) => used.has(key)));
    if (lost !== undefined) throw new KeyMissingError(lost);
  }

  private async keysOf(ids: readonly RecordKeyId[]): Promise<Keys> {
    const keys = await this.keys.get(ids);
    const absent = ids.filter((id) => !keys.has(id));
    const [lost] = absent.length > 0 ? await this.keys.missing(absent) : [];
    if (lost !== undefined) throw new KeyMissingError(lost);
    return keys;
  }

  digest(text: string): string {
    return createHmac('sha256', this.digestKey).update(text, 'utf8').digest('base64url');
  }
}

/** The key under which a folder digests ids and names; it lives in the key store like any other. */
const DIGEST_KEY = 'digest' as RecordKeyId;

/** The vault over a key store. Makes the folder's digest key when there is none yet. */
export const openVault = async (keys: KeyStore): Promise<Vault> => {
  const digestKey = (await keys.ensure([DIGEST_KEY])).get(DIGEST_KEY);
  if (!digestKey) throw new RecordErasedError(DIGEST_KEY);
  return new SealingVault(keys, digestKey);
};
