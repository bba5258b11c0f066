import type { InvestigationId } from '#kernel';
import type { EventStore } from '#platform/event-store';
import { DeniedError, entryAction } from '../guard';
import type { Admission } from '../guard';

/** What only a supervisor may record, only a supervisor puts right or takes away. */
export class EntryRights {
  constructor(private readonly store: Pick<EventStore, 'readStream'>) {}

  /** Of an entry that the body names and the record does not hold, the rules say so. @throws DeniedError */
  async mustAllow(admission: Admission, id: InvestigationId, body: unknown): Promise<void> {
    const event = typeof body === 'object' && body !== null ? (body as { readonly event?: unknown }).event : undefined;
    const { events } = await this.store.readStream(`investigation-${id}`);
    const entry = events.find((each) => each.id === event);
    if (entry && !(await admission.mayWith(entryAction(entry.type), id))) throw new DeniedError('NOT_ALLOWED');
  }
}
