import path from 'node:path';
import type { Settings } from '#platform/settings';
import { kekFromFile, kekFromKms } from '#platform/vault';
import type { KekSource } from '#platform/vault';

/** The key-encryption key's file: the one set, else the one inside the keys folder. */
export const kekFileOf = (settings: Settings): string => settings.kekFile ?? path.join(settings.keys, 'kek');

/** Where the next key-encryption key stands while it is taken up by several processes. */
export const nextKekFileOf = (settings: Settings): string => `${kekFileOf(settings)}.next`;

/** Where the key-encryption key comes from: its file, or the service that the settings name and that opens what the file holds. */
export const kekSourceOf = ({ kms }: Settings): KekSource => (kms ? kekFromKms(kms) : kekFromFile);
