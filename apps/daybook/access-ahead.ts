import type { InvestigationId } from '#kernel';
import { comparePositions } from '#platform/event-store';
import type { Ledger, Position } from '#platform/event-store';
import type { ReadStore } from '#platform/read-store';

/** What decides who may see an investigation; a correction is of the type that it puts right. */
const decisive: ReadonlySet<string> = new Set([
  'InvestigationOpened', 'InvestigationAllocated', 'InvestigationReallocated', 'SensitivityReassessed', 'OperationLinked', 'OperationUnlinked', 'EntryVoided',
]);

const CATEGORY = 'investigation-';
/** Investigations that are remembered before those that the read model has caught up with are let go. */
const MANY = 10_000;

/** Knows the investigations whose access was decided anew in the ledger and not yet in the read model: no permit rests on that meanwhile. */
export class AccessAhead {
  private readonly waiting = new Map<string, Position>();

  constructor(ledger: Pick<Ledger, 'onAppended'>, private readonly reads: Pick<ReadStore, 'checkpoint'>) {
    ledger.onAppended(({ stream, types, position }) => {
      if (!stream.startsWith(CATEGORY) || !types.some((type) => decisive.has(type))) return;
      this.waiting.set(stream.slice(CATEGORY.length), position);
      if (this.waiting.size > MANY) for (const id of [...this.waiting.keys()]) this.of(id as InvestigationId);
    });
  }

  of(id: InvestigationId): boolean {
    const position = this.waiting.get(id);
    if (position === undefined) return false;
    if (comparePositions(this.reads.checkpoint().position, position) < 0) return true;
    this.waiting.delete(id);
    return false;
  }
}
