export type { Decider, Fact } from './decider';
export { fold } from './decider';
export type { EffectiveAt, Interval, Precision } from './effective-at';
export { intervalOf, parseEffectiveAt } from './effective-at';
export { effectiveHistory, effectiveStart, placedHistory, rootOf } from './effective-history';
export type { Placed } from './effective-history';
export type { Actor, AssertionKind, CommandContext, Correction, Envelope, LegalRegime, SourceReference, Track } from './envelope';
export { DomainError, MalformedError, StoreUnavailableError, WrongExpectedVersionError } from './errors';
export type {
  Branded, CrimeId, Instant, InvestigationId, LinkId, LocalDate, NominalId, OfficerId, RecordKeyId,
} from './ids';
export { categoryOf, isLedgerStream, LOOKS, officerKey } from './ids';
export type { Message, RecordedEvent } from './message';
export { parseMoment } from './moment';
export type { Private, Sealed, Unsealed } from './sealed';
export { isSealed, isUnsealed } from './sealed';
export type { Clock } from './time';
export { dateOfDay, dayNumber, instantOf, londonDate, londonDay, londonOffset, msOf, startOfLondonDay } from './time';
