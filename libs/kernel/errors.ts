/** A rule said no. Nothing was written; `code` names the rule, `facts` the fields and values concerned (never personal data). */
export class DomainError<Code extends string = string> extends Error {
  override readonly name: string = 'DomainError';
  constructor(readonly code: Code, readonly facts: Readonly<Record<string, string>> = {}) {
    super(code);
  }
}

/** What was given is not of the form asked for. `field` is the path of the field, `rule` what it must be. */
export class MalformedError extends Error {
  override readonly name: string = 'MalformedError';
  readonly code = 'MALFORMED';
  constructor(readonly field: string, readonly rule: string) {
    super(`${field}: ${rule}`);
  }
}

/** Another writer reached the stream first. Reload and decide again. Revision -1 means that the stream does not exist. */
export class WrongExpectedVersionError extends Error {
  override readonly name = 'WrongExpectedVersionError';
  readonly code = 'WRONG_EXPECTED_VERSION';
  constructor(readonly stream: string, readonly expected: number | string, readonly actual: number) {
    super(`${stream}: expected revision ${expected}, found ${actual}`);
  }
}

/** The store cannot answer now (closed, disk full, unreachable). The outcome of a write is unknown unless `written` says otherwise. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly code = 'STORE_UNAVAILABLE';
  constructor(message: string, readonly written: 'no' | 'unknown' = 'unknown', options?: ErrorOptions) {
    super(message, options);
  }
}
