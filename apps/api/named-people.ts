import { DomainError } from '#kernel';
import { DeniedError, isId } from '../guard';
import type { Admission, RegisteredPeople } from '../guard';

const REFERENCE = /^\s*PER-\d{1,15}\s*$/i;

type Body = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Finds the person whom a body names, by id or reference: no figure may come to count somebody who is not in the ledger, and nobody finds out so who is. */
export class NamedPeople {
  constructor(private readonly people: Pick<RegisteredPeople, 'find'>) {}

  /**
   * The body with the id of the person in place of a `PER-` reference, in a fact and in its correction. What is neither is left to the check of the request.
   * @throws DomainError `PERSON_UNKNOWN`, `SUBJECT_ERASED`; @throws DeniedError while processing of that person's data is restricted
   */
  async inBody(admission: Admission, body: unknown): Promise<unknown> {
    if (!isObject(body)) return body;
    const named = await this.inFields(admission, body, '');
    return isObject(body.data) ? { ...named, data: await this.inFields(admission, body.data, 'data.') } : named;
  }

  private async inFields(admission: Admission, fields: Body, path: string): Promise<Body> {
    const asked = Object.hasOwn(fields, 'nominalId') ? fields.nominalId : undefined;
    if (typeof asked !== 'string' || !(isId(asked) || REFERENCE.test(asked))) return fields;
    const found = await this.people.find(asked);
    const may = found === undefined ? 'UNKNOWN' : await admission.mayName(found);
    if (may === 'RESTRICTED') throw new DeniedError('PROCESSING_RESTRICTED');
    if (may === 'ERASED') throw new DomainError('SUBJECT_ERASED', { field: `${path}nominalId` });
    if (may === 'UNKNOWN') throw new DomainError('PERSON_UNKNOWN', { field: `${path}nominalId` });
    return { ...fields, nominalId: found };
  }
}
