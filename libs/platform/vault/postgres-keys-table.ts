import type { SchemaPart, Sql } from '#platform/postgres';

/** Tables of the key store. The wrapped keys are never moved out of their rows, and their file is written anew when one is destroyed. */
export const keysPart: SchemaPart = {
  name: 'keys',
  steps: [`
    CREATE TABLE daybook.record_keys (
      n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE, wrapped bytea, generation integer NOT NULL DEFAULT 0);
    ALTER TABLE daybook.record_keys ALTER wrapped SET STORAGE PLAIN;
    CREATE TABLE daybook.keks (generation integer PRIMARY KEY, opens bytea NOT NULL, wrapping boolean NOT NULL);
    CREATE UNIQUE INDEX keks_wrapping ON daybook.keks (wrapping) WHERE wrapping;
    CREATE TABLE daybook.key_owner (one boolean PRIMARY KEY DEFAULT true CHECK (one), owner text NOT NULL, destructions bigint NOT NULL DEFAULT 0);`],
};

/** Rows of wrapped keys; `wrapped` is null where the key was destroyed. */
export interface KeyRow {
  readonly id: string;
  readonly wrapped: Buffer | null;
  readonly generation: number;
}
/** `n` tells the order of their making. */
export type NumberedRow = KeyRow & { readonly n: string };

/** Heard by every process when keys were destroyed. */
export const DESTROYED = 'daybook_keys_destroyed';
/** Changes with every destruction. */
export const DESTRUCTIONS = 'SELECT destructions::text AS state FROM daybook.key_owner';

export const rowsOf = (sql: Sql, ids: readonly string[]): Promise<KeyRow[]> =>
  sql<KeyRow>('SELECT id, wrapped, generation FROM daybook.record_keys WHERE id = ANY($1)', [ids]);

/** Adds wrapped keys where there are none, as long as new ones are wrapped under this generation; gives the ids of those added. Of two who add the same the first wins. */
export const addRows = async (sql: Sql, made: readonly { readonly id: string; readonly wrapped: Buffer }[], generation: number): Promise<ReadonlySet<string>> => {
  const added = await sql<{ id: string }>(`
    WITH current AS MATERIALIZED (SELECT 1 FROM daybook.keks WHERE generation = $3 AND wrapping FOR SHARE)
    INSERT INTO daybook.record_keys (id, wrapped, generation) SELECT id, wrapped, $3 FROM unnest($1::text[], $2::bytea[]) AS made (id, wrapped) CROSS JOIN current
    ON CONFLICT (id) DO NOTHING RETURNING id`, [made.map(({ id }) => id), made.map(({ wrapped }) => wrapped), generation]);
  return new Set(added.map(({ id }) => id));
};

/** Forgets wrapped keys, also those that were never made, and tells the other processes. */
export const destroyRows = async (sql: Sql, ids: readonly string[]): Promise<void> => {
  await sql(`INSERT INTO daybook.record_keys (id, wrapped) SELECT id, NULL FROM unnest($1::text[]) AS gone (id) ON CONFLICT (id) DO UPDATE SET wrapped = NULL`, [ids]);
  await sql('UPDATE daybook.key_owner SET destructions = destructions + 1');
  await sql(`NOTIFY ${DESTROYED}`);
};

/** The next wrapped keys, in the order of their making, that are of another generation; locked until the transaction ends. */
export const rowsToRewrap = (sql: Sql, generation: number, after: string, limit: number): Promise<NumberedRow[]> =>
  sql<NumberedRow>('SELECT n, id, wrapped, generation FROM daybook.record_keys WHERE n > $2 AND generation <> $1 AND wrapped IS NOT NULL ORDER BY n LIMIT $3 FOR UPDATE', [generation, after, limit]);

export const putRewrapped = async (sql: Sql, rows: readonly { readonly n: string; readonly wrapped: Buffer }[], generation: number): Promise<void> => {
  await sql(`UPDATE daybook.record_keys AS k SET wrapped = r.wrapped, generation = $3 FROM unnest($1::bigint[], $2::bytea[]) AS r (n, wrapped) WHERE k.n = r.n`,
    [rows.map(({ n }) => n), rows.map(({ wrapped }) => wrapped), generation]);
};
