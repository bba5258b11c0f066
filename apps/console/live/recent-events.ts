/** Events of one record after a number. */
export interface Counted {
  readonly count: number;
  /** Number of the last of them. */
  readonly last: number;
}

interface Noted {
  readonly record: string;
  readonly number: number;
}

const NONE: Counted = { count: 0, last: -1 };

/** Events that are remembered; a page that was drawn before the oldest of them hears of at least so many. */
const MOST = 20_000;

/** Where in a rising list what is greater than a number begins. */
const above = (numbers: readonly number[], number: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! > number) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Which records the newest events are of: record and number, nothing else. Kept once for every stream. */
export class RecentEvents {
  private readonly numbers = new Map<string, number[]>();
  private kept: Noted[] = [];
  /** How many were dropped or put before: where the first of `kept` stands in the order in which events came. */
  private first = 0;
  private reachesBack: number;
  /** What was asked last: streams that have their turn together ask the same. */
  private lately: { readonly from: number; readonly end: number; readonly records: ReadonlySet<string> } | undefined;

  /** @param number of the newest event before the first that is noted */
  constructor(number: number, private readonly most = MOST) {
    this.reachesBack = number + 1;
  }

  /** From this event number on nothing is missing. */
  get from(): number {
    return this.reachesBack;
  }

  /** Where the next event will stand in the order in which they came. */
  get end(): number {
    return this.first + this.kept.length;
  }

  /** An event that came. One that is known, or from before, changes nothing. */
  note(record: string, number: number): void {
    const own = this.numbers.get(record) ?? [];
    if (number < this.reachesBack || number <= (own.at(-1) ?? -1)) return;
    own.push(number);
    this.numbers.set(record, own);
    this.kept.push({ record, number });
    if (this.kept.length >= 2 * this.most) this.forget(this.kept.length - this.most);
  }

  /** Events from before those that are known, the oldest first, from an event number on. */
  before(earlier: readonly Noted[], from: number): void {
    this.kept = [...earlier, ...this.kept];
    this.first -= earlier.length;
    this.lately = undefined;
    for (const { record, number } of earlier.toReversed()) {
      const own = this.numbers.get(record);
      if (own) own.unshift(number);
      else this.numbers.set(record, [number]);
    }
    this.reachesBack = from;
  }

  of(record: string, since: number): Counted {
    const own = this.numbers.get(record);
    const at = own === undefined ? 0 : above(own, since);
    return own === undefined || at === own.length ? NONE : { count: own.length - at, last: own.at(-1)! };
  }

  /** Records with events that came from that place on; every one where it is no longer known. */
  touched(from: number): Iterable<string> {
    if (from < this.first) return this.records();
    const { end } = this;
    if (this.lately?.from !== from || this.lately.end !== end) this.lately = { from, end, records: new Set(this.kept.slice(from - this.first).map(({ record }) => record)) };
    return this.lately.records;
  }

  records(): Iterable<string> {
    return this.numbers.keys();
  }

  private forget(count: number): void {
    const dropped = this.kept.splice(0, count);
    this.first += count;
    this.reachesBack = dropped.at(-1)!.number + 1;
    for (const { record } of dropped) {
      const own = this.numbers.get(record)!;
      own.shift();
      if (own.length === 0) this.numbers.delete(record);
    }
  }
}
