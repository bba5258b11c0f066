export { nominalCommand, nominalCommandNames, nominalRequests } from './application/nominal-command';
export type { NominalRequest } from './application/nominal-command';
export type { NominalCommandData, NominalCommandName, NominalMessage } from './application/nominal.messages';
export type { NominalCommand } from './domain/nominal.commands';
