import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Counter, Histogram } from 'prom-client';
import { familiesOf } from './metric-families';
import type { Families } from './metric-families';
import { outcomeOf } from './outcomes';

/** Sets what is only known when it is asked for. */
type Refresh = () => void | Promise<void>;

/** Children of a family with two labels, each made once: what is measured often makes no key and no object. */
class Children<T> {
  private readonly byFirst = new Map<string, Map<string, T>>();

  constructor(private readonly make: (first: string, second: string) => T) {}

  of(first: string, second: string): T {
    let bySecond = this.byFirst.get(first);
    if (!bySecond) this.byFirst.set(first, (bySecond = new Map()));
    let child = bySecond.get(second);
    if (!child) bySecond.set(second, (child = this.make(first, second)));
    return child;
  }
}

type Timed = 'commandSeconds' | 'appendSeconds' | 'jobSeconds' | 'keySeconds';

/** What the program measures of itself, in the form that Prometheus asks for. Nothing in it is of one user or record. */
export class Metrics {
  readonly families: Families;
  private readonly registry = new Registry();
  private readonly refreshes = new Map<string, Refresh>();
  private readonly timings: Readonly<Record<Timed, Children<Histogram.Internal<string>>>>;
  private readonly requests: Children<{ readonly time: Histogram.Internal<string>; readonly byStatus: Map<number, Counter.Internal> }>;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    const families = this.families = familiesOf(this.registry);
    const children = (name: Timed) => new Children((first, second) => (families[name] as Histogram).labels(first, second));
    this.timings = { commandSeconds: children('commandSeconds'), appendSeconds: children('appendSeconds'), jobSeconds: children('jobSeconds'), keySeconds: children('keySeconds') };
    this.requests = new Children((method, route) => ({ time: families.requestSeconds.labels(method, route), byStatus: new Map<number, Counter.Internal>() }));
  }

  /** Names of all metrics, those of Node.js included. */
  get names(): readonly string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }

  /** Times work under a name; its outcome is DONE or the code of what it throws. */
  async timed<T>(family: Timed, name: string, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      const done = await work();
      this.timings[family].of(name, 'DONE').observe((performance.now() - begun) / 1000);
      return done;
    } catch (error) {
      this.timings[family].of(name, outcomeOf(error)).observe((performance.now() - begun) / 1000);
      throw error;
    }
  }

  /** @param ms undefined for an answer that is a stream: how long somebody listens says nothing of the program */
  answered(method: string, route: string, status: number, ms: number | undefined): void {
    const { time, byStatus } = this.requests.of(method, route);
    if (ms !== undefined) time.observe(ms / 1000);
    let count = byStatus.get(status);
    if (!count) byStatus.set(status, (count = this.families.requests.labels(method, route, String(status))));
    count.inc();
  }

  /** Has a part of the program looked at each time that the metrics are asked for. */
  onAsked(part: string, refresh: Refresh): void {
    this.refreshes.set(part, refresh);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async text(): Promise<string> {
    await Promise.all([...this.refreshes].map(async ([part, refresh]) => {
      try {
        await refresh();
      } catch {
        this.families.unseen.inc({ part });
      }
    }));
    return this.registry.metrics();
  }
}
