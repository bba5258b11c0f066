export type SignInRefusal =
  | 'ISSUER_REQUIRED' | 'ACCESS_FILE_REQUIRED' | 'ACCESS_FILE_UNREADABLE' | 'ACCESS_FILE_INVALID' | 'ACCESS_FILE_OPEN_TO_OTHERS' | 'SECRET_FILE_UNREADABLE' | 'SECRET_FILE_OPEN_TO_OTHERS' | 'NO_IDENTITIES' | 'USER_UNKNOWN';

/** Sign-in cannot work as things are set up. The message names the variable or the field, and what to do; never a value. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  constructor(readonly code: SignInRefusal, message: string) {
    super(message);
  }
}

export type StrangerReason =
  /** No rule of the mapping fits the person. */
  | 'NO_RULE'
  /** The identity provider does not vouch for a second factor. */
  | 'ONE_FACTOR'
  /** What came back from the identity provider does not fit what was asked, or came too late. */
  | 'NOT_OURS'
  /** The proof of identity that was asked for is an old one. */
  | 'NOT_FRESH';

/** Somebody came back from the identity provider and is not let in. */
export class StrangerError extends Error {
  override readonly name = 'StrangerError';
  /** @param subject the provider's own name for the person, where it vouched for one */
  constructor(readonly code: StrangerReason, readonly subject?: string) {
    super(code);
  }
}
