import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { StoreUnavailableError } from '#kernel';

/** A call that ends with a status; `trailers` say what the client's error is made of. */
export class Refusal extends Error {
  constructor(readonly code: status, message: string, readonly trailers: Readonly<Record<string, string>> = {}) {
    super(message);
  }
}

// HTTP/2 lets only printable ASCII stand in a header.
const printable = (text: string): string => text.replace(/[^ -~]/gu, (sign) => encodeURIComponent(sign));

/** What gRPC is given to end a call with. */
export const toServiceError = (error: unknown): ServiceError => {
  const refusal = asRefusal(error);
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(refusal.trailers)) metadata.set(name, printable(value));
  return Object.assign(new Error(refusal.message), { name: 'Refusal', code: refusal.code, details: refusal.message, metadata });
};

const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreUnavailableError) return new Refusal(status.UNAVAILABLE, error.message);
  return new Refusal(status.UNKNOWN, `Unexpected ${error instanceof Error ? error.message : String(error)}`);
};

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export const invalid = (message: string): Refusal => new Refusal(status.INVALID_ARGUMENT, message);
export const unauthenticated = (): Refusal => new Refusal(status.UNAUTHENTICATED, 'Unauthenticated');
export const unavailable = (): Refusal => new Refusal(status.UNAVAILABLE, 'Server Is Not Ready');
export const timedOut = (): Refusal => new Refusal(status.ABORTED, 'Operation timed out: Prepare phase timeout.');
export const accessDenied = (): Refusal => new Refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
export const streamDeleted = (stream: string): Refusal =>
  new Refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });
export const notLeader = ({ host, port }: Endpoint): Refusal =>
  new Refusal(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) });
export const wrongVersion = (stream: string, expected: string, actual: number): Refusal =>
  new Refusal(status.FAILED_PRECONDITION, `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    { exception: 'wrong-expected-version', 'stream-name': stream, 'expected-version': expected, 'actual-version': String(actual) });
export const tooLarge = (limit: number): Refusal =>
  new Refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(limit) });
export const propertyMissing = (): Refusal =>
  new Refusal(status.INVALID_ARGUMENT, 'Required Metadata Property missing',
    { exception: 'missing-required-metadata-property', 'required-metadata-properties': 'type,content-type' });
