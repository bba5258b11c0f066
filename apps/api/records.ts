import type { InvestigationId, NominalId } from '#kernel';
import type { InvestigationQueries } from '#contexts/investigations';
import type { NominalReader } from '#contexts/nominals';
import { unknownRecord } from './problem';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** From what stands in an address to the record it names. */
export class Records {
  constructor(private readonly queries: Pick<InvestigationQueries, 'resolve'>, private readonly people: Pick<NominalReader, 'resolve'>) {}

  /** By id, also when no read model has it yet, or by any reference. @throws ProblemError 404 */
  investigation(reference: string): InvestigationId {
    if (UUID.test(reference)) return reference as InvestigationId;
    const found = this.queries.resolve(reference);
    if (!found) throw unknownRecord('investigation');
    return found;
  }

  /** By id, also when no read model has it yet, or by `PER-` reference. @throws ProblemError 404 */
  person(reference: string): NominalId {
    if (UUID.test(reference)) return reference as NominalId;
    const found = this.people.resolve(reference);
    if (!found) throw unknownRecord('person');
    return found;
  }
}
