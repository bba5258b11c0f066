import type { InvestigationId } from '#kernel';
import type { Ledger } from '#platform/event-store';
import type { ReadStore } from '#platform/read-store';
import type { InvestigationEvent } from '../domain/investigation.events';
import { accessFactsFrom, accessFactsOn } from '../read/access-facts';
import { openerOf } from '../read/references.query';
import type { AccessFacts } from '../read/relation';

/** Looks up what decides who may do what with an investigation. */
export class CaseAccess {
  constructor(private readonly ledger: Pick<Ledger, 'history'>, private readonly reads: Pick<ReadStore, 'db' | 'ready'>) {}

  /** From the read model; undefined when it holds no such investigation, or nothing yet. */
  facts(id: InvestigationId): AccessFacts | undefined {
    if (!this.reads.ready) return undefined;
    const { db } = this.reads;
    return db.snapshot(() => {
      const opener = openerOf(db, id);
      return opener === undefined ? undefined : accessFactsOn(db, opener)?.facts;
    });
  }

  /** From the ledger itself, which is ahead of the read model for a moment; undefined when there is no such investigation. */
  async latest(id: InvestigationId): Promise<AccessFacts | undefined> {
    const { events } = await this.ledger.history<InvestigationEvent>(`investigation-${id}`);
    return accessFactsFrom(events);
  }
}
