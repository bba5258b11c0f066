import { createHash } from 'node:crypto';
import type { Projection, Table } from './projection';

// `recorded_prefix` has one row for each distinct running maximum of `recordedAt`: the number of the last event that it still covers.
const OWN_TABLES = `
  CREATE TABLE IF NOT EXISTS checkpoints (
    projection TEXT PRIMARY KEY, version INTEGER NOT NULL, shape TEXT NOT NULL, tables TEXT NOT NULL, position TEXT NOT NULL, number INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parked (
    projection TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL, error TEXT NOT NULL, PRIMARY KEY (projection, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS recorded_prefix (upto_ms INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;
`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A list of columns as SQL. */
export const columnList = (names: readonly string[]): string => names.map(quoted).join(', ');

/** A table as SQL, in the file itself (`main`) or in one attached to it. */
export const tableIn = (schema: string, table: Pick<Table, 'name'>): string => `${quoted(schema)}.${quoted(table.name)}`;

/** SQL that makes the tables every file of read models has. */
export const ownTables = (): string => OWN_TABLES;

/** SQL that makes an empty table. Rows lie in the order of their key, which is also the order of digests. */
export const createTable = (table: Table, schema = 'main'): string => {
  const columns = Object.entries(table.columns).map(([name, type]) => `${quoted(name)} ${type}`);
  return `CREATE TABLE ${tableIn(schema, table)} (${columns.join(', ')}, PRIMARY KEY (${columnList(table.key)})) STRICT, WITHOUT ROWID;`;
};

/** SQL that makes a table's indexes. */
export const createIndexes = (table: Table, schema = 'main'): string =>
  (table.indexes ?? []).map((body, i) => `CREATE INDEX ${tableIn(schema, { name: `${table.name}_${i + 1}` })} ON ${quoted(table.name)} ${body};`).join('\n');

/** SQL that takes tables away with their indexes. */
export const dropTables = (names: readonly string[]): string =>
  names.map((name) => `DROP TABLE IF EXISTS ${tableIn('main', { name })};`).join('\n');

/** Digest of a projection's tables, so that a changed table is noticed even when its version was not raised. */
export const shapeOf = ({ tables }: Projection): string =>
  createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, 16);
