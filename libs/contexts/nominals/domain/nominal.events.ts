// On disk for ever: never rename or reshape a case. Add a new one and an upcaster.
import type { Message, NominalId, Private } from '#kernel';

/** ISO/IEC 5218: 0 not known, 1 male, 2 female, 9 not specified. */
export type SexCode = '0' | '1' | '2' | '9';

/** A code, or the reason why there is none: both ethnicities and nationality are asked for in every child exploitation case. */
export type CodeOrReason = { readonly code: string } | { readonly notRecorded: 'REFUSED' | 'NOT_ASKED' | 'NOT_KNOWN' };

export interface Person {
  readonly nominalId: NominalId;
  readonly familyName: Private;
  readonly givenNames?: Private;
  /** `YYYY-MM-DD`, sealed. */
  readonly dateOfBirth?: Private;
  /** `YYYY/NNNNNNNL`, sealed; a person may have several or none. */
  readonly pncIds?: readonly Private[];
  readonly sex: SexCode;
  /** Sixteen plus one self-defined code (`W1` to `O9`, `NS`). */
  readonly selfDefinedEthnicity: CodeOrReason;
  /** `IC1` to `IC6`, `IC9`. */
  readonly officerDefinedEthnicity: CodeOrReason;
  /** ISO 3166-1 alpha-3. */
  readonly nationality: CodeOrReason;
}

export type NominalEvent =
  | Message<'PersonRegistered', Person>
  | Message<'PersonAliasAdded', { readonly nominalId: NominalId; readonly aliasId: string; readonly familyName?: Private; readonly givenNames?: Private }>
  /** What is read in the place of a text from which somebody was erased: its event and its path there. */
  | Message<'TextRedacted', { readonly event: string; readonly path: string; readonly text: Private }>
  /** Takes away the event that its metadata names (`corrects`, as `void`). */
  | Message<'EntryVoided', { readonly nominalId: NominalId }>;

export type NominalEventType = NominalEvent['type'];
