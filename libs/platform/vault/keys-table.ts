import type Database from 'better-sqlite3';

// Wrapped keys stand in the order in which they were made, each as long as any other, so that no row is ever moved to another page. A page
// that gives rows to a neighbour keeps what they held in its slack, also under `secure_delete`, and a destroyed key would live on there.
const TABLES = `
  CREATE TABLE IF NOT EXISTS record_keys (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, wrapped BLOB);
  CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;`;

const isByName = (db: Database.Database): boolean => {
  const { sql } = (db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'record_keys'").get() as { sql: string } | undefined) ?? { sql: '' };
  return sql.includes('WITHOUT ROWID');
};

/** The first shape of the table had its rows in the order of their ids. The whole file is written anew, and with it its slack. */
const inOrderOfMaking = (db: Database.Database): void => {
  db.transaction(() => {
    db.exec('ALTER TABLE record_keys RENAME TO record_keys_by_name');
    db.exec(TABLES);
    db.exec('INSERT INTO record_keys (id, wrapped) SELECT id, wrapped FROM record_keys_by_name ORDER BY id');
    db.exec('DROP TABLE record_keys_by_name');
  }).immediate();
  // If it dies here, the old slack stays; a rotation of the key-encryption key makes it worthless.
  db.exec('VACUUM');
};

/** Makes the tables of a key store where there are none, and gives those of an older program today's shape. */
export const layOutKeys = (db: Database.Database): void => {
  if (isByName(db)) inOrderOfMaking(db);
  else db.exec(TABLES);
};
