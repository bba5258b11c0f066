import fs from 'node:fs';
import path from 'node:path';
import type { Settings } from '#platform/settings';
import { replaceDurably } from '#platform/vault';
import type { KekSource, KeptKeyStore } from '#platform/vault';
import { FolderError } from './errors';
import { kekFileOf, kekSourceOf, nextKekFileOf } from './kek-place';

/**
 * Wraps the keys of a folder under the key-encryption key of a new file. Where the old file is Daybook's own, the new one takes its place;
 * a file that the settings name is its custodian's: the answer is then `waiting` until the new key stands there, and the next start, or the
 * same call again, ends the rotation.
 * @throws FolderError when other processes would not find the new key; @throws KeyEncryptionError when the new file holds no key; @throws StoreUnavailableError
 */
export const rotateKek = async (settings: Settings, keys: KeptKeyStore, newFile: string, source: KekSource = kekSourceOf(settings)): Promise<'in place' | 'waiting'> => {
  refuseElsewhere(settings, newFile);
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
    await keys.settleRotation();
    if (settings.kekFile === undefined && settings.state) fs.rmSync(newFile);
    return 'in place';
  } finally {
    next.fill(0);
  }
};

/** Every process that shares keys in PostgreSQL, and every start after a crash, needs both keys until the rotation has ended: the second where it is looked for. */
const refuseElsewhere = (settings: Settings, newFile: string): void => {
  const place = nextKekFileOf(settings);
  if (settings.state && path.resolve(newFile) !== place)
    throw new FolderError('KEK_NEXT_ELSEWHERE', `keys in PostgreSQL are read by several processes, which all need the new key-encryption key: put it at ${place} wherever one runs, then run: daybook keys rotate --new-kek ${place}`);
};
