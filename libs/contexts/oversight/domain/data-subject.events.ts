// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { LocalDate, Message, NominalId, Private, RecordKeyId } from '#kernel';
import type { ErasureGround, ErasureRefusalGround, HoldAuthority, RestrictionReason, RetentionDecision, RetentionGroup } from './data-subject.codes';

type Subject = { readonly nominalId: NominalId };
type Request = Subject & { readonly requestId: string };

/** Where a sealed text stands: its event and its path in it (`data.summary`, `reason`). */
export interface TextPlace {
  readonly stream: string;
  readonly event: string;
  readonly path: string;
}

/** What is to be read in the place of a text once the person is erased from it. */
export interface Redaction extends TextPlace {
  readonly text: Private;
}

export type DataSubjectEvent =
  | Message<'ProcessingRestricted', Subject & { readonly reason: RestrictionReason; readonly note?: Private }>
  | Message<'RestrictionLifted', Subject & { readonly reason: RestrictionReason; readonly informedOn?: LocalDate }>
  | Message<'LegalHoldPlaced', Subject & { readonly holdId: string; readonly authority: HoldAuthority; readonly note?: Private }>
  | Message<'LegalHoldReleased', Subject & { readonly holdId: string }>
  | Message<'RetentionReviewed', Subject & { readonly group: RetentionGroup; readonly decision: RetentionDecision; readonly criteria?: Private; readonly nextReviewOn?: LocalDate }>
  | Message<'ErasureRequested', Request & { readonly ground: ErasureGround; readonly basis: Private }>
  /** Whoever requested it takes that back. */
  | Message<'ErasureRequestWithdrawn', Request & { readonly basis?: Private }>
  | Message<'ErasureRefused', Request & { readonly ground: ErasureRefusalGround }>
  | Message<'ErasureAuthorised', Request & { readonly redactions: readonly Redaction[] }>
  /** From here on these keys are destroyed, and destroyed again after any restore. Several where one would not hold them all. */
  | Message<'ErasureBegun', Request & { readonly keys: readonly RecordKeyId[] }>
  /** The receipt, without personal data. `recipientsToTell`: opaque names of those to whom records were disclosed (s.48(9)). */
  | Message<'DataErased', Request & { readonly keysDestroyed: number; readonly textsRedacted: number; readonly recipientsToTell: readonly string[] }>;

export type DataSubjectEventType = DataSubjectEvent['type'];
