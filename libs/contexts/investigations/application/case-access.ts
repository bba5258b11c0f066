import type { InvestigationId } from '#kernel';
import type { Ledger } from '#platform/event-store';
import type { ReadDatabase, ReadStore } from '#platform/read-store';
import { operationKey } from '../domain/codes';
import type { InvestigationEvent } from '../domain/investigation.events';
import { accessFactsBetween, accessFactsFrom, accessFactsWhere, belongingTo } from '../read/access-facts';
import type { FactsInForce, Found } from '../read/access-facts';
import { openerOf } from '../read/references.query';
import { StandingFacts } from '../read/standing-facts';
import type { AccessFacts } from '../read/relation';

/** Looks up what decides who may do what with an investigation. */
export class CaseAccess {
  private readonly standing = new StandingFacts(() => this.reads.db);

  constructor(private readonly ledger: Pick<Ledger, 'history'>, private readonly reads: Pick<ReadStore, 'db' | 'ready' | 'checkpoint'>) {}

  /** From the read model; undefined when it holds no such investigation, or nothing yet. */
  facts(id: InvestigationId): AccessFacts | undefined {
    return this.reads.ready ? this.standing.of(id, this.reads.checkpoint().number)?.facts : undefined;
  }

  /** All that decided at one time or another between two event numbers, both included, oldest first. */
  between(id: InvestigationId, first: number, last: number): readonly FactsInForce[] {
    return this.of(id, (db, opener) => accessFactsBetween(db, opener, first, last)) ?? [];
  }

  /** Every investigation that belongs to an operation as things stand, by its code in any way of writing it. */
  inOperation(code: string): readonly Found[] {
    return accessFactsWhere(this.reads.db, belongingTo(operationKey(code)));
  }

  /** From the ledger itself, which is ahead of the read model for a moment; undefined when there is no such investigation. */
  async latest(id: InvestigationId): Promise<AccessFacts | undefined> {
    const { events } = await this.ledger.history<InvestigationEvent>(`investigation-${id}`);
    return accessFactsFrom(events);
  }

  private of<T>(id: InvestigationId, answer: (db: ReadDatabase, opener: number) => T): T | undefined {
    const { db } = this.reads;
    return db.snapshot(() => {
      const opener = openerOf(db, id);
      return opener === undefined ? undefined : answer(db, opener);
    });
  }
}
