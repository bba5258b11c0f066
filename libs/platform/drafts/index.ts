export { Drafts } from './drafts';
export type { DraftsOptions } from './drafts';
