import type { NominalId } from '#kernel';
import { RecordHistory } from '#platform/history';
import type { HistoryEntry, HistorySources } from '#platform/history';
import { nominalStream } from './nominal.handlers';

/**
 * Everything recorded about one person, as the ledger held it at any moment. A person is who they are: only the clock of recording matters
 * to what is known of them.
 */
export class PersonHistory {
  private readonly records: RecordHistory;

  constructor(...sources: HistorySources) {
    this.records = new RecordHistory(...sources);
  }

  /** Entries in the order of recording; empty when the ledger held no such person then. `recorded`: ms. @throws SealBrokenError */
  history(nominalId: NominalId, recorded: number | 'now' = 'now'): Promise<readonly HistoryEntry[]> {
    return this.records.history(nominalStream(nominalId), { effective: Infinity, recorded });
  }

  /** Every entry up to an event number, as it stood when that event was the ledger's last. @throws SealBrokenError */
  upTo(nominalId: NominalId, number: number): Promise<readonly HistoryEntry[]> {
    return this.records.upTo(nominalStream(nominalId), number);
  }
}
