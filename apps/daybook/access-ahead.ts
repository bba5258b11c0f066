import type { InvestigationId, NominalId } from '#kernel';
import { comparePositions } from '#platform/event-store';
import type { Appending, Ledger, Position } from '#platform/event-store';
import type { ReadStore } from '#platform/read-store';

/** What decides who may see an investigation; a correction is of the type that it puts right. */
const decisive: ReadonlySet<string> = new Set([
  'InvestigationOpened', 'InvestigationAllocated', 'InvestigationReallocated', 'SensitivityReassessed', 'OperationLinked', 'OperationUnlinked', 'EntryVoided',
]);

const CATEGORY = 'investigation-';
/** Records that are remembered before those that the read model has caught up with are let go. */
const MANY = 10_000;

/** What the ledger holds and the read model not yet: who asks meanwhile is answered by the ledger, or at once by what is remembered here. */
export class AccessAhead {
  private readonly decided = new Map<string, Position>();
  /** By person, the investigations that were first made to name them, or named them again. */
  private readonly named = new Map<string, Map<InvestigationId, Position>>();

  constructor(ledger: Pick<Ledger, 'onAppended'>, private readonly reads: Pick<ReadStore, 'checkpoint'>) {
    ledger.onAppended((appending) => {
      if (appending.stream.startsWith(CATEGORY)) this.remember(appending, appending.stream.slice(CATEGORY.length) as InvestigationId);
    });
  }

  /** Whether the access to an investigation was decided anew: no permit rests on the read model alone. */
  of(id: InvestigationId): boolean {
    const position = this.decided.get(id);
    if (position === undefined) return false;
    if (this.isAhead(position)) return true;
    this.decided.delete(id);
    return false;
  }

  /** The investigations that name a person: those `known` to the read model, and those that it does not hold yet. */
  alsoNaming(id: NominalId, known: readonly InvestigationId[]): readonly InvestigationId[] {
    const naming = this.named.get(id);
    if (naming === undefined) return known;
    for (const [investigation, position] of naming) if (!this.isAhead(position)) naming.delete(investigation);
    if (naming.size === 0) this.named.delete(id);
    return [...new Set([...known, ...naming.keys()])];
  }

  private remember({ types, data, position }: Appending, investigation: InvestigationId): void {
    if (types.some((type) => decisive.has(type))) this.decided.set(investigation, position);
    // Whatever names a person counts, without asking by which act: too many are asked after for a moment, and none too few.
    for (const { nominalId } of data as readonly { readonly nominalId?: string }[])
      if (nominalId !== undefined) this.named.set(nominalId, (this.named.get(nominalId) ?? new Map<InvestigationId, Position>()).set(investigation, position));
    if (this.decided.size > MANY) for (const id of [...this.decided.keys()]) this.of(id as InvestigationId);
    if (this.named.size > MANY) for (const id of [...this.named.keys()]) this.alsoNaming(id as NominalId, []);
  }

  private isAhead(position: Position): boolean {
    return comparePositions(this.reads.checkpoint().position, position) < 0;
  }
}
