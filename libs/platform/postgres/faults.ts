import { StoreUnavailableError } from '#kernel';

/** What is said before anything was done: SQLSTATE classes (wrong account, no database, no room, starting, a lock or a time that ran out), and no connection at all. */
const NOTHING_DONE = /^(28...|3D...|53...|57P03|55P03|57014|40...|ECONNREFUSED|ENOENT|ENOTFOUND|EACCES)$/;

/** Codes of Node.js for a certificate that is not accepted. */
const CERTIFICATE = /CERT|ALTNAME|ISSUER|LEAF_SIGNATURE/;
const NO_TLS = /does not support SSL/;

const wordsOf = (code: string): string => {
  if (code === 'NO_TLS') return 'PostgreSQL offers no TLS, and nothing is sent to it in clear: turn ssl on there';
  if (CERTIFICATE.test(code)) return `the certificate of PostgreSQL is not accepted: it comes from an authority that sslrootcert does not name, names another host, or has ended (${code})`;
  return `PostgreSQL cannot answer now (${code})`;
};

/**
 * What a failure means for whoever asked. Its message names neither the server nor what was asked: either may hold what nobody else should read.
 * An error of ours passes as it is.
 */
export const faultOf = (error: unknown): unknown => {
  if (error instanceof StoreUnavailableError) return error;
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  const said = typeof code === 'string' ? code : NO_TLS.test(message ?? '') ? 'NO_TLS' : 'no answer';
  const isRefused = said === 'NO_TLS' || CERTIFICATE.test(said) || NOTHING_DONE.test(said);
  return new StoreUnavailableError(wordsOf(said), isRefused ? 'no' : 'unknown', { cause: error });
};
