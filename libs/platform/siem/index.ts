export { SiemFeed } from './feed';
export type { FeedOptions } from './feed';
export { auditLine } from './rfc5424';
export type { AuditMessage } from './rfc5424';
export { openSink } from './sinks';
export type { SiemTarget, Sink } from './sinks';
