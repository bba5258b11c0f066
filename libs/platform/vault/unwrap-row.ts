import { KeyEncryptionError, unwrap } from './key-encryption';
import type { Generations } from './kek-generations';
import type { KeyRow } from './postgres-keys-table';

/** @throws KeyEncryptionError when its key-encryption key is not at hand, or the row was altered */
export const unwrapRow = ({ keys }: Generations, { id, wrapped, generation }: KeyRow): Buffer => {
  const kek = keys.get(generation);
  if (!kek) throw new KeyEncryptionError(`the wrapped key ${id} is under another key-encryption key: have the old file and, with .next at its end, the new one beside it until the rotation has ended`);
  return unwrap(kek, id, wrapped!);
};
