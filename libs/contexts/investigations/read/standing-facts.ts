import type { InvestigationId } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import { accessFactsOf } from './access-facts';
import type { Found } from './access-facts';
import { standingIn } from './standing-tables';

/** Investigations whose facts are kept: those worked on in a day by a large force. */
const MOST = 20_000;

const CHANGED = 'SELECT DISTINCT opener FROM investigation_rect WHERE recFrom > ?';

/**
 * What access to investigations rests on now, by their ids, kept from one question to the next. Every change of it brings rows of newer events, so one
 * look at those after each batch tells what to ask for again; each single question would cost a read transaction on tables that have just changed.
 */
export class StandingFacts {
  private readonly kept = new Map<InvestigationId, Found>();
  private readonly ids = new Map<number, InvestigationId>();
  private asked = NaN;
  private upTo = -1;
  private parked = '';

  constructor(private readonly db: () => ReadDatabase) {}

  /** @param number of the last event that the tables hold, as far as the process knows */
  of(id: InvestigationId, number: number): Found | undefined {
    if (number !== this.asked) this.follow();
    this.asked = number;
    return this.kept.get(id) ?? this.look(id);
  }

  private look(id: InvestigationId): Found | undefined {
    const found = accessFactsOf(this.db(), id);
    if (!found) return undefined; // it may be opened next
    if (this.kept.size >= MOST) this.forgetAll();
    this.kept.set(id, found);
    this.ids.set(found.opener, id);
    return found;
  }

  private follow(): void {
    const db = this.db();
    db.snapshot(() => {
      const { number, parked } = standingIn(db);
      // A stream that is taken in again brings rows of old numbers.
      if (number < this.upTo || parked !== this.parked) this.forgetAll();
      // With nothing kept, as at the start, there is nothing to forget: the question would be of every row there is.
      else if (this.kept.size > 0) for (const { opener } of db.all<{ opener: number }>(CHANGED, this.upTo)) this.forget(opener);
      [this.upTo, this.parked] = [number, parked];
    });
  }

  private forget(opener: number): void {
    const id = this.ids.get(opener);
    if (id === undefined) return;
    this.kept.delete(id);
    this.ids.delete(opener);
  }

  private forgetAll(): void {
    this.kept.clear();
    this.ids.clear();
  }
}
