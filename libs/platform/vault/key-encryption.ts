import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { freshBytes } from './fresh-bytes';

/** The key-encryption key is missing, too open, or not the one that wrapped these keys. Says what to do, holds no key material. */
export class KeyEncryptionError extends Error {
  override readonly name = 'KeyEncryptionError';
  readonly code = 'KEY_ENCRYPTION';
}

const KEY_BYTES = 32;
/** How sentences call it. */
export const KEK = 'the key-encryption key';

/** Makes a new file that only its owner may read. Never overwrites; the file and its name are on disk when it returns. */
export const makeDurably = (file: string, content: string | Uint8Array = ''): void => {
  const handle = fs.openSync(file, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, content);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  syncName(file);
};

/** Has the folder of a file on disk, and so the file's name. */
export const syncName = (file: string): void => {
  const folder = fs.openSync(path.dirname(file), 'r');
  fs.fsyncSync(folder);
  fs.closeSync(folder);
};

/** Puts new content in the place of a file, so that the file is the old one or the new one, whole, whenever it dies. */
export const replaceDurably = (file: string, content: Uint8Array): void => {
  const arriving = `${file}.arriving`;
  fs.rmSync(arriving, { force: true });
  makeDurably(arriving, content);
  fs.renameSync(arriving, file);
  syncName(file);
};

/** Makes a key-encryption key in a new file, which is whole from the moment on that it is there. Never overwrites. */
export const makeKekFile = (file: string): void => {
  const arriving = `${file}.arriving`;
  fs.rmSync(arriving, { force: true });
  makeDurably(arriving, `${randomBytes(KEY_BYTES).toString('base64url')}\n`);
  fs.linkSync(arriving, file);
  fs.rmSync(arriving);
  syncName(file);
};

/**
 * The words in a file that nobody but its owner may read.
 * @throws KeyEncryptionError when it is missing or open to others
 */
export const readSecretFile = (file: string, what: string): string => {
  try {
    const { mode } = fs.statSync(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new KeyEncryptionError(`${file} may be read by other accounts; restrict it to its owner (chmod 600)`);
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof KeyEncryptionError) throw error;
    throw new KeyEncryptionError(`${what} ${file} cannot be read; put it back from where it is kept safe`);
  }
};

/**
 * The key-encryption key: 32 bytes written as base64url or hexadecimal.
 * @throws KeyEncryptionError when the file is missing, open to others or not such a key
 */
export const readKekFile = (file: string): Buffer => {
  const text = readSecretFile(file, KEK);
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64url');
  if (key.length !== KEY_BYTES || !/^[\w-]+$/.test(text)) throw new KeyEncryptionError(`${file} does not hold a key of 32 bytes (base64url or hexadecimal)`);
  return key;
};

/** A record key as it is stored: iv, wrapped key, tag. Bound to its id, so that two rows cannot be exchanged. */
export const wrap = (kek: Buffer, id: string, key: Uint8Array): Buffer => {
  const iv = freshBytes(12);
  const cipher = createCipheriv('aes-256-gcm', kek, iv).setAAD(Buffer.from(id, 'utf8'));
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
};

/** @throws KeyEncryptionError when it was wrapped by another key, for another id, or altered */
export const unwrap = (kek: Buffer, id: string, wrapped: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(id, 'utf8')).setAuthTag(wrapped.subarray(-16));
    return Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]);
  } catch {
    throw new KeyEncryptionError(`the wrapped key ${id} does not open under this key-encryption key`);
  }
};
