export type { DraftStore } from './draft-store';
export { Drafts } from './drafts';
export type { DraftsOptions } from './drafts';
export { openPostgresDrafts } from './postgres-drafts';
export { SqliteDrafts } from './sqlite-drafts';
