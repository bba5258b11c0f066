import fs from 'node:fs';
import Database from 'better-sqlite3';
import type { Projection } from './projection';
import type { Checkpoint } from './read-store';
import { createIndexes, createTable, dropTables, ownTables, shapeOf } from './schema';

export interface Parked {
  readonly stream: string;
  readonly revision: number;
  readonly error: string;
}

interface CheckpointRow extends Checkpoint {
  readonly projection: string;
  readonly version: number;
  readonly shape: string;
  readonly tables: string;
}

export const AT_START: Checkpoint = { position: '', number: -1 };

const unreadable = (error: unknown): boolean =>
  ['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(String((error as { code?: unknown }).code));

/** Takes a file of read models away with its journals. */
export const removeReadFile = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) fs.rmSync(file + suffix, { force: true });
};

const openFile = (file: string): Database.Database => {
  const db = new Database(file, { timeout: 5000 });
  try {
    db.pragma('journal_mode = WAL');
    // NORMAL may lose the last batches in a power cut, rows and checkpoint together: the log still has their events, and they are applied again.
    db.pragma('synchronous = NORMAL');
    db.pragma('journal_size_limit = 67108864');
    db.pragma('cache_size = -32768');
    db.exec(ownTables());
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Opens the file for its one writer. A file that is no database any more is made anew: nothing in it is original. */
export const openForProjecting = (file: string): Database.Database => {
  try {
    return openFile(file);
  } catch (error) {
    if (!unreadable(error)) throw error;
    removeReadFile(file);
    return openFile(file);
  }
};

/** A side file for a build. It is thrown away when anything goes wrong, so nothing in it needs to survive. */
export const openSideFile = (file: string): Database.Database => {
  removeReadFile(file);
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('cache_size = -12288');
  db.exec(ownTables());
  return db;
};

const statementsOf = (db: Database.Database) => ({
  checkpoint: db.prepare<[string], CheckpointRow>('SELECT * FROM checkpoints WHERE projection = ?'),
  names: db.prepare<[], string>('SELECT projection FROM checkpoints').pluck(),
  lay: db.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?)'),
  save: db.prepare('UPDATE checkpoints SET position = ?, number = ? WHERE projection = ?'),
  clear: db.prepare('DELETE FROM checkpoints WHERE projection = ?'),
  parked: db.prepare<[string], Parked>('SELECT stream, revision, error FROM parked WHERE projection = ? ORDER BY stream'),
  park: db.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?)'),
  unpark: db.prepare('DELETE FROM parked WHERE projection = ? AND stream = ?'),
  unparkAll: db.prepare('DELETE FROM parked WHERE projection = ?'),
});

/** Checkpoints and parked streams of one file of read models. */
export class ReadFile {
  private readonly sql: ReturnType<typeof statementsOf>;

  constructor(readonly db: Database.Database) {
    this.sql = statementsOf(db);
  }

  /** Undefined when the projection has no tables here, or tables of another version or shape. */
  checkpoint(projection: Projection): Checkpoint | undefined {
    const row = this.sql.checkpoint.get(projection.name);
    const current = row?.version === projection.version && row.shape === shapeOf(projection);
    return row && current ? { position: row.position, number: row.number } : undefined;
  }

  /** The version whose tables are here; undefined when there are none. */
  version(name: string): number | undefined {
    return this.sql.checkpoint.get(name)?.version;
  }

  saveCheckpoint({ name }: Projection, { position, number }: Checkpoint): void {
    this.sql.save.run(position, number, name);
  }

  /** Makes empty tables for a projection in the place of what it had, at the start of the log; indexes come with them unless left for later. */
  lay(projection: Projection, { indexed }: { readonly indexed: boolean }): void {
    const { name, version, tables } = projection;
    this.clear(name);
    for (const table of tables) this.db.exec(createTable(table) + (indexed ? createIndexes(table) : ''));
    this.sql.lay.run(name, version, shapeOf(projection), JSON.stringify(tables.map((table) => table.name)), AT_START.position, AT_START.number);
  }

  index(projection: Projection): void {
    for (const table of projection.tables) this.db.exec(createIndexes(table));
  }

  /** Takes away what is there of projections that the program no longer has. */
  clearAllBut(names: readonly string[]): void {
    for (const name of this.sql.names.all()) if (!names.includes(name)) this.clear(name);
  }

  parked(name: string): Parked[] {
    return this.sql.parked.all(name);
  }

  park(name: string, { stream, revision, error }: Parked): void {
    this.sql.park.run(name, stream, revision, error);
  }

  unpark(name: string, stream: string): void {
    this.sql.unpark.run(name, stream);
  }

  private clear(name: string): void {
    const tables = this.sql.checkpoint.get(name)?.tables;
    this.db.exec(dropTables(tables === undefined ? [] : JSON.parse(tables) as string[]));
    this.sql.clear.run(name);
    this.sql.unparkAll.run(name);
  }
}
