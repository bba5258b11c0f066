import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Cell, Projection, Table } from './projection';
import type { RebuildReport } from './read-store';
import { columnList, tableIn } from './schema';

type Difference = RebuildReport['differences'][number];

const parkedTable: Pick<Table, 'name' | 'columns' | 'key'> = {
  name: 'parked', key: ['stream'], columns: { stream: 'TEXT NOT NULL', revision: 'INTEGER NOT NULL' },
};

/** A table of the projection, or its part of the table of parked streams, as SQL that can be read from. */
const sourceOf = (projection: Projection, table: Pick<Table, 'name' | 'columns'>, schema: string): string => {
  const chosen = table === parkedTable ? ` WHERE projection = '${projection.name.replaceAll("'", "''")}'` : '';
  return `(SELECT ${columnList(Object.keys(table.columns))} FROM ${tableIn(schema, table)}${chosen})`;
};

const inKeyOrder = (projection: Projection, table: Pick<Table, 'name' | 'columns' | 'key'>, schema: string): string =>
  `SELECT * FROM ${sourceOf(projection, table, schema)} ORDER BY ${columnList(table.key)}`;

/**
 * SHA-256 (hex) over a projection's rows in the order of their keys, table by table, with the streams it has parked. Nothing of ours is in it
 * that depends on when or how the rows were written.
 */
export const digestOf = (db: Database, projection: Projection, schema = 'main'): string => {
  const hash = createHash('sha256');
  for (const table of [...projection.tables, parkedTable]) {
    hash.update(`${JSON.stringify([table.name, Object.keys(table.columns)])}\n`);
    let lines = '';
    for (const row of db.prepare<[], Cell[]>(inKeyOrder(projection, table, schema)).raw().iterate()) {
      lines += `${JSON.stringify(row)}\n`;
      if (lines.length < 65_536) continue;
      hash.update(lines);
      lines = '';
    }
    hash.update(lines);
  }
  return hash.digest('hex');
};

/** The first rows (at most `limit`) that differ between the live tables and those rebuilt in the attached file. */
export const differencesOf = (db: Database, projection: Projection, rebuilt: string, limit = 10): Difference[] => {
  const differences: Difference[] = [];
  for (const table of [...projection.tables, parkedTable]) {
    const left = limit - differences.length;
    if (left > 0) differences.push(...differencesIn(db, projection, table, rebuilt, left));
  }
  return differences;
};

const differencesIn = (
  db: Database, projection: Projection, table: Pick<Table, 'name' | 'columns' | 'key'>, rebuilt: string, limit: number,
): Difference[] => {
  const names = Object.keys(table.columns);
  const [live, side] = [sourceOf(projection, table, 'main'), sourceOf(projection, table, rebuilt)];
  const keys = db.prepare<[number], Cell[]>(`
    SELECT DISTINCT ${columnList(table.key)} FROM (
      SELECT * FROM (SELECT * FROM ${live} EXCEPT SELECT * FROM ${side})
      UNION ALL SELECT * FROM (SELECT * FROM ${side} EXCEPT SELECT * FROM ${live})
    ) ORDER BY ${columnList(table.key)} LIMIT ?`).raw().all(limit);
  const one = (source: string, key: Cell[]): string | null => {
    const where = table.key.map((name) => `${columnList([name])} = ?`).join(' AND ');
    const row = db.prepare<Cell[], Cell[]>(`SELECT * FROM ${source} WHERE ${where}`).raw().get(...key);
    return row ? JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i]]))) : null;
  };
  return keys.map((key) => ({ table: table.name, key: JSON.stringify(key), live: one(live, key), rebuilt: one(side, key) }));
};
