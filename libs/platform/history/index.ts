export type { Change } from './changes';
export { RecordHistory } from './record-history';
export type { EntryReference, HistoryEntry, HistorySources } from './record-history';
