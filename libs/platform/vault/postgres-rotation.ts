import type { Postgres } from '#platform/postgres';
import { addGeneration } from './kek-generations';
import type { Generations } from './kek-generations';
import { wrap } from './key-encryption';
import { putRewrapped, rowsToRewrap } from './postgres-keys-table';
import type { NumberedRow } from './postgres-keys-table';
import { unwrapRow } from './unwrap-row';

/** Keys wrapped anew in one transaction. */
const BATCH = 500;

/**
 * The steps from one key-encryption key to the next, while other processes make and read keys. Until it is settled each process needs both keys:
 * every row says under which it is wrapped.
 */
export class PostgresRotation {
  constructor(private readonly postgres: Postgres) {}

  /** From here on new keys are wrapped under the next one. Nothing when they are already. */
  async begin(generations: Generations, next: Buffer): Promise<Generations> {
    if (generations.keys.get(generations.wrapping)!.equals(next)) return generations;
    const wrapping = await this.postgres.transaction((sql) => addGeneration(sql, next));
    return { wrapping, rotating: true, keys: new Map([...generations.keys, [wrapping, Buffer.from(next)]]) };
  }

  async rewrapAll(generations: Generations): Promise<void> {
    for (let after: string | undefined = '0'; after !== undefined;) {
      const from: string = after;
      after = await this.rewrapSome(generations, from);
    }
  }

  /** Forgets the older keys, once nothing is wrapped under them. */
  async settle(generations: Generations): Promise<Generations> {
    const { wrapping, rotating, keys } = generations;
    if (!rotating) return generations;
    await this.rewrapAll(generations); // what was under way in another process when the last round ended
    await this.postgres.query('DELETE FROM daybook.keks WHERE NOT wrapping AND NOT EXISTS (SELECT 1 FROM daybook.record_keys WHERE wrapped IS NOT NULL AND generation <> $1)', [wrapping]);
    for (const [generation, key] of keys) if (generation !== wrapping) key.fill(0);
    return { wrapping, rotating: false, keys: new Map([[wrapping, keys.get(wrapping)!]]) };
  }

  private rewrapSome(generations: Generations, after: string): Promise<string | undefined> {
    return this.postgres.transaction(async (sql) => {
      const rows = await rowsToRewrap(sql, generations.wrapping, after, BATCH);
      if (rows.length > 0) await putRewrapped(sql, rows.map((row) => this.rewrapped(generations, row)), generations.wrapping);
      return rows.at(-1)?.n;
    });
  }

  private rewrapped(generations: Generations, row: NumberedRow): { readonly n: string; readonly wrapped: Buffer } {
    const key = unwrapRow(generations, row);
    try {
      return { n: row.n, wrapped: wrap(generations.keys.get(generations.wrapping)!, row.id, key) };
    } finally {
      key.fill(0);
    }
  }
}
