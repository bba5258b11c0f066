import { StoreUnavailableError } from '#kernel';
import { lagOf } from './lag';
import type { ReadStoreOptions } from './open-read-store';
import type { Projection } from './projection';
import { ProjectorClient } from './projector-client';
import { SqliteReadDatabase } from './read-database';
import { AT_START, removeReadFile } from './read-file';
import type { Parked } from './read-file';
import type { BatchWork, Checkpoint, ProjectionStatus, ReadDatabase, ReadStore, RebuildReport } from './read-store';
import type { Rebuilt } from './rebuild-child';
import { startRebuild } from './rebuild-process';
import type { RebuildProcess } from './rebuild-process';
import { NUMBER_RECORDED_BY, recordedPrefix } from './recorded-prefix';
import { removeOldRebuilds, sideFileOf } from './side-file';
import type { FromThread } from './thread-protocol';
import { Waiters } from './waiters';

const NOT_OPEN = 'the read models are not open';

/** Starts of the projector, each later than the one before, until somebody who waits for the first catch-up is told that it does not come. */
const STOPS = 6;

/** Promise that is settled from outside. Nobody waiting for it is no reason to end the process. */
class Milestone {
  reach: () => void = () => {};
  fail: (error: Error) => void = () => {};
  readonly passed = new Promise<void>((resolve, reject) => { [this.reach, this.fail] = [resolve, reject]; });

  constructor() {
    this.passed.catch(() => {});
  }
}

/** The read models as the main thread sees them: it reads the file, the projector thread alone writes it. */
export class ThreadedReadStore implements ReadStore {
  ready = false;
  private readonly thread: ProjectorClient;
  private readonly waiters = new Waiters();
  private readonly listeners = new Set<(checkpoint: Checkpoint, work?: BatchWork) => void>();
  private readonly opened = new Milestone();
  private readonly first = new Milestone();
  private database: SqliteReadDatabase | undefined;
  private reached = AT_START;
  private stopped: string | undefined;
  private stops = 0;
  private rebuilding: Promise<unknown> = Promise.resolve();
  private rebuilds = 0;
  private child: RebuildProcess | undefined;
  private isClosed = false;

  private constructor(private readonly options: ReadStoreOptions) {
    removeOldRebuilds(options.file);
    const { file, logFile, heads, threadFile } = options;
    this.thread = new ProjectorClient({
      file, logFile, threadFile, heads,
      onMessage: (message) => this.receive(message), onStopped: (error) => this.hasStopped(error),
    });
  }

  /** Settles when the tables exist. @throws StoreUnavailableError */
  static async open(options: ReadStoreOptions): Promise<ThreadedReadStore> {
    const store = new ThreadedReadStore(options);
    try {
      await store.opened.passed;
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  get db(): ReadDatabase {
    if (!this.database || this.isClosed) throw new StoreUnavailableError(NOT_OPEN, 'no');
    return this.database;
  }

  caughtUp(): Promise<void> {
    return this.first.passed;
  }

  checkpoint(): Checkpoint {
    return this.reached;
  }

  numberRecordedBy(ms: number): number {
    return this.db.get<{ number: number }>(NUMBER_RECORDED_BY, ms)?.number ?? -1;
  }

  waitFor(position: string, timeoutMs: number): Promise<boolean> {
    return this.waiters.wait(position, timeoutMs);
  }

  onBatch(listener: (checkpoint: Checkpoint, work?: BatchWork) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  status(): Promise<readonly ProjectionStatus[]> {
    return Promise.all(this.options.projections.map((projection) => this.statusOf(projection)));
  }

  unpark(name?: string): Promise<number> {
    return this.thread.request(name === undefined ? { kind: 'unpark' } : { kind: 'unpark', name });
  }

  /** One rebuild at a time. @throws RebuildFailedError; @throws RangeError when no read model has this name */
  rebuild(name?: string): Promise<readonly RebuildReport[]> {
    const names = [...this.options.projections, recordedPrefix].map((projection) => projection.name).filter((known) => name === undefined || known === name);
    if (names.length === 0) return Promise.reject(new RangeError('no read model has this name'));
    const next = this.rebuilding.then(() => this.rebuildNow(names));
    this.rebuilding = next.catch(() => {});
    return next;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    this.child?.kill();
    this.waiters.giveUp();
    this.first.fail(new StoreUnavailableError('the read models were closed', 'no'));
    await this.thread.close();
    await this.rebuilding;
    this.database?.close();
  }

  private receive(message: FromThread): void {
    switch (message.kind) {
      case 'opened': return this.hasOpened();
      case 'caught-up':
        this.ready = true;
        return this.first.reach();
      case 'batch': return this.hasReached(message.checkpoint, message.work);
      case 'parked': return this.tellParked(message.name, message.parked);
      case 'answer': case 'failed': return undefined;
    }
  }

  private hasOpened(): void {
    if (this.isClosed) return;
    if (this.database) this.database.reopen();
    else this.database = new SqliteReadDatabase(this.options.file);
    this.opened.reach();
  }

  private hasReached(checkpoint: Checkpoint, work?: BatchWork): void {
    this.stopped = undefined;
    this.stops = 0;
    this.reached = checkpoint;
    this.waiters.tell(checkpoint.position);
    for (const listener of [...this.listeners]) listener(checkpoint, work);
  }

  private hasStopped(error: string): void {
    this.stopped = error;
    if (++this.stops >= STOPS && !this.options.early) this.first.fail(new StoreUnavailableError(`the read models cannot be built: ${error}`, 'no'));
    this.opened.fail(new StoreUnavailableError(`the projector cannot be started: ${error}`, 'no'));
    this.options.onAlarm?.({ kind: 'PROJECTOR_STOPPED', facts: { error } });
  }

  private tellParked(projection: string, { stream, revision, error }: Parked): void {
    this.options.onAlarm?.({ kind: 'STREAM_PARKED', facts: { projection, stream, revision, error } });
  }

  private async statusOf({ name, version }: Projection): Promise<ProjectionStatus> {
    const { checkpoint, parked } = this.db.snapshot(() => ({
      checkpoint: this.db.get<Checkpoint>('SELECT position, number FROM checkpoints WHERE projection = ?', name) ?? AT_START,
      parked: this.db.all<Parked>('SELECT stream, revision, error FROM parked WHERE projection = ? ORDER BY stream', name),
    }));
    const lag = await lagOf(this.options.log, checkpoint, this.options.clock());
    return { name, version, checkpoint, ...lag, parked, ...(this.stopped === undefined ? {} : { stopped: this.stopped }) };
  }

  private async rebuildNow(names: readonly string[]): Promise<readonly RebuildReport[]> {
    await this.caughtUp();
    // What can be read by now is put right in the live tables first, so that it does not count as a difference.
    for (const name of names) await this.unpark(name);
    const { file, logFile, rebuildFile } = this.options;
    // A name of its own: the child of a process that was killed may still be writing to its own.
    const sideFile = sideFileOf(file, `rebuild-${process.pid}-${++this.rebuilds}`);
    try {
      this.child = startRebuild(rebuildFile, { file, logFile, sideFile, names });
      return await this.settle(await this.child.reports, sideFile);
    } finally {
      this.child = undefined;
      removeReadFile(sideFile);
    }
  }

  private async settle(rebuilt: readonly Rebuilt[], sideFile: string): Promise<readonly RebuildReport[]> {
    // Rows of the recorded prefix that are equal need no exchange: they have no version that could be new.
    const built = rebuilt.filter(({ name, result }) => result === 'swapped' && name !== recordedPrefix.name).map(({ name, checkpoint }) => ({ name, checkpoint }));
    if (built.length > 0) await this.thread.request({ kind: 'exchange', sideFile, built });
    return rebuilt.map(({ checkpoint: _, ...report }) => {
      if (report.result === 'different')
        this.options.onAlarm?.({ kind: 'REBUILD_DIFFERS', facts: { projection: report.name, version: report.version, rows: report.differences.length } });
      return report;
    });
  }
}
