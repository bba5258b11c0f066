import type { InvestigationId, NominalId } from '#kernel';
import type { Admission } from '../guard';
import { ambiguousReference } from '../words';
import { problem, ProblemError, unknownRecord } from './problem';

/** The investigation that the address names and its reader was let in to. @throws ProblemError 404 */
export const investigationOf = ({ record, seen }: Admission, reference: string): InvestigationId => {
  if (record?.kind === 'investigation') return record.id;
  const named = seen.queries.named(reference);
  throw named.length > 1 ? new ProblemError(problem(404, 'AMBIGUOUS_REFERENCE', `${ambiguousReference(named)}.`)) : unknownRecord('investigation');
};

/** The person whom the address names and its reader was let in to. @throws ProblemError 404 */
export const personOf = ({ record }: Admission): NominalId => {
  if (record?.kind === 'person') return record.id;
  throw unknownRecord('person');
};
