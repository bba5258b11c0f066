export { correctableEventTypes } from './application/correction.requests';
export { investigationCommand } from './application/investigation-command';
export type { InvestigationCommandData, InvestigationCommandName, InvestigationMessage } from './application/investigation.messages';
export { investigationCommandNames, investigationRequests } from './application/request-table';
export type { InvestigationRequest } from './application/request-table';
export * as codes from './domain/codes';
export type {
  BailRegime, CancelReason, ChargeMethod, CirculationType, ExploitationType, InvestigationKind, NoFurtherActionGrounds, ReopenGrounds, SuspectQuality,
} from './domain/codes';
export { exploitationTypes, investigationKinds } from './domain/codes';
export type { InvestigationEvent, InvestigationEventType, Outcome } from './domain/investigation.events';
export type {
  AsAt, Band, Figures, InvestigationFilter, InvestigationItem, InvestigationQueries, InvestigationStatus, OutstandingSuspectItem, Page, Scope, TrendMonth,
} from './read/answers';
