export type { Change } from './changes';
export { RecordHistory, sealedPlaces } from './record-history';
export type { EntryReference, HistoryEntry, HistorySources, RedactedPlace, SealedPlace } from './record-history';
