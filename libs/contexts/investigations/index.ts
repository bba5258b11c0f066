export { CaseHistory } from './application/case-history';
export type { EntryReference, HistoryEntry } from './application/case-history';
export type { Change } from './application/history-changes';
export { correctableEventTypes } from './application/correction.requests';
export { investigationCommand } from './application/investigation-command';
export type { InvestigationCommandData, InvestigationCommandName, InvestigationMessage } from './application/investigation.messages';
export { investigationCommandNames, investigationRequests } from './application/request-table';
export type { InvestigationRequest } from './application/request-table';
export * as codes from './domain/codes';
export type {
  BailRegime, CancelReason, ChargeMethod, CirculationType, ExploitationType, InvestigationKind, NoFurtherActionGrounds, ReopenGrounds, SuspectQuality,
} from './domain/codes';
export { exploitationTypes, investigationKinds, suspectQualities } from './domain/codes';
export type { InvestigationCommand } from './domain/investigation.commands';
export type { Crime, InvestigationEvent, InvestigationEventType, Outcome } from './domain/investigation.events';
export type {
  AsAt, Band, Figures, InvestigationFilter, InvestigationItem, InvestigationQueries, InvestigationStatus, OutstandingSuspectItem, Page, Scope, TrendMonth,
} from './read/answers';
export { homeOfficeOutcomes } from './domain/home-office-outcomes';
export { investigationProjections } from './read/investigation.projection';
export { InvestigationReader } from './read/investigation-reader';
