export { userRoles } from './domain/codes';
export type { UserRole } from './domain/codes';
