import type Database from 'better-sqlite3';
import { categoryOf, isLedgerStream } from '#kernel';
import type { StreamView } from '../expectation';
import type { Connection } from './schema';

/** What the writer remembers of one stream. */
export interface StreamEntry {
  /** -1 until its first event is written. */
  id: number;
  last: number;
  readonly numbered: boolean;
  /** Revision by event id (16 bytes as text), known once somebody appended without saying where. */
  ids?: Map<string, number>;
}

const STREAMS_KEPT = 100_000;
/** Over all streams; each costs about 100 bytes. */
const IDS_KEPT = 200_000;
/** A resend without a revision is recognised among so many newest events of its stream. */
const IDS_OF_A_STREAM = 10_000;

/** The streams as the writer knows them: recent ones in memory, the others looked up by name. */
export class StreamIndex {
  private readonly streams = new Map<string, StreamEntry>();
  private readonly withIds = new Set<StreamEntry>();
  private idsLoaded = 0;
  private readonly find: Database.Statement<[string], { id: number }>;
  private readonly findLast: Database.Statement<[number], { last: number | null }>;
  private readonly findId: Database.Statement<[number, number], { id: Buffer }>;
  private readonly findIds: Database.Statement<[number, number], { id: Buffer; revision: number }>;
  private readonly insert: Database.Statement<[string, string]>;

  constructor(db: Connection) {
    this.find = db.prepare('SELECT id FROM streams WHERE name = ?');
    this.findLast = db.prepare('SELECT max(revision) AS last FROM events WHERE stream = ?');
    this.findId = db.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?');
    this.findIds = db.prepare('SELECT id, revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT ?');
    this.insert = db.prepare('INSERT INTO streams (name, category) VALUES (?, ?)');
  }

  entry(name: string): StreamEntry {
    let entry = this.streams.get(name);
    if (!entry) {
      entry = this.load(name);
      if (this.streams.size >= STREAMS_KEPT) this.forget();
      this.streams.set(name, entry);
    }
    return entry;
  }

  /** Gives a new stream its row. */
  create(name: string, entry: StreamEntry): void {
    entry.id = Number(this.insert.run(name, categoryOf(name)).lastInsertRowid);
  }

  view(entry: StreamEntry): StreamView {
    return {
      last: entry.last,
      idAt: (revision) => this.findId.get(entry.id, revision)?.id.toString('latin1'),
      revisionOf: (id) => this.idsOf(entry).get(id),
    };
  }

  /** After a transaction that was not made nothing remembered can be trusted. */
  forget(): void {
    this.streams.clear();
    this.withIds.clear();
    this.idsLoaded = 0;
  }

  private load(name: string): StreamEntry {
    const id = this.find.get(name)?.id ?? -1;
    const last = id < 0 ? -1 : (this.findLast.get(id)?.last ?? -1);
    return { id, last, numbered: isLedgerStream(name) };
  }

  private idsOf(entry: StreamEntry): Map<string, number> {
    if (entry.ids) return entry.ids;
    entry.ids = new Map(this.findIds.all(entry.id, IDS_OF_A_STREAM).map(({ id, revision }) => [id.toString('latin1'), revision]));
    this.withIds.add(entry);
    this.idsLoaded += entry.ids.size;
    if (this.idsLoaded > IDS_KEPT) this.dropOtherIds(entry);
    return entry.ids;
  }

  // Ids that were added since are not counted, so the count is taken anew each time.
  private dropOtherIds(kept: StreamEntry): void {
    this.idsLoaded = [...this.withIds].reduce((sum, { ids }) => sum + (ids?.size ?? 0), 0);
    for (const entry of this.withIds) {
      if (this.idsLoaded <= IDS_KEPT / 2) return;
      if (entry === kept) continue;
      this.idsLoaded -= entry.ids?.size ?? 0;
      entry.ids = undefined;
      this.withIds.delete(entry);
    }
  }
}
