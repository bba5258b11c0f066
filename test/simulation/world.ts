import { idFrom, memoryEventStore } from '#platform/event-store';
import type { Due } from '#platform/jobs';
import { AppNode, emptyReads } from './app-node';
import type { World } from './app-node';
import { Clients } from './clients';
import { Faults } from './faults';
import { checkAtRest, insist, LogWatch } from './invariants';
import { Scheduler } from './scheduler';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const TEN_YEARS = 3_652 * DAY;
/** A minute before each time the clocks change in the year of the simulation. */
const CHANGES_OF_CLOCKS = ['2019-03-31T00:59:00Z', '2019-10-27T00:59:00Z', '2020-03-29T00:59:00Z'].map((at) => Date.parse(at));
const MOST_STEPS_TO_REST = 20_000;

/** The clock of one machine: it may be wrong by some milliseconds, or stand still. */
interface MachineClock {
  wrongBy: number;
  frozenAt?: number;
}

/** One run of a seed. */
export interface Outcome {
  readonly digest: string;
  readonly events: number;
  readonly escalations: number;
}

/** Two programs over one log, those who use them, and everything that goes wrong, decided by one seed. */
class Simulation implements World {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly log = memoryEventStore();
  private readonly watch = new LogWatch(this.log, (minute) => this.decided.has(minute));
  private readonly clients: Clients;
  private readonly clocks: readonly MachineClock[] = [{ wrongBy: 0 }, { wrongBy: 0 }];
  private readonly decided = new Set<number>();
  private readonly nodes: AppNode[];
  private now = Date.parse('2019-03-20T09:00:00Z');
  private minted = 0;

  constructor(private readonly seed: number) {
    this.scheduler = new Scheduler(seed);
    this.faults = new Faults(this.scheduler);
    this.clients = new Clients(seed, this.scheduler, this.watch);
    this.nodes = [0, 1].map((place) => this.startNode(place));
  }

  mint(): string {
    return idFrom('simulated job', String(this.seed), String(this.minted++));
  }

  onDecided(now: number): void {
    this.decided.add(Math.floor(now / MINUTE) * MINUTE);
  }

  async run(steps: number): Promise<Outcome> {
    for (let i = 0; i < steps; i++) await this.step();
    await this.comeToRest();
    await checkAtRest(this.log, this.nodes, this.watch);
    const { events } = this.watch;
    for (const { type, stream } of events) this.scheduler.note(`${stream} ${type}`);
    return { digest: this.scheduler.digest(), events: events.length, escalations: events.filter(({ type }) => type.endsWith('Escalated')).length };
  }

  lastLines(): string {
    return this.scheduler.lastLines();
  }

  close(): void {
    for (const { db, life } of this.nodes) {
      this.scheduler.end(life);
      db.close();
    }
  }

  private startNode(place: number, db = emptyReads()): AppNode {
    const clock = this.clocks[place]!;
    return new AppNode(`node ${place}`, this, () => clock.frozenAt ?? this.now + clock.wrongBy, db);
  }

  private async step(): Promise<void> {
    const { chance } = this.scheduler;
    this.now += chance.below(20 * MINUTE);
    const place = chance.below(2);
    const node = this.nodes[place]!;
    const lot = chance.next();
    if (lot < 0.55 && this.scheduler.hasSteps) await this.scheduler.step();
    else if (lot < 0.68) await this.scheduler.at(`ask ${place}`, () => this.clients.ask(node));
    else if (lot < 0.74) await this.scheduler.at(`ask again ${place}`, () => this.clients.askAgain(node));
    else if (lot < 0.75) await this.scheduler.at(`mistake ${place}`, () => this.clients.mistake(node));
    else if (lot < 0.87) await this.scheduler.at(`deliver ${place}`, () => node.deliver(1 + chance.below(6)));
    else if (lot < 0.95) await this.ring();
    else if (lot < 0.96) await this.scheduler.at(`kept ${place}`, () => node.performKept());
    else if (lot < 0.98) await this.scheduler.at(`clock ${place}`, () => this.disturb(this.clocks[place]!));
    else if (lot < 0.99) this.now += chance.below(20 * DAY);
    else await this.scheduler.at(`kill ${place}`, () => this.kill(place));
    await this.look();
  }

  private async look(): Promise<void> {
    await this.watch.follow();
    this.clients.check();
  }

  private async ring(): Promise<boolean> {
    const before = this.scheduler.elapsed;
    const rang = await this.scheduler.ring();
    this.now += this.scheduler.elapsed - before;
    return rang;
  }

  private kill(place: number): void {
    const { life, db } = this.nodes[place]!;
    this.scheduler.end(life);
    const isTableLost = this.scheduler.chance.next() < 0.3;
    if (isTableLost) db.close();
    this.nodes[place] = isTableLost ? this.startNode(place) : this.startNode(place, db);
  }

  private disturb(clock: MachineClock): void {
    const { chance } = this.scheduler;
    const jump = chance.pick([HOUR, -HOUR, TEN_YEARS, -TEN_YEARS, 0, 0]);
    const bounded = Math.abs(clock.wrongBy + jump) > TEN_YEARS ? 0 : clock.wrongBy + jump;
    clock.wrongBy = jump === 0 ? 0 : bounded;
    const change = CHANGES_OF_CLOCKS.find((at) => at > this.now);
    if (change !== undefined && chance.next() < 0.1) this.now = change;
    if (chance.next() < 0.3) clock.frozenAt = this.now + clock.wrongBy;
    else delete clock.frozenAt;
  }

  /** Nothing goes wrong any more, everybody gets an answer, and what is due is done. */
  private async comeToRest(): Promise<void> {
    this.faults.quiet = true;
    for (const clock of this.clocks) {
      clock.wrongBy = 0;
      delete clock.frozenAt;
    }
    this.now += this.scheduler.chance.below(150 * DAY);
    for (let i = 0; i < MOST_STEPS_TO_REST; i++) {
      if (await this.settle()) return;
    }
    insist(false, `never came to rest; still due: ${JSON.stringify(this.due())}`);
  }

  /** True when there is nothing left to do. */
  private async settle(): Promise<boolean> {
    while (await this.scheduler.step()) await this.look();
    for (const [place, node] of this.nodes.entries()) {
      if (node.reached < this.watch.events.length - 1 || !node.isReady) await this.scheduler.at(`deliver ${place}`, () => node.deliver(500));
      if (node.kept.length > 0) await this.scheduler.at(`kept ${place}`, () => node.performKept());
      await this.runDeadAgain(node);
    }
    const isWaitedFor = this.clients.insistAll(this.nodes[this.scheduler.chance.below(2)]!);
    await this.look();
    if (isWaitedFor || this.scheduler.hasSteps || this.nodes.some(({ reached, kept }) => kept.length > 0 || reached < this.watch.events.length - 1)) return false;
    if (this.due().length === 0) return true;
    await this.ring();
    return false;
  }

  /** As whoever runs the program would, once they have put right what was wrong. */
  private async runDeadAgain({ jobs }: AppNode): Promise<void> {
    for (const { id } of await jobs.deadLetters(100)) await jobs.runAgain(id);
  }

  private due(): readonly Due[] {
    return this.nodes.flatMap(({ reactions, clock }) => reactions.flatMap((reaction) => reaction.due({ now: clock(), limit: 100 }) as readonly Due[]));
  }
}

/** Runs one seed for so many steps, then until it has come to rest. @throws Broken, with the end of the trace, when something does not hold */
export const simulate = async (seed: number, steps: number): Promise<Outcome> => {
  const simulation = new Simulation(seed);
  try {
    return await simulation.run(steps);
  } catch (error) {
    throw new Error(`seed ${seed}, ${steps} steps (replay: DAYBOOK_SEED=${seed} npx jest test/simulation, with the same DAYBOOK_FAULTS): ${(error as Error).message}\n\n${simulation.lastLines()}`, { cause: error });
  } finally {
    simulation.close();
  }
};
