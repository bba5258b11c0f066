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
  /** Places of the key's columns among all columns. */
  readonly key: readonly number[];
}

const planOf = (table: Table): Plan => {
  const names = Object.keys(table.columns);
  const columns = Object.entries(table.columns).map(([name, type]) => ({
    name, text: type.startsWith('TEXT'), required: type.endsWith('NOT NULL') || table.key.includes(name),
  }));
  const key = table.key.map((name) => {
    if (!names.includes(name)) throw new UnfitRowError(table.name, name);
    return names.indexOf(name);
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
  let left = 0;
  for (const name in row) if (row[name] !== undefined) left++;
  const cells = columns.map((column) => {
    if (row[column.name] !== undefined) left--;
    return cellOf(row, column, table.name);
  });
  if (left > 0) throw new UnfitRowError(table.name, Object.keys(row).find((name) => !(name in table.columns)) ?? '');
  return cells;
};

/** A row to be written whole, or the key of one to be taken away. */
interface Change {
  readonly set: boolean;
  readonly cells: readonly Cell[];
}

/** Row changes that wait for the transaction of their batch. The last change of a row wins, so each row is written once a batch. */
export class PendingRows {
  private readonly waiting: ReadonlyMap<string, { readonly plan: Plan; readonly changes: Map<string, Change> }>;

  constructor({ tables }: Pick<Projection, 'tables'>) {
    this.waiting = new Map(tables.map((table) => [table.name, { plan: planOf(table), changes: new Map<string, Change>() }]));
  }

  /** Rows that wait. */
  get size(): number {
    let rows = 0;
    for (const { changes } of this.waiting.values()) rows += changes.size;
    return rows;
  }

  /** Takes the patches of one event, all or none. @throws UnfitRowError */
  add(patches: readonly Patch[]): void {
    const ready = patches.map((patch) => this.changeOf(patch));
    for (const { changes, key, change } of ready) changes.set(key, change);
  }

  /** Hands each change over once and forgets it. */
  drain(writer: RowWriter): void {
    for (const { plan, changes } of this.waiting.values()) {
      if (changes.size === 0) continue;
      for (const change of changes.values()) writer.write(plan.table, change);
      changes.clear();
    }
  }

  private changeOf(patch: Patch): { readonly changes: Map<string, Change>; readonly key: string; readonly change: Change } {
    const waiting = this.waiting.get(patch.table);
    if (!waiting) throw new UnfitRowError(patch.table, '');
    const { plan, changes } = waiting;
    if ('set' in patch) {
      const cells = cellsOf(patch.set, plan);
      return { changes, key: keyOf(plan.key.map((place) => cells[place]!)), change: { set: true, cells } };
    }
    const cells = plan.key.map((place) => cellOf(patch.unset, plan.columns[place]!, plan.table.name));
    return { changes, key: keyOf(cells), change: { set: false, cells } };
  }
}

const keyOf = (cells: readonly Cell[]): string => (cells.length === 1 ? String(cells[0]) : cells.join('\u0000'));

interface Statements {
  readonly set: Statement;
  readonly unset: Statement;
}

/** Writes rows through statements that are prepared once a table. */
export class RowWriter {
  private readonly statements = new Map<string, Statements>();

  constructor(private readonly db: Database) {}

  write(table: Table, { set, cells }: Change): void {
    const statements = this.statementsOf(table);
    (set ? statements.set : statements.unset).run(cells);
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
