import type { NominalId } from '#kernel';
import { RecordHistory } from '#platform/history';
import type { HistoryEntry, HistorySources, Moments } from '#platform/history';
import { nominalStream } from './nominal.handlers';

/** Everything recorded about one person, as at any pair of moments. */
export class PersonHistory {
  private readonly records: RecordHistory;

  constructor(...sources: HistorySources) {
    this.records = new RecordHistory(...sources);
  }

  /** As `RecordHistory.history`; empty when there was no such person then. @throws SealBrokenError */
  history(nominalId: NominalId, asAt?: Moments): Promise<readonly HistoryEntry[]> {
    return this.records.history(nominalStream(nominalId), asAt);
  }

  /** Every entry up to an event number, as it stood when that event was the ledger's last. @throws SealBrokenError */
  upTo(nominalId: NominalId, number: number): Promise<readonly HistoryEntry[]> {
    return this.records.upTo(nominalStream(nominalId), number);
  }
}
