import type { InvestigationId, NominalId } from '#kernel';
import type { InvestigationQueries } from '#contexts/investigations';
import type { NominalReader } from '#contexts/nominals';
import { ambiguousReference } from '../words';
import { problem, ProblemError, unknownRecord } from './problem';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** From what stands in an address to the record it names. */
export class Records {
  constructor(private readonly queries: Pick<InvestigationQueries, 'resolve' | 'named'>, private readonly people: Pick<NominalReader, 'resolve'>) {}

  /** By id, also when no read model has it yet, or by any reference. @throws ProblemError 404 */
  investigation(reference: string): InvestigationId {
    if (UUID.test(reference)) return reference as InvestigationId;
    const found = this.queries.resolve(reference);
    if (found) return found;
    const named = this.queries.named(reference);
    throw named.length > 1 ? new ProblemError(problem(404, 'AMBIGUOUS_REFERENCE', `${ambiguousReference(named)}.`)) : unknownRecord('investigation');
  }

  /** By id, also when no read model has it yet, or by `PER-` reference. @throws ProblemError 404 */
  person(reference: string): NominalId {
    if (UUID.test(reference)) return reference as NominalId;
    const found = this.people.resolve(reference);
    if (!found) throw unknownRecord('person');
    return found;
  }
}
