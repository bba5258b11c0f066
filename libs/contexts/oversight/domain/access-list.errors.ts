import { DomainError } from '#kernel';

/** Every way in which a rule of an access list says no. */
export type AccessListRefusal =
  /** Nobody gives access to themselves. Local rule: two people stand behind each grant. */
  | 'GRANTER_IS_GRANTEE'
  /** The last day lies before the first. Logic. */
  | 'GRANT_ENDS_BEFORE_IT_BEGINS'
  /** Local rule: need to know is looked at again within a year, so a grant ends by then and is made anew. */
  | 'GRANT_LONGER_THAN_A_YEAR'
  /** The list holds no such grant. */
  | 'GRANT_UNKNOWN'
  /** What has been withdrawn is not extended, but made anew. Logic. */
  | 'GRANT_WITHDRAWN'
  /** Access in an emergency is taken by a person who has signed in, and answered for by them. Local rule. */
  | 'BREAK_GLASS_NEEDS_A_USER'
  /** The list holds no such break-glass. */
  | 'BREAK_GLASS_UNKNOWN'
  /** Who broke the glass does not review it. Local rule: somebody else answers whether there was need. */
  | 'READER_CANNOT_REVIEW'
  /** It was reviewed with another finding. Local rule: one review. */
  | 'BREAK_GLASS_ALREADY_REVIEWED';

/** A rule of an access list said no; nothing was written. */
export class AccessListRefused extends DomainError<AccessListRefusal> {
  override readonly name = 'AccessListRefused';
}

/** Ends the decision. `facts` name what is concerned; never personal data. */
export const refuse = (code: AccessListRefusal, facts: Readonly<Record<string, string>> = {}): never => {
  throw new AccessListRefused(code, facts);
};
