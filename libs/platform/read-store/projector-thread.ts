import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { openEmbeddedReader } from '#platform/event-store';
import type { EventCodec, Subscription } from '#platform/event-store';
import { buildInBulk } from './bulk-build';
import type { LogReader, OpenLog } from './log-reader';
import { describeError } from './poison';
import type { Projection } from './projection';
import { Projector } from './projector';
import { openForProjecting, openSideFile } from './read-file';
import type { BatchWork } from './read-store';
import { sideFileOf, takeOver } from './side-file';
import type { Built, FromThread, ThreadData, ThreadRequest, ToThread } from './thread-protocol';

/** Events in a log from which on empty tables are built in bulk instead of event by event. */
const BULK_FROM = 2000;
/** Most events of a batch. Fewer come when fewer wait: one at a time when the log is quiet. */
const BATCH = 500;

export interface ProjectorThreadOptions {
  readonly openLog?: OpenLog;
  readonly largestEvent?: number;
}

/** Opens the ledger's part of the embedded store's log: looks do not even wake a projector that has nothing to do with them. */
export const openEmbeddedLog: OpenLog = (logFile, heads) => openEmbeddedReader(logFile, { view: 'ledger', ...(heads ? { heads } : {}) });

/**
 * The body of the projector thread: the only writer of the read models' file. Any error that is not an event's own ends the thread; whoever
 * started it starts it again, and it goes on from the checkpoint.
 */
export const runProjectorThread = (projections: readonly Projection[], codec: EventCodec, options: ProjectorThreadOptions = {}): void => {
  const thread = new ProjectorThread(projections, codec, options, workerData as ThreadData);
  parentPort!.on('message', (message: ToThread) => thread.receive(message));
  thread.start();
};

const tell = (message: FromThread): void => parentPort!.postMessage(message);

class ProjectorThread {
  private readonly db: Database;
  private readonly log: LogReader;
  private readonly projector: Projector;
  private subscription: Subscription | undefined;
  private turn: Promise<void> = Promise.resolve();
  private closing = false;

  constructor(
    private readonly projections: readonly Projection[], private readonly codec: EventCodec,
    private readonly options: ProjectorThreadOptions, private readonly data: ThreadData,
  ) {
    this.db = openForProjecting(data.file);
    this.log = (options.openLog ?? openEmbeddedLog)(data.logFile, data.heads);
    this.projector = new Projector({
      ...options, db: this.db, log: this.log, projections, codec, onParked: (name, parked) => tell({ kind: 'parked', name, parked }),
    });
  }

  start(): void {
    void this.inTurn(async () => {
      const { number } = await this.log.head();
      this.lay();
      tell({ kind: 'opened' });
      if (number >= BULK_FROM) await this.buildEmptyOnes();
      await this.projector.unpark();
      this.tellParked();
      if (!this.closing) this.subscribe(number);
    });
  }

  receive(message: ToThread): void {
    if (message.kind === 'close') void this.close();
    else void this.inTurn(async () => tell({ kind: 'answer', id: message.id, answer: await this.answer(message.request) }));
  }

  /** Empty tables for every projection that has none of this version. If it dies here, the next start finds them at the start of the log. */
  private lay(): void {
    this.db.transaction(() => {
      this.projector.clearOthers();
      for (const projection of this.projector.unbuilt()) this.projector.file.lay(projection, { indexed: true });
    }).immediate();
    this.projector.follow();
  }

  private async buildEmptyOnes(): Promise<void> {
    const empty = this.projections.filter((projection) => this.projector.file.checkpoint(projection)?.number === -1);
    if (empty.length === 0) return;
    const until = await this.log.head();
    const sideFile = sideFileOf(this.data.file, 'start');
    const side = openSideFile(sideFile);
    const { codec, log, options: { largestEvent } } = this;
    await buildInBulk({ db: side, log, codec, largestEvent, targets: empty.map((projection) => ({ projection, until })) });
    side.close();
    // If it dies here, the live tables are still empty and the next start builds again.
    await takeOver(this.projector, this.db, sideFile, empty.map((projection) => ({ projection, checkpoint: until })));
  }

  private tellParked(): void {
    for (const { name } of this.projections)
      for (const parked of this.projector.file.parked(name)) tell({ kind: 'parked', name, parked });
  }

  private subscribe(target: number): void {
    let caughtUp = false;
    const reached = (work?: BatchWork): void => {
      const checkpoint = this.projector.behind();
      tell({ kind: 'batch', checkpoint, ...(work ? { work } : {}) });
      if (caughtUp || checkpoint.number < target) return;
      caughtUp = true;
      tell({ kind: 'caught-up' });
    };
    reached();
    this.subscription = this.log.subscribe(this.projector.behind().position, {
      onBatch: (events) => this.inTurn(async () => {
        const begun = performance.now();
        await this.projector.apply(events);
        reached({ events: events.length, ms: performance.now() - begun });
      }),
      onError: (error) => this.fail(error),
    }, { batchSize: BATCH });
  }

  private async answer(request: ThreadRequest): Promise<number> {
    if (request.kind === 'unpark') return this.projector.unpark(request.name);
    await takeOver(this.projector, this.db, request.sideFile, request.built.map((built) => this.named(built)));
    return request.built.length;
  }

  private named({ name, checkpoint }: Built): { projection: Projection; checkpoint: Built['checkpoint'] } {
    const projection = this.projections.find((candidate) => candidate.name === name);
    if (!projection) throw new RangeError(`no projection ${name}`);
    return { projection, checkpoint };
  }

  /** One thing at a time: batches, retries and exchanges share the writing connection and what the projector remembers. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch((error: unknown) => this.fail(error));
    return this.turn;
  }

  private fail(error: unknown): void {
    if (this.closing) return;
    this.closing = true;
    tell({ kind: 'failed', error: describeError(error) });
    // Ends this thread only. An open transaction is rolled back with the connection.
    process.exit(1);
  }

  private async close(): Promise<void> {
    this.closing = true;
    await this.subscription?.stop();
    await this.turn;
    await this.log.close();
    this.db.close();
    parentPort!.close();
  }
}
