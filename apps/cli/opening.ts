import type { InvestigationId, NominalId } from '#kernel';
import type { Reader } from '#platform/access';
import type { Verdict } from '#contexts/oversight';
import type { Daybook } from '../daybook';
import { ambiguousReference } from '../words';
import { ExitError, exits } from './context';

type Kind = 'investigation' | 'person';

/** What stands between a reader and a record at the command line; whoever is turned away stands on record. */
export class Opening {
  /** @param route the command's name, for the log of looks */
  constructor(private readonly daybook: Daybook, private readonly reader: Reader, private readonly route: string) {}

  /** The investigation of a reference that the reader may read. @throws ExitError */
  async investigation(reference: string): Promise<InvestigationId> {
    const { access } = this.daybook;
    const { queries } = access.seenBy(this.reader);
    const id = queries.resolve(reference);
    const verdict = id ? (await access.onInvestigation(this.reader, 'read', id)).verdict : 'HIDDEN';
    const named = id ? [] : queries.named(reference);
    await this.mustPermit(verdict, 'investigation', reference, named.length > 1 ? ambiguousReference(named) : 'there is no investigation with that reference');
    return id!;
  }

  /** The person of a reference of whose record the reader may give what is held. @throws ExitError */
  async subject(reference: string): Promise<NominalId> {
    const id = this.daybook.people.resolve(reference);
    const verdict = id ? await this.onSubject(id) : 'HIDDEN';
    await this.mustPermit(verdict, 'person', reference, `${reference} is nobody in this ledger`);
    return id!;
  }

  private async onSubject(id: NominalId): Promise<Verdict> {
    const { access } = this.daybook;
    const { verdict } = await access.onPerson(this.reader, 'extractSubject', id);
    // What a person answers for by name at other doors, the program's own account does at this one.
    return verdict === 'FORBIDDEN' && this.reader.role === 'SYSTEM' ? 'PERMIT' : verdict;
  }

  private async mustPermit(verdict: Verdict, record: Kind, asked: string, absent: string): Promise<void> {
    if (verdict === 'PERMIT') return;
    await this.daybook.looks.record(this.reader, { kind: 'denial', door: 'CLI', route: this.route, action: verdict === 'HIDDEN' ? 'NOT_FOUND' : 'NOT_ALLOWED', record, asked });
    if (verdict === 'HIDDEN') throw new ExitError(exits.notSo, absent);
    throw new ExitError(exits.refused, 'this account may not read that record');
  }
}
