import { StoreUnavailableError } from '#kernel';

/** What is said before anything was done: SQLSTATE classes (wrong account, no database, no room, starting, a lock or a time that ran out), and no connection at all. */
const NOTHING_DONE = /^(28...|3D...|53...|57P03|55P03|57014|40...|ECONNREFUSED|ENOENT|ENOTFOUND|EACCES)$/;

/**
 * What a failure means for whoever asked. Its message names neither the server nor what was asked: either may hold what nobody else should read.
 * An error of ours passes as it is.
 */
export const faultOf = (error: unknown): unknown => {
  if (error instanceof StoreUnavailableError) return error;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  const said = typeof code === 'string' ? code : 'no answer';
  return new StoreUnavailableError(`PostgreSQL cannot answer now (${said})`, NOTHING_DONE.test(said) ? 'no' : 'unknown', { cause: error });
};
