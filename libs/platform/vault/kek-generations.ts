import type { Sql } from '#platform/postgres';
import { KeyEncryptionError, unwrap } from './key-encryption';
import { checkFor } from './kek-ring';

/** The key-encryption keys at hand: the one in use and, while it is being taken up, the next. */
export type KeksAtHand = () => Promise<readonly Buffer[]>;

/** Under which key-encryption key each generation of wrapped keys opens. New keys are wrapped under `wrapping`. */
export interface Generations {
  readonly wrapping: number;
  /** Whether keys may still be wrapped under an earlier generation, whose key need not be at hand. */
  readonly rotating: boolean;
  readonly keys: ReadonlyMap<number, Buffer>;
}

interface Row {
  readonly generation: number;
  readonly opens: Buffer;
  readonly wrapping: boolean;
}

const nameOf = (generation: number): string => `kek-${generation}`;

const opensUnder = (kek: Buffer, { generation, opens }: Row): boolean => {
  try {
    unwrap(kek, nameOf(generation), opens).fill(0);
    return true;
  } catch {
    return false;
  }
};

const notAtHand = (rows: readonly Row[]): KeyEncryptionError => new KeyEncryptionError(rows.length === 1
  ? 'the key-encryption key is not the one that these keys were wrapped with'
  : 'a new key-encryption key is being taken up: put its file beside the old one, under the same name with .next at its end');

/** @throws KeyEncryptionError when the key-encryption key under which new keys are wrapped is not at hand */
export const generationsOf = async (sql: Sql, atHand: KeksAtHand): Promise<Generations> => {
  const rows = await sql<Row>('SELECT generation, opens, wrapping FROM daybook.keks ORDER BY generation');
  const keks = await atHand();
  const keys = new Map(rows.flatMap((row) => keks.filter((kek) => opensUnder(kek, row)).slice(0, 1).map((kek) => [row.generation, Buffer.from(kek)] as const)));
  for (const kek of keks) kek.fill(0);
  const wrapping = rows.find((row) => row.wrapping);
  if (!wrapping || !keys.has(wrapping.generation)) throw notAtHand(rows);
  return { wrapping: wrapping.generation, rotating: rows.length > 1, keys };
};

/**
 * Notes a further generation, under which new keys are wrapped from here on. Neither key is written down, not even wrapped with the other:
 * what a server's log and backups keep would lead from one to the next for good.
 */
export const addGeneration = async (sql: Sql, kek: Buffer): Promise<number> => {
  // Waits for whoever is adding keys under the one before.
  const [last] = await sql<{ generation: number }>('UPDATE daybook.keks SET wrapping = false WHERE wrapping RETURNING generation');
  const generation = (last?.generation ?? 0) + 1;
  await sql('INSERT INTO daybook.keks (generation, opens, wrapping) VALUES ($1, $2, true)', [generation, checkFor(kek, nameOf(generation))]);
  return generation;
};

export const wipe = ({ keys }: Generations): void => {
  for (const key of keys.values()) key.fill(0);
};
