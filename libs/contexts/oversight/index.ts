export { Access } from './application/access';
export type { Decision, Verdict } from './application/access';
export { loadPolicies } from './application/load-policies';
export type { AccessParts, GrantedTo, OnRecord, PersonMark, PersonMarks, PersonsCases } from './application/ports';
export { investigationActions, ledgerActions, personActions } from './domain/actions';
export type { InvestigationAction, LedgerAction, PersonAction } from './domain/actions';
export { userRoles } from './domain/codes';
export type { UserRole } from './domain/codes';
