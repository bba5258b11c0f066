import fs from 'node:fs';
import Database from 'better-sqlite3';

/** One key with its different values, ascending, each with how often it was added. */
export interface StagedGroup {
  readonly key: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/**
 * A pile of rows on disk that comes back sorted and grouped, in the same memory however many there are. Nothing in it is meant to last:
 * no journal on disk, no sync; what a dead process leaves behind is removed by the next.
 */
export interface Staging {
  /** `place` says where the row came from (for example file and line) and is only kept for `placesOf`. */
  add(key: string, value: string, place: string): void;
  /** How many different keys there are. Sorts the pile: nothing can be added afterwards. */
  sort(): number;
  /** Every key in ascending order. Call `sort` first. */
  groups(): IterableIterator<StagedGroup>;
  /** Remembers a key for `marked`, with a note; a second mark of one key replaces the first. */
  mark(key: string, note: string): void;
  /** The place of every row of the marked keys, in the order added. */
  marked(): IterableIterator<{ readonly key: string; readonly value: string; readonly place: string; readonly note: string }>;
  /** Removes the file. */
  close(): void;
}

const PAGE = 4096;

interface SortedRow {
  readonly at: number;
  readonly key: string;
  readonly value: string;
  readonly count: number;
}

class SqliteStaging implements Staging {
  private readonly insert: Database.Statement;
  private readonly insertMark: Database.Statement;

  constructor(private readonly file: string, private readonly db: Database.Database) {
    db.pragma('journal_mode = MEMORY');
    db.pragma('synchronous = OFF');
    db.pragma('temp_store = FILE');
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('CREATE TABLE row (key TEXT NOT NULL, value TEXT NOT NULL, place TEXT NOT NULL)');
    db.exec('CREATE TABLE mark (key TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID; BEGIN');
    this.insert = db.prepare('INSERT INTO row VALUES (?, ?, ?)');
    this.insertMark = db.prepare('INSERT OR REPLACE INTO mark VALUES (?, ?)');
  }

  add(key: string, value: string, place: string): void {
    this.insert.run(key, value, place);
  }

  sort(): number {
    this.db.exec('CREATE TABLE sorted AS SELECT key, value, count(*) AS count FROM row GROUP BY key, value ORDER BY key, value');
    return (this.db.prepare('SELECT count(DISTINCT key) AS keys FROM sorted').get() as { keys: number }).keys;
  }

  *groups(): IterableIterator<StagedGroup> {
    let open: { key: string; values: { value: string; count: number }[] } | undefined;
    for (const { key, value, count } of this.pages<SortedRow>('SELECT rowid AS at, key, value, count FROM sorted WHERE rowid > ? ORDER BY rowid LIMIT ?')) {
      if (open && open.key !== key) {
        yield open;
        open = undefined;
      }
      open ??= { key, values: [] };
      open.values.push({ value, count });
    }
    if (open) yield open;
  }

  mark(key: string, note: string): void {
    this.insertMark.run(key, note);
  }

  marked(): IterableIterator<{ at: number; key: string; value: string; place: string; note: string }> {
    return this.pages('SELECT row.rowid AS at, key, value, place, note FROM row JOIN mark USING (key) WHERE row.rowid > ? ORDER BY row.rowid LIMIT ?');
  }

  close(): void {
    this.db.close();
    fs.rmSync(this.file, { force: true });
  }

  // In pages, because a statement left open while the caller does something else would block the connection.
  private *pages<R extends { readonly at: number }>(sql: string): IterableIterator<R> {
    const statement = this.db.prepare(sql);
    for (let after = 0; ;) {
      const rows = statement.all(after, PAGE) as R[];
      yield* rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.at;
    }
  }
}

/** An empty pile in this file; what an earlier process left there is removed. Whoever opens it is the file's only user. */
export const openStaging = (file: string): Staging => {
  fs.rmSync(file, { force: true });
  return new SqliteStaging(file, new Database(file));
};
