import type Database from 'better-sqlite3';
import { wrap } from './key-encryption';
import { CHECK, checkFor, NEXT, NEXT_CHECK, PREVIOUS, unwrapUnder } from './kek-ring';
import type { KekRing } from './kek-ring';

/** Keys wrapped anew in one transaction: some milliseconds, so that others are not kept waiting. */
const BATCH = 200;

/**
 * The steps from one key-encryption key to the next. Each is one transaction, and after each the keys open with the old key's file and with
 * the new one's, so it does not matter where it dies.
 */
export class KekRotation {
  private readonly some: Database.Statement<[number, number], { n: number; id: string; wrapped: Buffer }>;
  private readonly put: Database.Statement<[Buffer, number]>;
  private readonly note: Database.Statement<[string, Buffer]>;

  constructor(private readonly db: Database.Database) {
    this.some = db.prepare('SELECT n, id, wrapped FROM record_keys WHERE n > ? AND wrapped IS NOT NULL ORDER BY n LIMIT ?');
    this.put = db.prepare('UPDATE record_keys SET wrapped = ? WHERE n = ?');
    this.note = db.prepare('INSERT INTO about (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  }

  /** Notes each key wrapped with the other, so that either file opens everything from here on. */
  begin(old: Buffer, next: Buffer): KekRing {
    this.db.transaction(() => {
      this.note.run(NEXT, wrap(old, NEXT, next));
      this.note.run(PREVIOUS, wrap(next, PREVIOUS, old));
      this.note.run(NEXT_CHECK, checkFor(next, NEXT_CHECK));
    }).immediate();
    return { wrapping: Buffer.from(next), older: old };
  }

  /** Wraps the next keys after one, in the order of their making, anew; answers the last, undefined when there are no more. */
  rewrapSome(ring: KekRing, after: number): number | undefined {
    return this.db.transaction(() => {
      const rows = this.some.all(after, BATCH);
      for (const row of rows) this.rewrap(ring, row);
      return rows.at(-1)?.n;
    }).immediate();
  }

  /** Keeps the check of this key alone and forgets the other. */
  settle(kek: Buffer): void {
    const drop = this.db.prepare<[string]>('DELETE FROM about WHERE name = ?');
    this.db.transaction(() => {
      this.note.run(CHECK, checkFor(kek, CHECK));
      for (const name of [NEXT, PREVIOUS, NEXT_CHECK]) drop.run(name);
    }).immediate();
  }

  private rewrap(ring: KekRing, { n, id, wrapped }: { readonly n: number; readonly id: string; readonly wrapped: Buffer }): void {
    const key = unwrapUnder(ring, id, wrapped);
    this.put.run(wrap(ring.wrapping, id, key), n);
    key.fill(0);
  }
}
