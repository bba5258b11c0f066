import type { StoredEvent } from '#platform/event-store';

/** What a writer was told: this batch stands in this stream, its last event at this revision. */
export interface Ack {
  readonly run: number;
  readonly batch: number;
  readonly count: number;
  readonly stream: string;
  readonly revision: number;
}

interface Batch {
  readonly stream: string;
  readonly count: number;
  readonly last: number;
  readonly seen: number;
}

const keyOf = ({ run, batch }: { readonly run: number; readonly batch: number }): string => `${run}/${batch}`;

/** Follows a log from its first event and notes everything that may not be: gaps, parts of batches, doubles, lost acknowledgements. */
export class LogAudit {
  readonly violations: string[] = [];
  events = 0;
  private readonly revisions = new Map<string, number>();
  private readonly batches = new Map<string, Batch>();
  private position = 0;

  add(events: readonly StoredEvent[]): void {
    for (const event of events) this.addOne(event);
  }

  /** No batch may be there in part. */
  expectWhole(): void {
    for (const [key, { seen, count }] of this.batches) if (seen !== count) this.violations.push(`batch ${key} is there in part: ${seen} of ${count}`);
  }

  expectAcks(acks: readonly Ack[]): void {
    for (const ack of acks) {
      const found = this.batches.get(keyOf(ack));
      if (!found) this.violations.push(`acknowledged batch ${keyOf(ack)} is lost`);
      else if (found.stream !== ack.stream || found.last !== ack.revision || found.seen !== ack.count)
        this.violations.push(`acknowledged batch ${keyOf(ack)} is not where it was said to be`);
    }
  }

  holds(ack: { readonly run: number; readonly batch: number }): boolean {
    return this.batches.has(keyOf(ack));
  }

  private addOne({ stream, revision, position, number, metadata }: StoredEvent): void {
    const place = Number(position);
    if (place !== this.position + 1) this.violations.push(`position ${place} after ${this.position}`);
    if (number !== this.events) this.violations.push(`number ${number} at event ${this.events}`);
    if (revision !== (this.revisions.get(stream) ?? -1) + 1) this.violations.push(`${stream}: revision ${revision} after ${this.revisions.get(stream)}`);
    this.position = place;
    this.events++;
    this.revisions.set(stream, revision);
    this.place(stream, revision, JSON.parse(Buffer.from(metadata).toString('utf8')) as { run: number; batch: number; ordinal: number; count: number });
  }

  private place(stream: string, revision: number, { run, batch, ordinal, count }: { run: number; batch: number; ordinal: number; count: number }): void {
    const key = keyOf({ run, batch });
    const before = this.batches.get(key);
    const follows = before ? before.seen === ordinal && before.stream === stream && before.last + 1 === revision : ordinal === 0;
    if (!follows) this.violations.push(`batch ${key}: event ${ordinal} is out of place or there twice`);
    this.batches.set(key, { stream, count, last: revision, seen: (before?.seen ?? 0) + 1 });
  }
}
