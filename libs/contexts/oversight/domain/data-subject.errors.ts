import { DomainError } from '#kernel';

/** Every way in which a rule about a person's rights and the retention of their record says no. */
export type DataSubjectRefusal =
  /** No such person has been registered. */
  | 'SUBJECT_UNKNOWN'
  /** The person has been erased; nothing more is recorded of them. DPA 2018 s.47. */
  | 'SUBJECT_ERASED'
  /** Processing is restricted on that ground already. */
  | 'PROCESSING_ALREADY_RESTRICTED'
  /** Processing is not restricted on that ground. */
  | 'PROCESSING_NOT_RESTRICTED'
  /** DPA 2018 s.48: where accuracy was disputed, the person is told before the restriction is lifted. */
  | 'SUBJECT_NOT_INFORMED'
  /** DPA 2018 s.48: told before, not after. */
  | 'SUBJECT_INFORMED_AFTER_LIFTING'
  /** The hold stands already. */
  | 'LEGAL_HOLD_ALREADY_PLACED'
  /** There is no such hold that stands. */
  | 'LEGAL_HOLD_NOT_PLACED'
  /** A legal hold overrides disposal. Police Information and Records Management Code of Practice 2023. */
  | 'LEGAL_HOLD_STANDS'
  /** To retain because of a legal hold, one must stand. Logic. */
  | 'NO_LEGAL_HOLD_STANDS'
  /** The next review comes after this one. DPA 2018 s.39(2). */
  | 'NEXT_REVIEW_NOT_LATER'
  /** One request at a time is decided. Local rule. */
  | 'ERASURE_ALREADY_REQUESTED'
  /** There is no such request. */
  | 'ERASURE_NOT_REQUESTED'
  /** The request was decided, or taken back. */
  | 'ERASURE_ALREADY_DECIDED'
  /** Whoever made a request takes it back; others refuse it. Local rule. */
  | 'ERASURE_REQUESTED_BY_ANOTHER'
  /** The begun erasure was not authorised. Logic. */
  | 'ERASURE_NOT_AUTHORISED'
  /** Two people decide: who requests does not authorise. Local rule. */
  | 'REQUESTER_CANNOT_AUTHORISE'
  /** DPA 2018 s.47(2): what is needed as evidence is restricted, not erased. */
  | 'NEEDED_AS_EVIDENCE'
  /** CPIA 1996 code of practice: what bears on a case that runs is retained. */
  | 'MEASURES_ARE_LIVE'
  /** A text speaks of others too, and no words were given that remain for them. DPA 2018 s.40. */
  | 'TEXT_NEEDS_REDACTION'
  /** Words were given for a text that is none of the person's record. Logic. */
  | 'TEXT_UNKNOWN';

/** A rule about rights or retention said no; nothing was written. */
export class DataSubjectRefused extends DomainError<DataSubjectRefusal> {
  override readonly name = 'DataSubjectRefused';
}

/** Ends the decision. `facts` name what is concerned; never personal data. */
export const refuse = (code: DataSubjectRefusal, facts: Readonly<Record<string, string>> = {}): never => {
  throw new DataSubjectRefused(code, facts);
};
