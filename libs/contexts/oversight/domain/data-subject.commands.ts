import type { CommandContext, Message } from '#kernel';
import type { DataSubjectEvent, TextPlace } from './data-subject.events';

type DataOf<T extends DataSubjectEvent['type']> = Extract<DataSubjectEvent, { type: T }>['data'];
type Order<Type extends string, Data extends object> = Message<Type, Data> & { readonly context: CommandContext };

/** What was looked up outside the person's own stream when an erasure was authorised. */
export interface ErasureFindings {
  /** References of what still binds the person: bail, charge, being wanted. Erasure waits for their end. */
  readonly liveMeasures: readonly string[];
  /** Texts about the person and others, each of which needs words for the others that remain. */
  readonly mandatory: readonly TextPlace[];
  /** Every text that a redaction may name. */
  readonly known: readonly TextPlace[];
}

export type DataSubjectCommand =
  | Order<'RestrictProcessing', DataOf<'ProcessingRestricted'>>
  | Order<'LiftRestriction', DataOf<'RestrictionLifted'>>
  | Order<'PlaceLegalHold', DataOf<'LegalHoldPlaced'>>
  | Order<'ReleaseLegalHold', DataOf<'LegalHoldReleased'>>
  | Order<'ReviewRetention', DataOf<'RetentionReviewed'>>
  | Order<'RequestErasure', DataOf<'ErasureRequested'>>
  | Order<'WithdrawErasureRequest', DataOf<'ErasureRequestWithdrawn'>>
  | Order<'RefuseErasure', DataOf<'ErasureRefused'>>
  | Order<'AuthoriseErasure', DataOf<'ErasureAuthorised'> & { readonly findings: ErasureFindings }>
  /** Sent by the erasure run alone, as are those below. */
  | Order<'BeginErasure', DataOf<'ErasureBegun'> & Pick<ErasureFindings, 'liveMeasures'>>
  | Order<'CompleteErasure', DataOf<'DataErased'>>;
