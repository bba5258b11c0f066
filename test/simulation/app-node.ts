import Database from 'better-sqlite3';
import { CaseAccess, escalationReactions, EscalationReader, InvestigationReader, investigationProjections } from '#contexts/investigations';
import type { ReviewInterval } from '#contexts/investigations';
import type { LocalDate } from '#kernel';
import { Ledger } from '#platform/event-store';
import type { EventStore, StoredEvent } from '#platform/event-store';
import { inProcessJobs, Reconciler } from '#platform/jobs';
import type { Jobs, Reaction } from '#platform/jobs';
import type { Vault } from '#platform/vault';
import { MemoryDatabase } from '#test/memory-reads';
import { codec } from '../../apps/daybook/codec';
import { digestOf } from '../../libs/platform/read-store/digest';
import { Projector } from '../../libs/platform/read-store/projector';
import { ReadFile } from '../../libs/platform/read-store/read-file';
import { ownTables } from '../../libs/platform/read-store/schema';
import { overNetwork, withJobFaults } from './faults';
import type { Faults } from './faults';
import type { Life, Scheduler } from './scheduler';

export const intervals: readonly ReviewInterval[] = [{ from: '2000-01-01' as LocalDate, initialDays: 28, everyDays: 28 }];

/** So few bytes of remembered streams that most are read again. */
const STATE_BUDGET = 12_000;

// Laid once: every program starts with a copy of these bytes.
let laid: Buffer | undefined;
/** Read models in which nothing is yet. */
export const emptyReads = (): Database.Database => {
  if (!laid) {
    const db = new Database(':memory:');
    db.exec(ownTables());
    for (const projection of investigationProjections) new ReadFile(db).lay(projection, { indexed: true });
    laid = db.serialize();
  }
  return new Database(laid);
};

/** Seals by saying so, without keys: what is sealed is not what is looked at here. */
const plainVault: Vault = {
  sealAll: async (events) => events.map(({ data, reason }) => JSON.parse(JSON.stringify({ data, reason }, (_, value: unknown) =>
    (typeof value === 'object' && value !== null && 'unsealed' in value && 'key' in value ? { key: value.key, iv: '', ct: '', tag: '', kc: '' } : value))) as { data: object }),
  open: async () => [],
  digest: (text) => String(text.length),
};

export interface World {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly log: EventStore;
  mint(): string;
  /** Is told of each reading of a clock by a reaction. */
  onDecided(now: number): void;
}

/** One program over the log: from its start to its end, with what it has in memory. Its tables may outlive it. */
export class AppNode {
  readonly life: Life;
  readonly ledger: Ledger;
  readonly escalations: EscalationReader;
  readonly reactions: readonly Reaction[];
  readonly jobs: Jobs;
  readonly kept: (() => Promise<void>)[] = [];
  private readonly projector: Projector;
  private readonly reconciler: Reconciler;
  private readonly memory: MemoryDatabase;
  private readonly headAtStart: Promise<number>;
  private ready = false;

  constructor(readonly name: string, private readonly world: World, readonly clock: () => number, readonly db: Database.Database) {
    const { scheduler, faults, log } = world;
    this.life = { name, ended: false };
    this.memory = new MemoryDatabase(db);
    this.ledger = new Ledger(overNetwork(log, this.life, scheduler, faults) as EventStore, codec, plainVault, clock, 'daybook simulated');
    this.projector = new Projector({ db, log, projections: investigationProjections, codec, stateBudget: STATE_BUDGET });
    this.projector.follow();
    this.headAtStart = log.head().then(({ number }) => number);
    this.escalations = new EscalationReader(this.reads(), clock, intervals);
    this.reactions = this.reactionsOf();
    const later = scheduler.timersOf(this.life);
    const reactions = this.reactions.map((reaction) => withJobFaults(reaction, faults, (again) => { this.kept.push(again); }));
    this.jobs = inProcessJobs({ reactions, later, now: clock, workers: 2 });
    this.reconciler = new Reconciler({ jobs: this.jobs, reactions, clock, later, elapsed: () => scheduler.elapsed, page: 2 });
  }

  /** Whether it has caught up since it started. */
  get isReady(): boolean {
    return this.ready;
  }

  /** Event number up to which its tables stand. */
  get reached(): number {
    return this.projector.behind().number;
  }

  /** Takes the next events of the log into its tables, at most so many. Looks for due work from its first catch-up on. */
  async deliver(most: number): Promise<void> {
    const page = await this.next(most);
    await this.projector.apply(page);
    if (this.ready) return this.reconciler.request();
    if (this.reached < await this.headAtStart) return;
    this.ready = true;
    this.jobs.start();
    this.reconciler.start();
  }

  /** A job that was kept comes once more. Like every job it may fail. */
  performKept(): void {
    void this.kept.shift()?.().catch(() => undefined);
  }

  reader(): InvestigationReader {
    return new InvestigationReader(this.reads(), this.clock);
  }

  digests(): readonly string[] {
    return investigationProjections.map((projection) => `${projection.name} ${digestOf(this.db, projection)}`);
  }

  private reads() {
    const isReady = (): boolean => this.isReady;
    const reached = (): number => this.reached;
    return { db: this.memory, get ready() { return isReady(); }, numberRecordedBy: reached, checkpoint: () => ({ position: '', number: reached() }), onBatch: () => () => undefined };
  }

  private async next(most: number): Promise<readonly StoredEvent[]> {
    for await (const page of this.world.log.readAll(this.projector.behind().position, { pageSize: most })) return page;
    return [];
  }

  private reactionsOf(): readonly Reaction[] {
    const { world, clock, ledger, escalations } = this;
    const observed = (): number => {
      const now = clock();
      world.onDecided(now);
      return now;
    };
    return escalationReactions({ escalations, ledger, caseAccess: new CaseAccess(ledger, this.reads()), supervises: (officer) => officer !== 'DS 2', clock: observed, mint: () => world.mint() });
  }
}
