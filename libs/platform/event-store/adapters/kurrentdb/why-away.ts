import { status } from '@grpc/grpc-js';

const UNTRUSTED = 'the certificate of the event store is not accepted: it comes from an authority that tlsCAFile does not name, names another host, or has ended';
const UNKNOWN_ACCOUNT = 'the event store does not know the account, or its password is another';
const MAY_NOT_READ = 'the event store does not let this account read: it needs $r of $all and of the streams, and $mr (infra/kurrentdb-rights.mjs)';

/** As OpenSSL and Node.js say it; gRPC hands on their words alone. */
const CERTIFICATE = /certificate|altnames|CERT_/i;

/** Why the server is not heard, where its error tells; it holds nothing of the server's address. */
export const whyAway = (error: unknown, otherwise: string): string => {
  const { code, details = '', cause } = (error ?? {}) as { readonly code?: unknown; readonly details?: string; readonly cause?: unknown };
  if (code === status.UNAUTHENTICATED) return UNKNOWN_ACCOUNT;
  if (code === status.PERMISSION_DENIED) return MAY_NOT_READ;
  if (CERTIFICATE.test(details)) return UNTRUSTED;
  return cause === undefined ? otherwise : whyAway(cause, otherwise);
};
