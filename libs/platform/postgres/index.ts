export { Notices } from './notices';
export { Postgres } from './postgres';
export type { PostgresTarget, Sql } from './postgres';
export { layOut } from './schema';
export type { SchemaPart } from './schema';
