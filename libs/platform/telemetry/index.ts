export { faultFields, openLogger } from './logger';
export type { LogFields, Logger, LogMessage } from './logger';
