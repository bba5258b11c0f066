// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { Instant, InvestigationId, LocalDate, Message, OfficerId, Private } from '#kernel';
import type { BreakGlassFinding } from './codes';

/** What an access list is of. `operation`: its code as it was written. */
export type Listed =
  | { readonly kind: 'INVESTIGATION'; readonly investigationId: InvestigationId }
  | { readonly kind: 'OPERATION'; readonly operation: string };

/** Who is put on it: one user, or everybody of an agency. */
export type Grantee =
  | { readonly kind: 'USER'; readonly id: OfficerId }
  | { readonly kind: 'AGENCY'; readonly agency: string };

export interface Grant {
  readonly on: Listed;
  readonly grantId: string;
  readonly to: Grantee;
  /** First and last day, Europe/London. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly basis: Private;
  /** Reference of the information sharing agreement under which an agency is given access. */
  readonly agreement?: string;
  /** Of the list of an operation: the investigations of it to which whoever made the grant could give access then. It reaches no others. */
  readonly reaches?: readonly InvestigationId[];
}

export type AccessListEvent =
  | Message<'AccessGranted', Grant>
  /** A grant on the list of an operation reaches these investigations as well from now on. */
  | Message<'AccessExtended', { readonly grantId: string; readonly reaches: readonly InvestigationId[]; readonly basis: Private }>
  | Message<'AccessWithdrawn', { readonly grantId: string; readonly basis?: Private }>
  /** Access taken in an emergency, from the moment of its recording until `until`. */
  | Message<'BreakGlassUsed', { readonly on: Listed; readonly breakGlassId: string; readonly reader: OfficerId; readonly until: Instant; readonly basis: Private }>
  | Message<'BreakGlassReviewed', { readonly breakGlassId: string; readonly finding: BreakGlassFinding; readonly note?: Private }>;
