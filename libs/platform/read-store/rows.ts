import type { Database, Statement } from 'better-sqlite3';
import type { Cell, Patch, Projection, Row, Table } from './projection';
import { columnList, tableIn } from './schema';

/** A projection made a row that its table cannot hold. The stream is parked like any other that cannot be applied. */
export class UnfitRowError extends Error {
  override readonly name = 'UnfitRowError';
  readonly code: string;
  constructor(table: string, column: string) {
    super(`${table}.${column} does not take this value`);
    this.code = `ROW_UNFIT ${table}.${column}`;
  }
}

interface Column {
  readonly name: string;
  readonly text: boolean;
  readonly required: boolean;
}

interface Plan {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
}

const planOf = (table: Table): Plan => {
  const columns = Object.entries(table.columns).map(([name, type]) => ({
    name, text: type.startsWith('TEXT'), required: type.endsWith('NOT NULL') || table.key.includes(name),
  }));
  const key = table.key.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) throw new UnfitRowError(table.name, name);
    return column;
  });
  return { table, columns, key };
};

const cellOf = (row: Row, { name, text, required }: Column, table: string): Cell => {
  const value = row[name] ?? null;
  const fits = value === null ? !required : text ? typeof value === 'string' : Number.isSafeInteger(value);
  if (!fits) throw new UnfitRowError(table, name);
  return value;
};

const cellsOf = (row: Row, { table, columns }: Plan): Cell[] => {
  const cells = columns.map((column) => cellOf(row, column, table.name));
  for (const name in row) if (!(name in table.columns)) throw new UnfitRowError(table.name, name);
  return cells;
};

interface Change {
  readonly plan: Plan;
  readonly key: string;
  /** All cells in the order of the columns, or undefined when the row is taken away. */
  readonly cells: readonly Cell[] | undefined;
  readonly keyCells: readonly Cell[];
}

/** Row changes that wait for the transaction of their batch. The last change of a row wins, so each row is written once a batch. */
export class PendingRows {
  private readonly plans: ReadonlyMap<string, Plan>;
  private readonly changes = new Map<Plan, Map<string, Change>>();
  private waiting = 0;

  constructor({ tables }: Pick<Projection, 'tables'>) {
    this.plans = new Map(tables.map((table) => [table.name, planOf(table)]));
  }

  /** Rows that wait. */
  get size(): number {
    return this.waiting;
  }

  /** Takes the patches of one event, all or none. @throws UnfitRowError */
  add(patches: readonly Patch[]): void {
    for (const change of patches.map((patch) => this.changeOf(patch))) this.keep(change);
  }

  /** Hands each change over once and forgets it. */
  drain(writer: RowWriter): void {
    for (const [plan, changes] of this.changes) {
      for (const change of changes.values()) writer.write(plan.table, change);
      changes.clear();
    }
    this.waiting = 0;
  }

  private changeOf(patch: Patch): Change {
    const plan = this.plans.get(patch.table);
    if (!plan) throw new UnfitRowError(patch.table, '');
    const row = 'set' in patch ? patch.set : patch.unset;
    const keyCells = plan.key.map((column) => cellOf(row, column, plan.table.name));
    return { plan, key: keyCells.join('\u0000'), keyCells, cells: 'set' in patch ? cellsOf(row, plan) : undefined };
  }

  private keep(change: Change): void {
    const changes = this.changes.get(change.plan) ?? new Map<string, Change>();
    this.changes.set(change.plan, changes);
    if (!changes.has(change.key)) this.waiting++;
    changes.set(change.key, change);
  }
}

interface Statements {
  readonly set: Statement;
  readonly unset: Statement;
}

/** Writes rows through statements that are prepared once a table. */
export class RowWriter {
  private readonly statements = new Map<string, Statements>();

  constructor(private readonly db: Database) {}

  write(table: Table, { cells, keyCells }: Pick<Change, 'cells' | 'keyCells'>): void {
    const { set, unset } = this.statementsOf(table);
    if (cells) set.run(cells);
    else unset.run(keyCells);
  }

  private statementsOf(table: Table): Statements {
    let statements = this.statements.get(table.name);
    if (!statements) {
      statements = { set: this.db.prepare(upsert(table)), unset: this.db.prepare(remove(table)) };
      this.statements.set(table.name, statements);
    }
    return statements;
  }
}

const upsert = (table: Table): string => {
  const names = Object.keys(table.columns);
  const rest = names.filter((name) => !table.key.includes(name)).map((name) => `${columnList([name])} = excluded.${columnList([name])}`);
  const values = names.map(() => '?').join(', ');
  return `INSERT INTO ${tableIn('main', table)} (${columnList(names)}) VALUES (${values})
    ON CONFLICT (${columnList(table.key)}) ${rest.length > 0 ? `DO UPDATE SET ${rest.join(', ')}` : 'DO NOTHING'}`;
};

const remove = (table: Table): string =>
  `DELETE FROM ${tableIn('main', table)} WHERE ${table.key.map((name) => `${columnList([name])} = ?`).join(' AND ')}`;
