import type { Counted } from './recent-events';
import type { Topic } from './topics';

/** What a page is told of one topic. */
export interface Told {
  readonly topic: string;
  readonly since: number;
  readonly count: number;
  /** Number of the last event counted. */
  readonly number: number;
  /** There may be more than `count`. */
  readonly more?: true;
}

/** Nobody needs to know more exactly than that. */
export const MOST_COUNTED = 100;

/** How many events of records that its reader may know a page does not show yet. Counted anew record by record, so that a right that is lost takes its events along. */
export class Tally {
  private readonly counts = new Map<string, Counted>();
  private total = 0;
  private said = { count: 0, number: -1 };

  constructor(readonly topic: Topic) {}

  get full(): boolean {
    return this.total >= MOST_COUNTED;
  }

  /** Whether this record has anything to do with the page. A page that is full needs no other record than those that it counted. */
  wants(record: string): boolean {
    return (this.topic.id === undefined || this.topic.id === record) && (!this.full || this.counts.has(record));
  }

  holds(record: string): boolean {
    return this.counts.has(record);
  }

  /** Counts a record. @param whole whether all its events since the page was drawn are remembered; otherwise it has at least those that it had */
  take(record: string, { count, last }: Counted, whole: boolean): void {
    const before = this.counts.get(record)?.count ?? 0;
    const counted = whole ? count : Math.max(before, count);
    this.total += counted - before;
    this.counts.set(record, { count: counted, last });
  }

  /** A record that the reader may not know, or no longer. */
  lose(record: string): void {
    this.total -= this.counts.get(record)?.count ?? 0;
    this.counts.delete(record);
  }

  /** What is new since it was last asked; undefined when nothing is. Of a page's own record that was lost nothing more is said, not even that. */
  news(whole: boolean): Told | undefined {
    const { topic: { name, since, kind }, said } = this;
    const [count, number] = [Math.min(this.total, MOST_COUNTED), this.number()];
    if (count === said.count && (number === said.number || this.full)) return undefined;
    this.said = { count, number };
    if (kind === 'record' && count === 0) return undefined;
    return { topic: name, since, count, number, ...((this.full || (!whole && count > 0)) && { more: true as const }) };
  }

  /** Whoever comes back has heard of events up to this number. */
  heard(number: number): void {
    if (number >= this.number()) this.said = { count: Math.min(this.total, MOST_COUNTED), number: this.number() };
  }

  private number(): number {
    let last = -1;
    for (const counted of this.counts.values()) last = Math.max(last, counted.last);
    return last;
  }
}
