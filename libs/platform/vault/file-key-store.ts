import fs from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { StoreUnavailableError } from '#kernel';
import type { RecordKeyId } from '#kernel';
import type { AsyncSync } from './async-sync';
import { freshBytes } from './fresh-bytes';
import { KeyCache } from './key-cache';
import { KeyEncryptionError, wrap } from './key-encryption';
import type { KekRing } from './kek-ring';
import { unwrapUnder } from './kek-ring';
import { KekRotation } from './kek-rotation';
import type { KeptKeyStore } from './key-store';

type Keys = ReadonlyMap<RecordKeyId, Uint8Array>;

interface Waiting {
  readonly ids: readonly RecordKeyId[];
  readonly resolve: (keys: Keys) => void;
  readonly reject: (error: unknown) => void;
}

/** Key store in a folder. See `openFileKeyStore`. */
export class FileKeyStore implements KeptKeyStore {
  private waiting: Waiting[] = [];
  private readonly cache = new KeyCache();
  /** Made, but perhaps not on the disk yet. */
  private readonly fresh = new Set<RecordKeyId>();
  private readonly find: Database.Statement<[string], { wrapped: Buffer | null }>;
  private readonly insert: Database.Statement<[string, Buffer]>;
  private readonly rotation: KekRotation;
  private readonly commit: Database.Transaction<(waiting: readonly Waiting[]) => Keys[]>;

  /** `log` puts the write-ahead log on the disk: transactions leave that to it, so that nobody's thread waits for the disk. */
  constructor(private readonly db: Database.Database, private ring: KekRing, private readonly log: AsyncSync) {
    this.rotation = new KekRotation(db);
    this.find = db.prepare('SELECT wrapped FROM record_keys WHERE id = ?');
    this.insert = db.prepare('INSERT INTO record_keys (id, wrapped) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
    this.commit = db.transaction((waiting) => waiting.map(({ ids }) => this.answer(ids, (id) => this.stored(id, true))));
  }

  ensure(ids: readonly RecordKeyId[]): Promise<Keys> {
    if (ids.every((id) => this.cache.has(id) && !this.fresh.has(id))) return this.get(ids);
    return new Promise((resolve, reject) => {
      // Everything asked for in this turn of the event loop shares one transaction.
      if (this.waiting.push({ ids, resolve, reject }) === 1) setImmediate(() => this.flush());
    });
  }

  async get(ids: readonly RecordKeyId[]): Promise<Keys> {
    return this.answer(ids, (id) => this.stored(id, false));
  }

  async missing(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    return ids.filter((id) => !this.find.get(id));
  }

  async destroy(...ids: readonly RecordKeyId[]): Promise<void> {
    this.flush();
    for (const id of ids) this.cache.forget(id);
    const gone = this.db.prepare('INSERT INTO record_keys (id, wrapped) VALUES (?, NULL) ON CONFLICT (id) DO UPDATE SET wrapped = NULL');
    this.write(() => this.db.transaction(() => ids.forEach((id) => gone.run(id))).immediate());
    // If it dies here, the wrapped keys are gone from the table but still stand in the write-ahead log; opening the store truncates that.
    this.truncateLog('the keys are not destroyed for good while another program reads them: ask again when it has ended');
  }

  async destroyed(ids: readonly RecordKeyId[]): Promise<readonly RecordKeyId[]> {
    return ids.filter((id) => this.find.get(id)?.wrapped === null);
  }

  get rotating(): boolean {
    return this.ring.older !== undefined;
  }

  /** After a crash on the way the keys open with either file. */
  async rotate(next: Buffer): Promise<void> {
    this.flush();
    if (this.ring.older && !next.equals(this.ring.wrapping)) await this.takeBack();
    if (!next.equals(this.ring.wrapping)) this.ring = this.write(() => this.rotation.begin(this.ring.wrapping, next));
    await this.rewrap();
  }

  async resumeRotation(atHand: Buffer): Promise<void> {
    if (!this.ring.older) return;
    await this.rewrap();
    if (atHand.equals(this.ring.wrapping)) await this.settleRotation();
  }

  async settleRotation(): Promise<void> {
    const { wrapping, older } = this.ring;
    if (!older) return;
    this.write(() => this.rotation.settle(wrapping));
    this.truncateLog('another program reads the keys: ask again when it has ended');
    older.fill(0);
    this.ring = { wrapping };
  }

  async close(): Promise<void> {
    this.flush();
    await this.log.close();
    this.cache.forgetAll();
    this.ring.wrapping.fill(0);
    this.ring.older?.fill(0);
    this.db.close();
  }

  async copyTo(file: string): Promise<void> {
    this.flush();
    this.write(() => {
      fs.closeSync(fs.openSync(file, 'wx', 0o600));
      this.db.prepare('VACUUM INTO ?').run(file);
    });
  }

  private flush(): void {
    const waiting = this.waiting;
    if (waiting.length === 0) return;
    this.waiting = [];
    try {
      const answers = this.write(() => this.commit.immediate(waiting));
      void this.answerDurably(waiting, answers);
    } catch (error) {
      this.cache.forgetAll(); // keys made in the transaction that failed exist nowhere
      if (waiting.length === 1) waiting[0]!.reject(error);
      else waiting.forEach((one) => this.alone(one)); // one unreadable key is no reason to fail the others
    }
  }

  private async answerDurably(waiting: readonly Waiting[], answers: readonly Keys[]): Promise<void> {
    try {
      if (this.fresh.size > 0) await this.log.sync();
      for (const { ids } of waiting) for (const id of ids) this.fresh.delete(id);
      waiting.forEach(({ resolve }, i) => resolve(answers[i]!));
    } catch (error) {
      const failure = new StoreUnavailableError('the key store cannot reach its disk', 'no', { cause: error });
      for (const { reject } of waiting) reject(failure);
    }
  }

  private alone(one: Waiting): void {
    this.waiting = [one];
    this.flush();
  }

  private answer(ids: readonly RecordKeyId[], keyOf: (id: RecordKeyId) => Buffer | undefined): Keys {
    const keys = new Map<RecordKeyId, Uint8Array>();
    for (const id of ids) {
      const key = this.cache.get(id) ?? keyOf(id);
      if (!key) continue;
      this.cache.remember(id, key);
      keys.set(id, Uint8Array.from(key)); // a copy: the cached one is wiped when it is destroyed
    }
    return keys;
  }

  private stored(id: RecordKeyId, make: boolean): Buffer | undefined {
    // Most that are made are of new texts: nothing is looked up where nothing stood.
    const made = make ? this.made(id) : undefined;
    if (made) return made;
    const row = this.find.get(id);
    return row?.wrapped ? unwrapUnder(this.ring, id, row.wrapped) : undefined;
  }

  /** A new key, if there is none and was none. */
  private made(id: RecordKeyId): Buffer | undefined {
    const key = freshBytes(32);
    if (this.insert.run(id, wrap(this.ring.wrapping, id, key)).changes === 0) return undefined;
    this.fresh.add(id);
    return key;
  }

  /** Another key than the one that was begun with is wanted: everything goes back under the old one first. */
  private async takeBack(): Promise<void> {
    this.ring = { wrapping: this.ring.older!, older: this.ring.wrapping };
    await this.rewrap();
    await this.settleRotation();
  }

  private async rewrap(): Promise<void> {
    for (let after: number | undefined = 0; after !== undefined; await nextTurn()) {
      const from: number = after;
      after = this.write(() => this.rotation.rewrapSome(this.ring, from));
    }
    this.truncateLog('the keys are wrapped anew, but another program reads them: ask again when it has ended');
  }

  /** Leaves nothing in the write-ahead log that the table no longer holds, and has the table on the disk. */
  private truncateLog(otherwise: string): void {
    const [state] = this.write(() => this.db.pragma('wal_checkpoint(TRUNCATE)')) as { busy: number }[];
    if (state?.busy !== 0) throw new StoreUnavailableError(otherwise, 'unknown');
  }

  private write<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof KeyEncryptionError) throw error;
      throw new StoreUnavailableError('the key store cannot write', 'no', { cause: error });
    }
  }
}
