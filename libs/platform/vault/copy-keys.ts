import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { RecordKeyId } from '#kernel';
import type { Postgres, Sql } from '#platform/postgres';
import { addGeneration } from './kek-generations';
import type { Generations } from './kek-generations';
import { wrap } from './key-encryption';
import { CHECK, checkFor, ringOf, unwrapUnder } from './kek-ring';
import { layOutKeys } from './keys-table';
import type { NumberedRow } from './postgres-keys-table';
import { unwrapRow } from './unwrap-row';

const PAGE = 2_000;

const nextRows = (sql: Sql, after: string): Promise<NumberedRow[]> => sql<NumberedRow>('SELECT n, id, wrapped, generation FROM daybook.record_keys WHERE n > $1 ORDER BY n LIMIT $2', [after, PAGE]);

async function* pages(sql: Sql): AsyncGenerator<readonly NumberedRow[]> {
  for (let rows = await nextRows(sql, '0'); rows.length > 0; rows = await nextRows(sql, rows.at(-1)!.n)) yield rows;
}

const underNewest = (generations: Generations, row: NumberedRow): Buffer | null => {
  if (row.wrapped === null || row.generation === generations.wrapping) return row.wrapped;
  const key = unwrapRow(generations, row);
  try {
    return wrap(generations.keys.get(generations.wrapping)!, row.id, key);
  } finally {
    key.fill(0);
  }
};

/** Writes the wrapped keys, as they are at one moment, to a file of the shape of the key store in a folder, all under the newest key-encryption key. */
export const copyKeys = async ({ postgres, owner }: { readonly postgres: Postgres; readonly owner: string }, generations: Generations, file: string): Promise<void> => {
  fs.closeSync(fs.openSync(file, 'wx', 0o600));
  const db = new Database(file);
  try {
    layOutKeys(db);
    const note = db.prepare<[string, Buffer]>('INSERT INTO about (name, value) VALUES (?, ?)');
    note.run('owner', Buffer.from(owner, 'utf8'));
    note.run(CHECK, checkFor(generations.keys.get(generations.wrapping)!, CHECK));
    const put = db.prepare<[string, Buffer | null]>('INSERT INTO record_keys (id, wrapped) VALUES (?, ?)');
    const putAll = db.transaction((rows: readonly NumberedRow[]) => rows.forEach((row) => put.run(row.id, underNewest(generations, row))));
    await postgres.transaction(async (sql) => {
      for await (const rows of pages(sql)) putAll(rows);
    }, 'ISOLATION LEVEL REPEATABLE READ READ ONLY');
  } finally {
    db.close();
  }
};

/** Puts the keys of a backup, which was found whole, into an empty key store; false when there are keys already. */
export const putKeysBack = async (sql: Sql, { from, kek, owner }: { readonly from: string; readonly kek: Buffer; readonly owner: string }): Promise<boolean> => {
  const db = new Database(from, { readonly: true });
  try {
    const ring = ringOf(db, kek);
    const [claimed] = await sql('INSERT INTO daybook.key_owner (owner) VALUES ($1) ON CONFLICT DO NOTHING RETURNING owner', [owner]);
    if (!claimed) return false;
    const generation = await addGeneration(sql, ring.wrapping);
    const some = db.prepare<[number, number], { n: number; id: RecordKeyId; wrapped: Buffer | null }>('SELECT n, id, wrapped FROM record_keys WHERE n > ? ORDER BY n LIMIT ?');
    for (let rows = some.all(0, PAGE); rows.length > 0; rows = some.all(rows.at(-1)!.n, PAGE)) {
      const anew = rows.map(({ id, wrapped }) => wrapped && wrap(ring.wrapping, id, unwrapUnder(ring, id, wrapped)));
      await sql('INSERT INTO daybook.record_keys (id, wrapped, generation) SELECT id, wrapped, $3 FROM unnest($1::text[], $2::bytea[]) AS r (id, wrapped)', [rows.map(({ id }) => id), anew, generation]);
    }
    return true;
  } finally {
    db.close();
  }
};
