import type { InvestigationId } from '#kernel';
import type { OnRecord } from '#contexts/oversight';

type Facts = ReturnType<OnRecord['facts']>;

/** A record of which word was lost is looked up anew after so long, ms. */
const KEPT = 2_000;
const MOST = 20_000;

/** What access to a record rests on, looked up once for all who are told of it: only an event of its own changes that. */
export class FactsInUse {
  private readonly kept = new Map<string, { readonly facts: Facts; readonly at: number }>();

  /** @param now ms */
  constructor(private readonly records: Pick<OnRecord, 'facts'>, private readonly now: () => number) {}

  of(id: InvestigationId): Facts {
    const [known, now] = [this.kept.get(id), this.now()];
    if (known && now - known.at < KEPT) return known.facts;
    const facts = this.records.facts(id);
    if (this.kept.size >= MOST) this.kept.clear();
    this.kept.set(id, { facts, at: now });
    return facts;
  }

  /** Something was recorded of it. */
  forget(record: string): void {
    this.kept.delete(record);
  }

  forgetAll(): void {
    this.kept.clear();
  }
}
