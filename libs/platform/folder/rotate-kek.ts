import fs from 'node:fs';
import type { Settings } from '#platform/settings';
import { replaceDurably } from '#platform/vault';
import type { FileKeyStore, KekSource } from '#platform/vault';
import { kekFileOf, kekSourceOf } from './folder';

/**
 * Wraps the keys of a folder under the key-encryption key of a new file. Where the old file is Daybook's own, the new one takes its place;
 * a file that the settings name is its custodian's: the answer is then `waiting` until the new key stands there, and the next start, or the
 * same call again, ends the rotation.
 * @throws KeyEncryptionError when the new file holds no key; @throws StoreUnavailableError
 */
export const rotateKek = async (settings: Settings, keys: FileKeyStore, newFile: string, source: KekSource = kekSourceOf(settings)): Promise<'in place' | 'waiting'> => {
  const next = await source.read(newFile);
  const file = kekFileOf(settings);
  try {
    await keys.rotate(next);
    // If it dies from here on, the keys open with the old file and with the new one.
    if (settings.kekFile === undefined) replaceDurably(file, fs.readFileSync(newFile));
    const atHand = await source.read(file);
    const inPlace = atHand.equals(next);
    atHand.fill(0);
    if (!inPlace) return 'waiting';
    keys.settleRotation();
    return 'in place';
  } finally {
    next.fill(0);
  }
};
