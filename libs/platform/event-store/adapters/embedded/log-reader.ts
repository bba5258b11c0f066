import type Database from 'better-sqlite3';
import { isLedgerStream, LOOKS, StoreUnavailableError } from '#kernel';
import { START } from '../../event-store';
import type { Filter, Head, Position, StoredEvent, StreamSlice } from '../../event-store';
import type { LogPage } from '../log-follower';
import { uuidText } from './append-wire';
import { openForReading } from './schema';
import type { Connection } from './schema';

interface EventRow {
  readonly position: number;
  readonly name: string;
  readonly revision: number;
  readonly number: number;
  readonly type: number;
  readonly id: Buffer;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

// Position, revision, number, type, length of data, and all bytes in one: a buffer apiece would take longer to make than to read.
type WholeRow = [number, number, number, number, number, Buffer];

// So that a filter that nothing passes does not hold the thread.
const SCAN_LIMIT = 10_000;
const COLUMNS = 'e.position, s.name, e.revision, e.number, e.type, e.id, e.data, e.metadata FROM events e CROSS JOIN streams s ON s.id = e.stream';
const IN_LOG = 'WHERE e.position > ? AND e.position <= ?';

/**
 * What of the log somebody reads. `whole`: everything, the ledger's events numbered. `ledger`: those alone. `looks`: the second log alone, with
 * numbers of its own, from 0 in log order.
 */
export type LogView = 'whole' | 'ledger' | 'looks';

const IN_VIEW: Record<LogView, string> = { whole: '', ledger: `AND category <> '${LOOKS}'`, looks: `AND category = '${LOOKS}'` };

const numberOf = (position: Position): number => (position === START ? 0 : Number(position));
const positionOf = (row: number): Position => (row === 0 ? START : String(row));

/** @throws StoreUnavailableError when the file cannot be read */
const reading = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new StoreUnavailableError(`the log could not be read (${String((error as { code?: unknown }).code)})`, 'no', { cause: error });
  }
};

/** A connection of its own that reads the log, synchronously, in any thread. What cannot be read throws StoreUnavailableError. */
export class LogReader {
  private readonly db: Connection;
  private readonly types = new Map<number, string>();
  private readonly pages = new Map<string, Database.Statement<(string | number)[], EventRow>>();
  private readonly newest: Database.Statement<[], { position: number; number: number }>;
  private readonly numberAt: Database.Statement<[number], { number: number }>;
  private readonly lastOf: Database.Statement<[string], { stream: number; last: number | null }>;
  private readonly whole: Database.Statement<[number, number], WholeRow>;
  private readonly slice: Database.Statement<[number, number, number, number], EventRow>;

  /** @throws StoreUnavailableError when there is no log at this place */
  constructor(file: string, private readonly view: LogView = 'whole') {
    this.db = openForReading(file);
    this.newest = this.db.prepare('SELECT position, number FROM events ORDER BY position DESC LIMIT 1');
    this.numberAt = this.db.prepare('SELECT number FROM events WHERE position = ?');
    this.lastOf = this.db.prepare('SELECT s.id AS stream, (SELECT max(revision) FROM events WHERE stream = s.id) AS last FROM streams s WHERE s.name = ?');
    this.whole = this.db.prepare<[number, number], WholeRow>(
      'SELECT position, revision, number, type, length(data), CAST(id || data || metadata AS BLOB) FROM events WHERE stream = ? AND position <= ? ORDER BY revision').raw();
    this.slice = this.db.prepare(`SELECT ${COLUMNS} WHERE e.stream = ? AND e.revision >= ? AND e.revision <= ? ORDER BY e.revision LIMIT ?`);
  }

  readStream(name: string, { from = 0, limit = -1 }: { from?: number; limit?: number } = {}): StreamSlice {
    return reading(() => {
      const found = this.lastOf.get(name);
      if (!found || found.last === null) return { events: [], revision: -1 };
      // Not past the last revision just read: what is decided on these events is appended at that revision.
      const rows = this.slice.all(found.stream, from, found.last, Number.isFinite(limit) ? limit : -1);
      return { events: rows.map((row) => this.event(row)), revision: found.last };
    });
  }

  /** Up to `limit` events after a position. Looks through a bounded part of the log: an empty page that has moved is not the end. */
  page(after: Position, limit: number, filter?: Filter): LogPage {
    return reading(() => {
      const start = numberOf(after);
      const end = Math.min(this.newest.get()?.position ?? 0, start + SCAN_LIMIT);
      if (end <= start) return { events: [], scannedTo: after };
      const categories = filter?.categories;
      const rows = this.pageStatement(categories?.length).all(start, end, ...(categories ?? []), limit);
      const scannedTo = rows.length < limit ? end : rows.at(-1)!.position;
      return { events: rows.map((row) => this.event(row)), scannedTo: positionOf(scannedTo) };
    });
  }

  head(): Head {
    const newest = reading(() => this.newest.get());
    return { position: positionOf(newest?.position ?? 0), number: newest ? this.count(newest.position, newest.number) : -1 };
  }

  /** Where the ledger event with this number lies; undefined when there is none (yet). */
  positionOfNumber(number: number): Position | undefined {
    return reading(() => this.bisect(number));
  }

  private bisect(number: number): Position | undefined {
    const newest = this.newest.get();
    if (!newest || number < 0 || number > this.count(newest.position, newest.number)) return undefined;
    const at = (position: number): number => this.count(position, this.numberAt.get(position)?.number ?? -1);
    // Numbers never outrun positions, which have no gaps: the row is the first that has counted so far.
    let [low, high] = [number + 1, newest.position];
    if (at(low) === number) return positionOf(low);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (at(middle) < number) low = middle + 1;
      else high = middle;
    }
    return positionOf(low);
  }

  /** The ledger event with this number; undefined when there is none (yet). */
  eventByNumber(number: number): StoredEvent | undefined {
    const position = this.positionOfNumber(number);
    if (position === undefined) return undefined;
    return this.page(positionOf(numberOf(position) - 1), 1).events[0];
  }

  /** Streams that were made after one (by the store's own order of streams, from 1), of these categories. */
  streamsAfter(stream: number, limit: number, categories?: readonly string[]): { readonly id: number; readonly name: string }[] {
    const chosen = categories === undefined ? '' : `AND category IN (${categories.map(() => '?').join(', ')})`;
    return reading(() =>
      this.db.prepare<(string | number)[], { id: number; name: string }>(`SELECT id, name FROM streams WHERE id > ? ${IN_VIEW[this.view]} ${chosen} ORDER BY id LIMIT ?`)
        .all(stream, ...(categories ?? []), limit));
  }

  /** All events of one of these streams up to and including a position, oldest first. */
  eventsOf({ id: stream, name }: { readonly id: number; readonly name: string }, until: Position): StoredEvent[] {
    return reading(() => this.whole.all(stream, numberOf(until))).map(([position, revision, number, type, cut, bytes]) => ({
      id: uuidText(bytes.subarray(0, 16)), type: this.typeName(type), data: bytes.subarray(16, 16 + cut), metadata: bytes.subarray(16 + cut),
      stream: name, revision, number: this.numberIn(name, position, number), position: String(position),
    }));
  }

  close(): void {
    this.db.close();
  }

  private pageStatement(categories: number | undefined): Database.Statement<(string | number)[], EventRow> {
    const chosen = categories === undefined ? '' : `AND s.category IN (${Array(categories).fill('?').join(', ')})`;
    let statement = this.pages.get(chosen);
    if (!statement) {
      statement = this.db.prepare(`SELECT ${COLUMNS} ${IN_LOG} ${IN_VIEW[this.view]} ${chosen} ORDER BY e.position LIMIT ?`);
      this.pages.set(chosen, statement);
    }
    return statement;
  }

  private event({ position, name, revision, number, type, id, data, metadata }: EventRow): StoredEvent {
    return {
      id: uuidText(id), type: this.typeName(type), data, metadata, stream: name, revision,
      number: this.numberIn(name, position, number), position: positionOf(position),
    };
  }

  /** The number reached at a row. Positions count everything from 1, the column counts the ledger: what is left are looks. */
  private count(position: number, number: number): number {
    return this.view === 'looks' ? position - number - 2 : number;
  }

  private numberIn(stream: string, position: number, number: number): number {
    return isLedgerStream(stream) === (this.view !== 'looks') ? this.count(position, number) : -1;
  }

  private typeName(id: number): string {
    let name = this.types.get(id);
    if (name === undefined) {
      name = (this.db.prepare('SELECT name FROM types WHERE id = ?').get(id) as { name: string }).name;
      this.types.set(id, name);
    }
    return name;
  }
}
