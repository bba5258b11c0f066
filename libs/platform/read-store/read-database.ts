import Database from 'better-sqlite3';
import type { Cell } from './projection';
import type { ReadDatabase } from './read-store';

/** Texts of queries are few; a program that makes up new ones all the time must not fill the memory. */
const MOST_STATEMENTS = 500;

// Made once: making one costs more than the question that most of them are for.
const transactionOn = (db: Database.Database): Database.Transaction<(query: () => unknown) => unknown> => db.transaction((query) => query());

/** The reading connection of a process. */
export class SqliteReadDatabase implements ReadDatabase {
  private db: Database.Database;
  private inTransaction: Database.Transaction<(query: () => unknown) => unknown>;
  private readonly statements = new Map<string, Database.Statement<Cell[]>>();

  constructor(private readonly file: string) {
    this.db = this.connect();
    this.inTransaction = transactionOn(this.db);
  }

  all<R>(sql: string, ...values: readonly Cell[]): R[] {
    return this.statement(sql).all(...values) as R[];
  }

  get<R>(sql: string, ...values: readonly Cell[]): R | undefined {
    return this.statement(sql).get(...values) as R | undefined;
  }

  iterate<R>(sql: string, ...values: readonly Cell[]): IterableIterator<R> {
    return this.statement(sql).iterate(...values) as IterableIterator<R>;
  }

  snapshot<R>(query: () => R): R {
    return this.db.inTransaction ? query() : (this.inTransaction.deferred(query) as R);
  }

  /** Opens the file again: the projector may have made a new one. */
  reopen(): void {
    this.close();
    this.db = this.connect();
    this.inTransaction = transactionOn(this.db);
  }

  close(): void {
    this.statements.clear();
    this.db.close();
  }

  private connect(): Database.Database {
    const db = new Database(this.file, { readonly: true, fileMustExist: true, timeout: 5000 });
    db.pragma('cache_size = -8192');
    return db;
  }

  private statement(sql: string): Database.Statement<Cell[]> {
    const kept = this.statements.get(sql);
    // One that is being iterated over cannot be run a second time at once.
    if (kept && !kept.busy) return kept;
    const statement = this.db.prepare<Cell[]>(sql);
    if (this.statements.size >= MOST_STATEMENTS) this.statements.clear();
    this.statements.set(sql, statement);
    return statement;
  }
}
