/** What a reader may want to do, in the words of the policies. */
export const investigationActions = ['know', 'read', 'record', 'supervise', 'reassess', 'grant', 'breakGlass', 'reviewBreakGlass', 'seeLooks'] as const;
export type InvestigationAction = (typeof investigationActions)[number];

export const personActions = [
  'knowPerson', 'readPerson', 'recordPerson', 'seeRights', 'restrict', 'hold', 'reviewRetention', 'requestErasure', 'extractSubject', 'authoriseErasure',
] as const;
export type PersonAction = (typeof personActions)[number];

/** Without a record. */
export const ledgerActions = [
  'seeFigures', 'list', 'open', 'registerPerson', 'seeActivity', 'seeBreakGlass', 'seeCovert', 'extractLog', 'manageSessions', 'seeRetention', 'seeWork', 'manageJobs',
] as const;
export type LedgerAction = (typeof ledgerActions)[number];
