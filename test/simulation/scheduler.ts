import { createHash } from 'node:crypto';
import type { Later } from '../../libs/platform/jobs/timers';
import { Seeded } from '#test/seeded';

/** Whatever waits for its turn belongs to somebody. When they have ended, nothing of theirs goes on: what they waited for never comes. */
export interface Life {
  readonly name: string;
  ended: boolean;
}

interface Step {
  readonly life: Life;
  readonly label: string;
  readonly run: () => void;
}

interface Alarm extends Step {
  readonly at: number;
  readonly place: number;
}

/** Whatever was made ready goes as far as it comes by itself: promises that wait for nothing outside settle in one order, always. */
const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

const TOLD = 60;

/** Decides who goes on next, by its seed alone. Keeps a trace, so that two runs of one seed can be compared. */
export class Scheduler {
  readonly chance: Seeded;
  /** Milliseconds that have passed, never back. */
  elapsed = 0;
  private steps: Step[] = [];
  private alarms: Alarm[] = [];
  private places = 0;
  private readonly hash = createHash('sha256');
  private readonly told: string[] = [];

  constructor(seed: number) {
    this.chance = new Seeded(seed);
  }

  /** Settles when the scheduler says that it is this one's turn. */
  turn(life: Life, label: string): Promise<void> {
    return new Promise((run) => { if (!life.ended) this.steps.push({ life, label, run }); });
  }

  /** Timers of somebody. */
  timersOf(life: Life): Later {
    return (ms, run) => {
      const alarm = { life, label: 'alarm', run, at: this.elapsed + ms, place: this.places++ };
      this.alarms.push(alarm);
      return () => { this.alarms = this.alarms.filter((other) => other !== alarm); };
    };
  }

  end(life: Life): void {
    life.ended = true;
    this.steps = this.steps.filter((step) => step.life !== life);
    this.alarms = this.alarms.filter((alarm) => alarm.life !== life);
  }

  get hasSteps(): boolean {
    return this.steps.length > 0;
  }

  /** Lets one that waits go on; false when nobody waits. */
  async step(): Promise<boolean> {
    const at = this.chance.below(this.steps.length);
    const [step] = this.steps.splice(at, 1);
    if (!step) return false;
    await this.run(step);
    return true;
  }

  /** Lets the time pass until the next alarm; false when none is set. */
  async ring(): Promise<boolean> {
    const [next] = [...this.alarms].sort((a, b) => a.at - b.at || a.place - b.place);
    if (!next) return false;
    this.alarms = this.alarms.filter((alarm) => alarm !== next);
    this.elapsed = Math.max(this.elapsed, next.at);
    await this.run(next);
    return true;
  }

  /** Does something in one step of its own. */
  async at(label: string, act: () => void | Promise<void>): Promise<void> {
    this.note(label);
    await act();
    await settled();
  }

  note(line: string): void {
    this.hash.update(`${line}\n`);
    if (this.told.push(line) > TOLD) this.told.shift();
  }

  digest(): string {
    return this.hash.copy().digest('hex');
  }

  /** The last lines of the trace, for whoever looks for what went wrong. */
  lastLines(): string {
    return this.told.join('\n');
  }

  private run({ life, label, run }: Step): Promise<void> {
    return this.at(`${life.name} ${label}`, run);
  }
}
