export interface InvalidEntry {
  /** Path of the field, for example `charges[0].offence`. */
  readonly field: string;
  /** What it must be, as a sentence that starts with the field; never repeats what was sent. */
  readonly message: string;
}

/** A request is not of the form asked for: one entry for each field that is wrong. Nothing was written. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly code = 'INVALID_REQUEST';
  constructor(readonly entries: readonly InvalidEntry[]) {
    super(entries.map(({ message }) => message).join('; '));
  }
}
