import type { InvestigationId, NominalId } from '#kernel';
import type { ReadStore } from '#platform/read-store';

const CASES = 'SELECT investigation FROM person_case WHERE nominal = ? ORDER BY investigation';

/** Finds the investigations of a person. */
export class PersonCases {
  constructor(private readonly reads: Pick<ReadStore, 'db'>) {}

  /** Every investigation whose record ever named the person, also by an entry that no longer stands. */
  naming(nominalId: NominalId): readonly InvestigationId[] {
    return this.reads.db.all<{ investigation: InvestigationId }>(CASES, nominalId).map(({ investigation }) => investigation);
  }
}
