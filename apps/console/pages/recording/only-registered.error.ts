import type { NominalId } from '#kernel';

/** A person was registered, and then what the same form says of that person could not be recorded: `cause` says why. */
export class OnlyRegisteredError extends Error {
  override readonly name = 'OnlyRegisteredError';
  constructor(readonly nominalId: NominalId, cause: unknown) {
    super('the person was registered, and nothing else', { cause });
  }
}
