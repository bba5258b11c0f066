import { dayNumber, msOf, startOfLondonDay } from '#kernel';
import type { InvestigationQueries } from '#contexts/investigations';
import type { Admission } from '../../guard';
import type { Beginning } from '../pages/as-at/beginning';
import type { Looking } from '../pages/as-at/looking';
import type { ConsoleParts } from '../parts';

/** Finds when the ledger begins: with its first event, or on the other clock with the first investigation that was opened. */
export class Beginnings {
  constructor(private readonly parts: Pick<ConsoleParts, 'store' | 'codec'>) {}

  on({ past, clock }: Pick<Looking, 'past' | 'clock'>, { seen }: Pick<Admission, 'seen'>): Beginning {
    return past && clock === 'happened' ? this.firstOpened(seen.queries) : this.firstRecorded();
  }

  private firstRecorded(): Beginning {
    const first = this.parts.store.eventByNumber(0);
    return first && msOf(this.parts.codec.decode(first).metadata.recordedAt);
  }

  private firstOpened(queries: InvestigationQueries): Beginning {
    const [first] = queries.list({ area: 'all', status: 'all', sort: 'opened', direction: 'asc' }, { limit: 1 }).items;
    return first && startOfLondonDay(dayNumber(first.openedOn));
  }
}
