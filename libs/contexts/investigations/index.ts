export type { Change, EntryReference, HistoryEntry } from '#platform/history';
export { CaseAccess } from './application/case-access';
export { CaseHistory } from './application/case-history';
export { ERASED_PEOPLE } from './application/erased-people';
export type { ErasedPeople } from './application/erased-people';
export { correctableEventTypes, correctionForms } from './application/correction.requests';
export { investigationCommand } from './application/investigation-command';
export type { InvestigationCommandData, InvestigationCommandName, InvestigationMessage } from './application/investigation.messages';
export { escalationReactions } from './application/escalations.reaction';
export { loadReviewIntervals } from './application/review-intervals';
export { investigationCommandNames, investigationRequests } from './application/request-table';
export type { InvestigationRequest } from './application/request-table';
export * as codes from './domain/codes';
export type {
  BailRegime, CancelReason, ChargeMethod, CirculationType, ExploitationType, InvestigationKind, NoFurtherActionGrounds, ReopenGrounds, Sensitivity, SuspectQuality,
} from './domain/codes';
export { exploitationTypes, investigationKinds, operationKey, suspectQualities, THRESHOLD_DAYS } from './domain/codes';
export { homeOfficeOutcomes } from './domain/home-office-outcomes';
export type { InvestigationCommand } from './domain/investigation.commands';
export { investigation } from './domain/investigation.decider';
export type { InvestigationRefusal } from './domain/investigation.errors';
export type { Crime, InvestigationEvent, InvestigationEventType, Outcome } from './domain/investigation.events';
export type { InvestigationState } from './domain/investigation.state';
export { investigationShapes, investigationUpcasters } from './domain/investigation.upcasters';
export { importPoliceUk } from './import/police-uk';
export type { ImportProgress, ImportSummary } from './import/police-uk';
export { SourceFileError } from './import/source-file-error';
export { InvestigationsModule } from './investigations.module';
export type {
  AsAt, Band, Figures, InvestigationFilter, InvestigationItem, InvestigationQueries, InvestigationStatus, OutstandingSuspectItem, Page, Scope, Trend, TrendMonth, WrittenNames,
} from './read/answers';
export type { FactsInForce } from './read/access-facts';
export { EscalationReader } from './read/escalation-reader';
export { workPage } from './read/work-page';
export type { WorkItem } from './read/work-items.query';
export { reviewDueOn } from './domain/review-interval';
export type { ReviewInterval, ReviewPeriod } from './domain/review-interval';
export { InvestigationReader } from './read/investigation-reader';
export { liveMeasures } from './read/live-measures';
export type { LiveMeasure } from './read/live-measures';
export { PersonCases } from './read/person-cases';
export { investigationProjections } from './read/projections';
export { isRelated, numberOf, relationOf } from './read/relation';
export type { AccessFacts, Asker, Relation } from './read/relation';
export type { Permitted, Sight } from './read/visible';
