import type { InvestigationId } from '#kernel';
import { RecordHistory } from '#platform/history';
import type { HistoryEntry, HistorySources } from '#platform/history';
import type { AsAt } from '../read/answers';

const streamOf = (investigationId: InvestigationId): string => `investigation-${investigationId}`;

/** Everything recorded about one investigation, as at any pair of moments. */
export class CaseHistory {
  private readonly records: RecordHistory;

  constructor(...sources: HistorySources) {
    this.records = new RecordHistory(...sources);
  }

  /** As `RecordHistory.history`; empty when there was no such investigation then. @throws SealBrokenError */
  history(investigationId: InvestigationId, asAt?: AsAt): Promise<readonly HistoryEntry[]> {
    return this.records.history(streamOf(investigationId), asAt);
  }

  /** Every entry up to an event number, as it stood when that event was the ledger's last. @throws SealBrokenError */
  upTo(investigationId: InvestigationId, number: number): Promise<readonly HistoryEntry[]> {
    return this.records.upTo(streamOf(investigationId), number);
  }
}
