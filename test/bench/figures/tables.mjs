// Read models in a file of their own, laid out as the product lays them out, written in bulk.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Database = require('better-sqlite3');
const { createIndexes, createTable } = require('../../../dist/libs/platform/read-store/schema.js');

const upsert = ({ name, columns }) => `INSERT OR REPLACE INTO ${name} VALUES (${Object.keys(columns).map(() => '?').join(', ')})`;

export const openTables = (file, projection) => {
  const db = new Database(file);
  // As a rebuild writes its side file; `live` turns to what the projector writes with.
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -98304');
  db.exec('CREATE TABLE parked (projection TEXT, stream TEXT, revision INTEGER, error TEXT); CREATE TABLE checkpoints (projection TEXT, position TEXT, number INTEGER)');
  db.prepare('INSERT INTO checkpoints VALUES (?, ?, ?)').run(projection.name, '', -1);
  for (const table of projection.tables) db.exec(createTable(table));
  const writers = new Map(projection.tables.map((table) => [table.name, { columns: Object.keys(table.columns), statement: db.prepare(upsert(table)) }]));
  const checkpoint = db.prepare('UPDATE checkpoints SET position = ?, number = ?');
  const set = ({ table, set: row }) => {
    const { columns, statement } = writers.get(table);
    statement.run(columns.map((column) => row[column] ?? null));
  };
  const write = db.transaction((rows, number) => {
    for (const patch of rows) set(patch);
    if (number !== undefined) checkpoint.run(String(number + 1), number);
  });
  const index = () => { for (const table of projection.tables) db.exec(createIndexes(table)); };
  const live = () => {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
  };
  return { db, write, index, live };
};

/** A reading connection as the product's. */
export const openReads = (file, recorded) => {
  const db = new Database(file, { readonly: true });
  db.pragma('cache_size = -65536');
  const statements = new Map();
  const statement = (sql) => {
    if (!statements.has(sql)) statements.set(sql, db.prepare(sql));
    return statements.get(sql);
  };
  const listeners = new Set();
  return {
    db: {
      all: (sql, ...values) => statement(sql).all(...values),
      get: (sql, ...values) => statement(sql).get(...values),
      iterate: (sql, ...values) => statement(sql).iterate(...values),
      snapshot: (query) => (db.inTransaction ? query() : db.transaction(query).deferred()),
    },
    numberRecordedBy: (ms) => {
      let [low, high] = [0, recorded.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (recorded[middle] <= ms) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },
    onBatch: (listener) => listeners.add(listener),
    tell: () => listeners.forEach((listener) => listener()),
    close: () => db.close(),
  };
};
