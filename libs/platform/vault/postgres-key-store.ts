import { StoreUnavailableError } from '#kernel';
import type { RecordKeyId } from '#kernel';
import type { Notices, Postgres } from '#platform/postgres';
import { copyKeys } from './copy-keys';
import { freshBytes } from './fresh-bytes';
import { generationsOf, wipe } from './kek-generations';
import type { Generations, KeksAtHand } from './kek-generations';
import { KeyCache } from './key-cache';
import { KeyEncryptionError, wrap } from './key-encryption';
import type { KeptKeyStore } from './key-store';
import { addRows, destroyRows, rowsOf } from './postgres-keys-table';
import type { KeyRow } from './postgres-keys-table';
import { PostgresRotation } from './postgres-rotation';
import { unwrapRow } from './unwrap-row';

type Keys = ReadonlyMap<RecordKeyId, Uint8Array>;

interface Waiting {
  readonly ids: readonly RecordKeyId[];
  readonly resolve: (keys: Keys) => void;
  readonly reject: (error: unknown) => void;
}

export interface PostgresKeyParts {
  readonly postgres: Postgres;
  readonly owner: string;
  readonly generations: Generations;
  readonly atHand: KeksAtHand;
  /** Made with what is to be done when another process destroyed keys. */
  readonly notices: (onDestroyed: () => void) => Notices;
}

/** Key store in PostgreSQL, for any number of processes. See `openPostgresKeyStore`. */
export class PostgresKeyStore implements KeptKeyStore {
  private readonly cache = new KeyCache();
  private readonly notices: Notices;
  private generations: Generations;
  private waiting: Waiting[] = [];
  private isMaking = false;
  /** Grows whenever keys were destroyed: what was asked for before is not kept then. */
  private destructions = 0;

  constructor(private readonly parts: PostgresKeyParts) {
    this.generations = parts.generations;
    this.notices = parts.notices(() => this.forgetAll());
  }

  async listen(): Promise<this> {
    await this.notices.start();
    return this;
  }

  ensure(ids: readonly RecordKeyId[]): Promise<Keys> {
    if (this.remembersAll(ids)) return Promise.resolve(this.copies(ids));
    return new Promise((resolve, reject) => {
      this.waiting.push({ ids, resolve, reject });
      if (!this.isMaking) void this.make();
    });
  }

  async get(ids: readonly RecordKeyId[]): Promise<Keys> {
    if (this.remembersAll(ids)) return this.copies(ids);
    return this.opened(ids, false);
  }

  async missing(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    if (this.remembersAll(ids)) return [];
    const there = new Set((await rowsOf(this.parts.postgres.query, ids)).map(({ id }) => id));
    return ids.filter((id) => !there.has(id));
  }

  async destroyed(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    const gone = new Set((await rowsOf(this.parts.postgres.query, ids)).filter(({ wrapped }) => wrapped === null).map(({ id }) => id));
    return ids.filter((id) => gone.has(id));
  }

  async destroy(...ids: readonly RecordKeyId[]): Promise<void> {
    const { postgres } = this.parts;
    this.forgetAll();
    await postgres.transaction((sql) => destroyRows(sql, [...new Set(ids)].sort()));
    this.forgetAll();
    // If it dies here, the wrapped keys are gone from the table and stand in its file yet, until the next destruction or rotation.
    if (!(await postgres.rewrite('daybook.record_keys')))
      throw new StoreUnavailableError('the keys are not destroyed for good while another program reads the past of the database: ask again when it has ended', 'unknown');
  }

  get rotating(): boolean {
    return this.generations.rotating;
  }

  async rotate(next: Buffer): Promise<void> {
    this.generations = await this.rotation.begin(this.generations, next);
    await this.rotation.rewrapAll(this.generations);
  }

  async resumeRotation(atHand: Buffer): Promise<void> {
    if (!this.rotating) return;
    await this.rotation.rewrapAll(this.generations);
    if (atHand.equals(this.generations.keys.get(this.generations.wrapping)!)) await this.settleRotation();
  }

  async settleRotation(): Promise<void> {
    this.generations = await this.rotation.settle(this.generations);
  }

  copyTo(file: string): Promise<void> {
    return copyKeys(this.parts, this.generations, file);
  }

  async close(): Promise<void> {
    await this.notices.close();
    this.forgetAll();
    wipe(this.generations);
  }

  private get rotation(): PostgresRotation {
    return new PostgresRotation(this.parts.postgres);
  }

  /** Everything asked for while keys are being made shares the next statement. */
  private async make(): Promise<void> {
    this.isMaking = true;
    await Promise.resolve();
    for (let batch = this.waiting; batch.length > 0; batch = this.waiting) {
      this.waiting = [];
      await this.answer(batch);
    }
    this.isMaking = false;
  }

  private async answer(batch: readonly Waiting[]): Promise<void> {
    try {
      const keys = await this.opened([...new Set(batch.flatMap(({ ids }) => ids))], true);
      for (const { ids, resolve } of batch) resolve(new Map(ids.flatMap((id) => (keys.has(id) ? [[id, Uint8Array.from(keys.get(id)!)] as const] : []))));
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      // One unreadable key is no reason to fail the others; a server that is away answers nobody.
      else if (error instanceof KeyEncryptionError) for (const one of batch) await this.answer([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  private async opened(ids: readonly RecordKeyId[], make: boolean): Promise<Keys> {
    const before = this.destructions;
    const rows = await (make ? this.madeRows(ids) : rowsOf(this.parts.postgres.query, ids));
    await this.haveGenerations(rows);
    const keys = new Map<RecordKeyId, Uint8Array>();
    for (const row of rows) {
      if (row.wrapped === null) continue;
      const [id, key] = [row.id as RecordKeyId, unwrapRow(this.generations, row)];
      keys.set(id, Uint8Array.from(key));
      if (before === this.destructions) this.cache.remember(id, key);
      else key.fill(0);
    }
    return keys;
  }

  private async madeRows(ids: readonly RecordKeyId[]): Promise<readonly KeyRow[]> {
    const { query } = this.parts.postgres;
    const rows = await rowsOf(query, ids);
    const there = new Set(rows.map(({ id }) => id));
    let absent: string[] = ids.filter((id) => !there.has(id)).sort(); // two who add the same in one order never wait for each other
    for (let attempt = 0; absent.length > 0 && attempt < 3; attempt++) {
      const made = this.newRows(absent);
      const added = await addRows(query, made, this.generations.wrapping);
      rows.push(...made.filter(({ id }) => added.has(id)));
      absent = absent.filter((id) => !added.has(id));
      const others = absent.length > 0 ? await rowsOf(query, absent) : [];
      rows.push(...others);
      absent = absent.filter((id) => !others.some((row) => row.id === id));
      if (absent.length > 0) await this.readGenerations(); // another process takes up a new key-encryption key
    }
    if (absent.length > 0) throw new StoreUnavailableError('a new key-encryption key is being taken up: ask again', 'no');
    return rows;
  }

  private newRows(ids: readonly string[]): { id: string; wrapped: Buffer; generation: number }[] {
    const { wrapping, keys } = this.generations;
    return ids.map((id) => ({ id, wrapped: wrap(keys.get(wrapping)!, id, freshBytes(32)), generation: wrapping }));
  }

  private async haveGenerations(rows: readonly KeyRow[]): Promise<void> {
    if (rows.some(({ wrapped, generation }) => wrapped !== null && !this.generations.keys.has(generation))) await this.readGenerations();
  }

  private async readGenerations(): Promise<void> {
    this.generations = await generationsOf(this.parts.postgres.query, this.parts.atHand);
  }

  private remembersAll(ids: readonly RecordKeyId[]): boolean {
    if (!this.notices.current) this.cache.forgetAll();
    return ids.every((id) => this.cache.has(id));
  }

  private copies(ids: readonly RecordKeyId[]): Keys {
    const keys = new Map<RecordKeyId, Uint8Array>();
    for (const id of ids) {
      const key = this.cache.get(id)!;
      this.cache.remember(id, key);
      keys.set(id, Uint8Array.from(key)); // a copy: the cached one is wiped when it is destroyed
    }
    return keys;
  }

  private forgetAll(): void {
    this.destructions++;
    this.cache.forgetAll();
  }
}
