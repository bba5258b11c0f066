import fs from 'node:fs';
import { Postgres } from '#platform/postgres';
import type { Settings } from '#platform/settings';
import { copyKeysBack, makeKekFile, openPostgresKeyStore, openThreadedKeyStore, ownerOfKeys, putKeysIntoPostgres, readSecretFile } from '#platform/vault';
import type { KeksAtHand, KeptKeyStore } from '#platform/vault';
import { kekFileOf, kekSourceOf, nextKekFileOf } from './kek-place';

/** The PostgreSQL that the settings name; undefined when they name none. Nothing is asked of it yet. @throws KeyEncryptionError when its password cannot be read */
export const openState = ({ state }: Settings): Postgres | undefined => {
  if (!state) return undefined;
  const { passwordFile, ...target } = state;
  return new Postgres(passwordFile === undefined ? target : { ...target, password: readSecretFile(passwordFile, 'the password of PostgreSQL') });
};

const keksAtHand = (settings: Settings): KeksAtHand => async () => {
  const source = kekSourceOf(settings);
  const next = nextKekFileOf(settings);
  return [await source.read(kekFileOf(settings)), ...(fs.existsSync(next) ? [await source.read(next)] : [])];
};

/**
 * The keys of a data folder, where the settings say that they are: in its keys folder, or in the PostgreSQL that was opened.
 * @throws KeyEncryptionError; @throws StoreUnavailableError
 */
export const openKeys = async (settings: Settings, postgres: Postgres | undefined, owner: string, create = false): Promise<KeptKeyStore> => {
  if (postgres) return openPostgresKeyStore({ postgres, atHand: keksAtHand(settings), owner, create });
  const kekFile = kekFileOf(settings);
  return openThreadedKeyStore({ folder: settings.keys, kekFile, kek: await kekSourceOf(settings).read(kekFile), owner, create });
};

const withState = async <T>(settings: Settings, work: (postgres: Postgres | undefined) => Promise<T>): Promise<T> => {
  const postgres = openState(settings);
  try {
    return await work(postgres);
  } finally {
    await postgres?.close();
  }
};

/** Whose keys a folder shares that is to hold a copy of a log which others hold too; undefined where it shares none. */
export const ownerOfShared = (settings: Settings): Promise<string | undefined> =>
  withState(settings, async (postgres) => (settings.eventStore !== undefined && postgres ? ownerOfKeys(postgres) : undefined));

/** Makes the keys of a new folder, and a key-encryption key where the settings name none. */
export const makeKeys = async (settings: Settings, owner: string): Promise<void> => {
  fs.mkdirSync(settings.keys, { recursive: true, mode: 0o700 });
  if (settings.kekFile === undefined && !fs.existsSync(kekFileOf(settings))) makeKekFile(kekFileOf(settings));
  await withState(settings, async (postgres) => (await openKeys(settings, postgres, owner, true)).close());
};

/** Puts backed-up keys where the settings say that they are; false when there are keys already. */
export const putKeysBack = (settings: Settings, from: string, kek: Buffer): Promise<boolean> =>
  withState(settings, async (postgres) => (postgres ? putKeysIntoPostgres(postgres, from, kek) : copyKeysBack({ from, folder: settings.keys, kek })));
