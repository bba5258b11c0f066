import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { KeyEncryptionError, unwrap, wrap } from './key-encryption';

/** The key-encryption keys under which keys of a store may be wrapped. `older`: while a new one is being taken up. */
export interface KekRing {
  /** New keys are wrapped with it. */
  readonly wrapping: Buffer;
  readonly older?: Buffer;
}

// Rows of `about`. The last three stand there while a new key-encryption key is being taken up: with either of the two, both can be had.
export const CHECK = 'kek-check';
export const NEXT_CHECK = 'kek-next-check';
/** The new key wrapped with the old. */
export const NEXT = 'kek-next';
/** The old key wrapped with the new. */
export const PREVIOUS = 'kek-previous';

/** A value that opens under this key-encryption key alone. */
export const checkFor = (kek: Buffer, name: string): Buffer => wrap(kek, name, randomBytes(32));

/** @throws KeyEncryptionError when it opens under none of them */
export const unwrapUnder = ({ wrapping, older }: KekRing, id: string, wrapped: Buffer): Buffer => {
  if (!older) return unwrap(wrapping, id, wrapped);
  return attempted(() => unwrap(wrapping, id, wrapped)) ?? unwrap(older, id, wrapped);
};

const attempted = (open: () => Buffer): Buffer | undefined => {
  try {
    return open();
  } catch (error) {
    if (error instanceof KeyEncryptionError) return undefined;
    throw error;
  }
};

/**
 * What these keys open with, given the key-encryption key that is at hand: the only one, the old or the new.
 * @throws KeyEncryptionError when it is none of them
 */
export const ringOf = (db: Database.Database, kek: Buffer): KekRing => {
  const find = db.prepare<[string], { value: Buffer }>('SELECT value FROM about WHERE name = ?');
  const opened = (name: string): Buffer | undefined => {
    const row = find.get(name);
    return row && attempted(() => unwrap(kek, name, row.value));
  };
  if (opened(NEXT_CHECK)) return { wrapping: kek, older: opened(PREVIOUS)! };
  if (!opened(CHECK)) throw new KeyEncryptionError('the key-encryption key is not the one that these keys were wrapped with');
  const next = opened(NEXT);
  return next ? { wrapping: next, older: kek } : { wrapping: kek };
};
