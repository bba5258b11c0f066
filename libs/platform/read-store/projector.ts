import type { Database } from 'better-sqlite3';
import { categoryOf } from '#kernel';
import { comparePositions } from '#platform/event-store';
import type { StoredEvent } from '#platform/event-store';
import type { LogReader } from './log-reader';
import { describeError } from './poison';
import { follows } from './projection';
import type { Patch, Projection } from './projection';
import { AT_START, ReadFile } from './read-file';
import type { Parked } from './read-file';
import type { Checkpoint } from './read-store';
import { RecordedPrefix, recordedPrefix } from './recorded-prefix';
import { PendingRows, RowWriter } from './rows';
import { applyEvent, LazyEvent, storedBytes } from './stream-replay';
import type { Reading } from './stream-replay';
import { StreamStates } from './stream-states';

/** One projection as the projector follows it. Whatever is new in here is only true once its transaction has been made. */
interface Follower {
  readonly projection: Projection;
  readonly pending: PendingRows;
  readonly parked: Map<string, Parked>;
  newlyParked: Parked[];
  checkpoint: Checkpoint;
}

const NOTHING = { state: undefined, bytes: 0 };

export interface ProjectorOptions extends Reading {
  readonly db: Database;
  readonly log: Pick<LogReader, 'readStream' | 'readAll'>;
  readonly projections: readonly Projection[];
  /** Is told of each stream that has been parked, after the transaction. */
  readonly onParked?: (name: string, parked: Parked) => void;
  readonly stateBudget?: number;
}

/**
 * Applies events to the tables of one file: rows, checkpoints, parked streams and the recorded prefix of a batch in one transaction. After any
 * error that it throws it must be dropped: what it remembers may be ahead of the tables. The tables themselves are whole.
 */
export class Projector {
  readonly file: ReadFile;
  private readonly writer: RowWriter;
  private readonly prefix: RecordedPrefix;
  private readonly states: StreamStates;
  private followers: Follower[] = [];

  constructor(private readonly options: ProjectorOptions) {
    this.file = new ReadFile(options.db);
    this.writer = new RowWriter(options.db);
    this.prefix = new RecordedPrefix(options.db);
    this.states = new StreamStates(options.stateBudget);
  }

  /** Projections whose tables are missing, or of another version. */
  unbuilt(): readonly Projection[] {
    return this.options.projections.filter((projection) => !this.file.checkpoint(projection));
  }

  /** Takes away the tables of projections that the program no longer has. */
  clearOthers(): void {
    this.file.clearAllBut([...this.options.projections, recordedPrefix].map(({ name }) => name));
  }

  /** Starts to follow the log with every projection from where its tables stand. */
  follow(): void {
    if (!this.file.checkpoint(recordedPrefix)) this.file.lay(recordedPrefix, { indexed: false });
    this.followers = [...this.options.projections, recordedPrefix].map((projection) => this.followerOf(projection));
  }

  /** From where the log must be read so that no projection misses an event: the earliest of all, the recorded prefix included. */
  behind(): Checkpoint {
    return this.followers.map(({ checkpoint }) => checkpoint)
      .reduce((earliest, checkpoint) => (comparePositions(checkpoint.position, earliest.position) < 0 ? checkpoint : earliest));
  }

  /** Applies events that follow on each other in log order. When it answers, they are in the tables. */
  async apply(events: readonly StoredEvent[]): Promise<Checkpoint> {
    const last = events.at(-1);
    if (!last) return this.behind();
    let { number } = this.behind();
    for (const event of events) {
      if (event.number < 0) continue;
      number = event.number;
      this.prefix.note(event);
    }
    await this.collect(events, this.followers);
    this.options.db.transaction(() => this.write(this.followers, { position: last.position, number })).immediate();
    // If it dies here, the batch is in the tables and nobody has been told; whoever starts next reads the checkpoint.
    this.tellParked();
    return this.behind();
  }

  /** Tries parked streams again from their first event; how many stay parked. */
  async unpark(name?: string): Promise<number> {
    let left = 0;
    for (const follower of this.followers) {
      if (name !== undefined && follower.projection.name !== name) continue;
      for (const parked of [...follower.parked.values()]) if (!(await this.retry(follower, parked))) left++;
    }
    return left;
  }

  /**
   * Puts what `replace` brings in the place of a projection's tables, brings it up to where the live tables were, all in one transaction:
   * readers see either the old tables or the new ones, never older rows than before.
   */
  async exchange(projection: Projection, built: Checkpoint, replace: () => void): Promise<void> {
    const { db } = this.options;
    const live = this.file.checkpoint(projection) ?? AT_START;
    db.exec('BEGIN IMMEDIATE');
    replace();
    this.file.saveCheckpoint(projection, built);
    this.states.forgetAll(projection.name);
    const follower = this.followerOf(projection);
    const old = this.followers.find((candidate) => candidate.projection === projection);
    follower.newlyParked = [...follower.parked.values()].filter(({ stream }) => !old?.parked.has(stream));
    if (live.number > built.number) await this.catchUp(follower, live);
    // If it dies here, nothing has changed: the old tables are live, and the side file is taken away at the next start.
    db.exec('COMMIT');
    this.followers = this.followers.map((other) => (other === old ? follower : other));
    this.tellParked();
  }

  private followerOf(projection: Projection): Follower {
    return {
      projection,
      pending: new PendingRows(projection),
      parked: new Map(this.file.parked(projection.name).map((parked) => [parked.stream, parked])),
      newlyParked: [],
      checkpoint: this.file.checkpoint(projection) ?? AT_START,
    };
  }

  private async catchUp(follower: Follower, live: Checkpoint): Promise<void> {
    for await (const page of this.options.log.readAll(follower.checkpoint.position, { pageSize: 1000 })) {
      const due = page.filter(({ number }) => number <= live.number);
      await this.collect(due, [follower]);
      this.write([follower], follower.checkpoint);
      if (due.length < page.length) break;
    }
    this.write([follower], live);
  }

  private async collect(events: readonly StoredEvent[], followers: readonly Follower[]): Promise<void> {
    for (const stored of events) {
      if (stored.number < 0) continue;
      const category = categoryOf(stored.stream);
      const event = new LazyEvent(stored, this.options);
      for (const follower of followers) {
        const { projection, checkpoint, parked } = follower;
        if (!follows(projection, category) || stored.number <= checkpoint.number || parked.has(stored.stream)) continue;
        await this.step(follower, event);
      }
    }
  }

  private async step(follower: Follower, event: LazyEvent): Promise<void> {
    const { projection: { name }, projection } = follower;
    const { stream, revision } = event.stored;
    const before = projection.stateless ? NOTHING : this.states.at(name, stream, revision - 1) ?? (await this.replay(follower, stream, revision));
    if (!before) return;
    try {
      follower.pending.add(applyEvent(projection, before.state, event));
      if (!projection.stateless) this.states.keep(name, stream, { state: before.state, revision, bytes: before.bytes + storedBytes(event.stored) });
    } catch (error) {
      this.park(follower, { stream, revision, error: describeError(error) });
    }
  }

  /** Makes a forgotten state again from the stream's events before a revision; their rows are in the tables already. */
  private async replay(follower: Follower, stream: string, before: number): Promise<{ state: unknown; bytes: number } | undefined> {
    const events = before === 0 ? [] : (await this.options.log.readStream(stream, { limit: before })).events;
    return this.applyAll(follower, stream, events, () => {});
  }

  /** Applies a stream's events from the first, or parks it at the one that cannot be. */
  private applyAll(
    follower: Follower, stream: string, events: readonly StoredEvent[], take: (patches: readonly Patch[]) => void,
  ): { state: unknown; bytes: number } | undefined {
    let bytes = 0;
    let revision = 0;
    try {
      const state = follower.projection.open(stream);
      for (const stored of events) {
        revision = stored.revision;
        take(applyEvent(follower.projection, state, new LazyEvent(stored, this.options)));
        bytes += storedBytes(stored);
      }
      return { state, bytes };
    } catch (error) {
      this.park(follower, { stream, revision, error: describeError(error) });
      return undefined;
    }
  }

  private async retry(follower: Follower, { stream, revision }: Parked): Promise<boolean> {
    const { events } = await this.options.log.readStream(stream);
    const due = events.filter(({ number }) => number <= follower.checkpoint.number);
    follower.parked.delete(stream);
    const done = this.applyAll(follower, stream, due, (patches) => follower.pending.add(patches));
    const { db } = this.options;
    db.transaction(() => {
      if (done) this.file.unpark(follower.projection.name, stream);
      this.write([follower], follower.checkpoint);
    }).immediate();
    // Parked at the same place as before is no news.
    follower.newlyParked = follower.newlyParked.filter((parked) => parked.stream !== stream || parked.revision !== revision);
    this.tellParked();
    return done !== undefined;
  }

  private park(follower: Follower, parked: Parked): void {
    this.states.forget(follower.projection.name, parked.stream);
    follower.parked.set(parked.stream, parked);
    follower.newlyParked.push(parked);
  }

  /** Runs inside the caller's transaction. */
  private write(followers: readonly Follower[], reached: Checkpoint): void {
    for (const follower of followers) {
      const { name } = follower.projection;
      follower.pending.drain(this.writer);
      for (const parked of follower.newlyParked) this.file.park(name, parked);
      if (comparePositions(reached.position, follower.checkpoint.position) <= 0) continue;
      follower.checkpoint = reached;
      this.file.saveCheckpoint(follower.projection, reached);
    }
    this.prefix.write();
  }

  private tellParked(): void {
    for (const follower of this.followers) {
      for (const parked of follower.newlyParked) this.options.onParked?.(follower.projection.name, parked);
      follower.newlyParked = [];
    }
  }
}
