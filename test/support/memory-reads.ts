import Database from 'better-sqlite3';
import { categoryOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { follows } from '#platform/read-store';
import type { Cell, Checkpoint, Patch, Projection, ReadDatabase, ReadStore, Row, Table } from '#platform/read-store';

const createTable = ({ name, columns, key, indexes = [] }: Table): string => {
  const cells = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  const made = indexes.map((body, i) => `CREATE INDEX ${name}_${i} ON ${name} ${body};`);
  return `CREATE TABLE ${name} (${cells.join(', ')}, PRIMARY KEY (${key.join(', ')})) STRICT, WITHOUT ROWID;\n${made.join('\n')}`;
};

const OWN_TABLES = `
  CREATE TABLE parked (projection TEXT, stream TEXT, revision INTEGER, error TEXT);
  CREATE TABLE checkpoints (projection TEXT, position TEXT, number INTEGER);
`;

/** Questions to tables in memory, over the connection that also writes them. */
export class MemoryDatabase implements ReadDatabase {
  private readonly statements = new Map<string, Database.Statement>();

  constructor(readonly raw: Database.Database = new Database(':memory:')) {}

  all<R>(sql: string, ...values: readonly Cell[]): R[] {
    return this.prepared(sql).all(...values) as R[];
  }

  get<R>(sql: string, ...values: readonly Cell[]): R | undefined {
    return this.prepared(sql).get(...values) as R | undefined;
  }

  iterate<R>(sql: string, ...values: readonly Cell[]): IterableIterator<R> {
    return this.prepared(sql).iterate(...values) as IterableIterator<R>;
  }

  snapshot<R>(query: () => R): R {
    return this.raw.transaction(query)();
  }

  prepared(sql: string): Database.Statement {
    let statement = this.statements.get(sql);
    if (!statement) this.statements.set(sql, (statement = this.raw.prepare(sql)));
    return statement;
  }
}

/** Read models in memory, brought up to date by hand: `apply` puts an event into every projection's tables at once. */
export class MemoryReads implements ReadStore {
  readonly db = new MemoryDatabase();
  readonly ready = true;
  private readonly states = new Map<string, unknown>();
  private readonly recorded: { readonly latest: number; readonly number: number }[] = [];
  private readonly listeners = new Set<(checkpoint: Checkpoint) => void>();
  private last: Checkpoint = { position: '', number: -1 };

  constructor(private readonly projections: readonly Projection[]) {
    this.db.raw.exec(OWN_TABLES);
    for (const { name } of projections) this.db.prepared('INSERT INTO checkpoints VALUES (?, ?, ?)').run(name, '', -1);
    for (const { tables } of projections) for (const table of tables) this.db.raw.exec(createTable(table));
  }

  apply(...events: readonly RecordedEvent[]): this {
    for (const event of events) this.applyOne(event);
    for (const listener of this.listeners) listener(this.last);
    return this;
  }

  /** Drops what is remembered of a stream; the history given makes it again, as the projector would. */
  forget(stream: string, history: readonly RecordedEvent[]): void {
    for (const projection of this.projections.filter(({ category }) => stream.startsWith(`${category}-`))) {
      const state = projection.open(stream);
      for (const event of history) projection.apply(state, event);
      this.states.set(`${projection.name} ${stream}`, state);
    }
  }

  rows(table: string): Row[] {
    return this.db.all<Row>(`SELECT * FROM ${table}`);
  }

  checkpoint(): Checkpoint {
    return this.last;
  }

  numberRecordedBy(ms: number): number {
    const covered = this.recorded.filter(({ latest }) => latest <= ms);
    return covered.at(-1)?.number ?? -1;
  }

  caughtUp(): Promise<void> {
    return Promise.resolve();
  }

  unpark(): Promise<number> {
    return Promise.resolve(0);
  }

  waitFor(): Promise<boolean> {
    return Promise.resolve(true);
  }

  status(): ReturnType<ReadStore['status']> {
    return Promise.resolve(this.projections.map(({ name, version }) => ({ name, version, checkpoint: this.last, lagEvents: 0, lagSeconds: 0, parked: [] })));
  }

  onBatch(listener: (checkpoint: Checkpoint) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  rebuild(): ReturnType<ReadStore['rebuild']> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    this.db.raw.close();
    return Promise.resolve();
  }

  private applyOne(event: RecordedEvent): void {
    for (const projection of this.projections.filter((projection) => follows(projection, categoryOf(event.stream)))) {
      const key = `${projection.name} ${event.stream}`;
      if (!this.states.has(key)) this.states.set(key, projection.open(event.stream));
      for (const patch of projection.apply(this.states.get(key), event)) this.write(projection, patch);
    }
    const latest = Math.max(this.recorded.at(-1)?.latest ?? -Infinity, Date.parse(event.metadata.recordedAt));
    this.recorded.push({ latest, number: event.number });
    this.last = { position: event.position, number: event.number };
    this.db.prepared('UPDATE checkpoints SET position = ?, number = ?').run(event.position, event.number);
  }

  private write({ tables }: Projection, patch: Patch): void {
    const { name, columns, key } = tables.find((table) => table.name === patch.table)!;
    if ('unset' in patch) {
      this.db.prepared(`DELETE FROM ${name} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`).run(...key.map((column) => patch.unset[column]));
      return;
    }
    const cells = Object.keys(columns);
    this.db.prepared(`INSERT OR REPLACE INTO ${name} (${cells.join(', ')}) VALUES (${cells.map(() => '?').join(', ')})`)
      .run(...cells.map((column) => patch.set[column] ?? null));
  }
}
