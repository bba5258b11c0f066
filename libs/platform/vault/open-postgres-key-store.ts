import { layOut, Notices } from '#platform/postgres';
import type { Postgres } from '#platform/postgres';
import { checkWhole } from './open-file-key-store';
import { putKeysBack } from './copy-keys';
import { addGeneration, generationsOf } from './kek-generations';
import type { KeksAtHand } from './kek-generations';
import { KeyEncryptionError } from './key-encryption';
import { PostgresKeyStore } from './postgres-key-store';
import { DESTROYED, DESTRUCTIONS, keysPart } from './postgres-keys-table';

export interface PostgresKeyStoreOptions {
  readonly postgres: Postgres;
  /** The key-encryption keys that there are, read anew at each call: copies, which are wiped. */
  readonly atHand: KeksAtHand;
  /** Whose keys these are. Keys of another are refused. */
  readonly owner: string;
  /** Makes an empty key store; without it a missing one is an error, because new keys could open nothing. */
  readonly create?: boolean;
}

const claim = ({ postgres, atHand, owner }: PostgresKeyStoreOptions): Promise<void> =>
  postgres.transaction(async (sql) => {
    // Whoever comes second waits here for the first.
    const [claimed] = await sql('INSERT INTO daybook.key_owner (owner) VALUES ($1) ON CONFLICT DO NOTHING RETURNING owner', [owner]);
    if (!claimed) return;
    const [kek] = await atHand();
    if (!kek) throw new KeyEncryptionError('there is no key-encryption key');
    await addGeneration(sql, kek);
  });

/** Whose keys a PostgreSQL holds; undefined when it holds none. */
export const ownerOfKeys = async (postgres: Postgres): Promise<string | undefined> => {
  await layOut(postgres, keysPart);
  return (await postgres.query<{ owner: string }>('SELECT owner FROM daybook.key_owner'))[0]?.owner;
};

/**
 * The key store of a data folder in the schema `daybook` of a PostgreSQL: keys wrapped by the key-encryption key, which never goes there. Any number of
 * processes may have it open.
 * @throws KeyEncryptionError when there are no keys, they are another's, or the key-encryption key does not fit; @throws StoreUnavailableError
 */
export const openPostgresKeyStore = async (options: PostgresKeyStoreOptions): Promise<PostgresKeyStore> => {
  const { postgres, atHand, owner, create = false } = options;
  await layOut(postgres, keysPart);
  if (create) await claim(options);
  const found = await ownerOfKeys(postgres);
  if (found === undefined) throw new KeyEncryptionError('there are no keys in this PostgreSQL; restore them with: daybook keys restore FILE');
  if (found !== owner) throw new KeyEncryptionError('the keys in this PostgreSQL belong to another data folder');
  const generations = await generationsOf(postgres.query, atHand);
  const notices = (onChange: () => void): Notices => new Notices(postgres, { channel: DESTROYED, state: DESTRUCTIONS, onChange });
  return new PostgresKeyStore({ postgres, owner, generations, atHand, notices }).listen();
};

/**
 * Puts backed-up keys into a PostgreSQL that holds none; false when it holds some.
 * @throws KeyEncryptionError when the file holds no whole keys or they do not open under this key-encryption key
 */
export const putKeysIntoPostgres = async (postgres: Postgres, from: string, kek: Buffer): Promise<boolean> => {
  const owner = checkWhole(from, kek);
  await layOut(postgres, keysPart);
  return postgres.transaction((sql) => putKeysBack(sql, { from, kek, owner }));
};
