import type { InvestigationId } from '#kernel';
import type { CaseAccess } from '#contexts/investigations';
import type { AccessEntry, AccessLists } from '#contexts/oversight';
import type { Admission } from './admission';
import { DeniedError } from './denials';
import { thoseThat } from './those-that';

/** An entry of the list of an operation, as it is there for one reader. */
export interface OperationEntry {
  /** `reaches` holds those investigations alone that the reader may know. */
  readonly entry: AccessEntry;
  /** Whether the reason is theirs to read: they may give access to one that it reaches, or see who looked at it. */
  readonly open: boolean;
  /** Whether it is theirs to withdraw: they may give access to one that it reaches. */
  readonly theirs: boolean;
}

type Asking = Pick<Admission, 'seen' | 'mayWith'>;

/**
 * The list of an operation as it is for who asks. An entry reaches the investigations to which somebody let it who may give access to them. So
 * everybody changes the list for their own alone, sees of it what reaches something that they may know, and learns of nothing else.
 */
export class OperationLists {
  constructor(private readonly records: Pick<CaseAccess, 'inOperation'>, private readonly lists: Pick<AccessLists, 'onOperation'>) {}

  /**
   * The investigations that belong to the operation and to which the reader may give access.
   * @throws DeniedError where there are none, whether others belong to it or nothing does
   */
  async giving(asking: Asking, code: string): Promise<readonly InvestigationId[]> {
    const theirs = await thoseThat(this.known(asking, code), (id) => asking.mayWith('grant', id));
    if (theirs.length === 0) throw new DeniedError('NOT_ALLOWED');
    return theirs;
  }

  /** @throws DeniedError for who may neither give access to one that belongs to the operation nor see who looked at one */
  async mustSee(asking: Asking, code: string): Promise<void> {
    const theirs = await thoseThat(this.known(asking, code), async (id) => (await asking.mayWith('seeLooks', id)) || asking.mayWith('grant', id));
    if (theirs.length === 0) throw new DeniedError('NOT_ALLOWED');
  }

  /** The entries that are there for the reader, oldest first. */
  async entries(asking: Asking, code: string): Promise<readonly OperationEntry[]> {
    const entries = this.lists.onOperation(code);
    const known = [...new Set(entries.flatMap(({ reaches }) => reaches))].filter((id) => asking.seen.knowsInvestigation(id));
    const there = new Set(known);
    const given = new Set(await thoseThat(known, (id) => asking.mayWith('grant', id)));
    const overseen = new Set(await thoseThat(known, (id) => asking.mayWith('seeLooks', id)));
    return entries.flatMap((entry) => {
      const reaches = entry.reaches.filter((id) => there.has(id));
      const theirs = reaches.some((id) => given.has(id));
      return reaches.length === 0 ? [] : [{ entry: { ...entry, reaches }, theirs, open: theirs || reaches.some((id) => overseen.has(id)) }];
    });
  }

  private known({ seen }: Asking, code: string): readonly InvestigationId[] {
    return this.records.inOperation(code).map(({ id }) => id as InvestigationId).filter((id) => seen.knowsInvestigation(id));
  }
}
