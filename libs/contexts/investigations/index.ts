export { correctableEventTypes } from './application/correction.requests';
export { investigationCommand } from './application/investigation-command';
export type { InvestigationCommandData, InvestigationCommandName, InvestigationMessage } from './application/investigation.messages';
export { investigationCommandNames, investigationRequests } from './application/request-table';
export type { InvestigationRequest } from './application/request-table';
