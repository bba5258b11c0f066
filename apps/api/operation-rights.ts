import type { InvestigationId } from '#kernel';
import { DeniedError } from '../guard';
import type { Admission } from '../guard';
import type { CaseAccess } from '#contexts/investigations';

/** Who is on the access list of an operation sees all that belongs to it: so only somebody who may give access to each of them puts others on. */
export class OperationRights {
  constructor(private readonly records: Pick<CaseAccess, 'inOperation'>) {}

  /** @throws DeniedError also when nothing belongs to the operation: it is not told apart from one whose records are somebody else's */
  async mustAllow(admission: Admission, code: string): Promise<void> {
    const found = this.records.inOperation(code);
    const may = await Promise.all(found.map(({ id }) => admission.mayWith('grant', id as InvestigationId)));
    if (found.length === 0 || may.includes(false)) throw new DeniedError('NOT_ALLOWED');
  }
}
