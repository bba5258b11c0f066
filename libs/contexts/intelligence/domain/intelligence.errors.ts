import { DomainError } from '#kernel';

/** Every way in which a rule about an intelligence report says no. */
export type IntelligenceRefusal =
  /** There is no such report. */
  | 'REPORT_UNKNOWN'
  /** The report was submitted before. Local rule: put it right by a resubmission. */
  | 'REPORT_ALREADY_SUBMITTED'
  /** A report says at least one thing. College of Policing APP, Intelligence report: numbered items, each graded. */
  | 'REPORT_NEEDS_AN_ITEM'
  /** Items are told apart by their ids. Local rule. */
  | 'ITEM_TWICE'
  /** The report has no such item. */
  | 'ITEM_UNKNOWN'
  /** The unit grades what partners and the public bring, not they. College of Policing APP, Intelligence management. */
  | 'GRADED_BY_THE_UNIT'
  /** Each item is graded, not the report alone. College of Policing APP, Intelligence report. */
  | 'ITEM_NOT_GRADED'
  /** 3 (not reliable) says why. College of Policing APP, Intelligence report. */
  | 'UNRELIABLE_SOURCE_NEEDS_REASON'
  /** E (suspected to be false) says why. College of Policing APP, Intelligence report. */
  | 'SUSPECTED_FALSE_NEEDS_REASON'
  /** C comes with conditions: instructions, an action code and a sanitisation code. College of Policing APP, Intelligence report. */
  | 'HANDLING_C_NEEDS_CONDITIONS'
  /** Conditions exist only under C. College of Policing APP, Intelligence report. */
  | 'CONDITIONS_NEED_HANDLING_C'
  /** A3 (overt use) says how it may be used. College of Policing APP, Intelligence report. */
  | 'OVERT_USE_NEEDS_USAGE'
  /** A usage text is for A3 alone. College of Policing APP, Intelligence report. */
  | 'USAGE_NEEDS_OVERT_USE'
  /** 5x5x5 is kept where it was written; what is evaluated today is graded 3x5x2. Local rule. */
  | 'LEGACY_GRADE_IS_KEPT'
  /** Whatever comes from a registered source names its register number. Local rule. */
  | 'REGISTERED_SOURCE_NEEDS_REFERENCE'
  /** The stage of the report does not allow this. Life of a report, College of Policing APP, Intelligence management. */
  | 'REPORT_AT_ANOTHER_STAGE'
  /** Whoever wrote it cannot say what of it gives the source away. Local rule: the sanitiser is not the submitter. */
  | 'SUBMITTER_CANNOT_SANITISE'
  /** A sanitised text stands for every item that is to be shared. Local rule. */
  | 'ITEM_NOT_SANITISED'
  /** What comes from a registered source is shared in its sanitised text alone. RIPA 2000 Part II, CHIS Code: sterile corridor. */
  | 'SOURCE_NEEDS_SANITISED_TEXT'
  /** The link id stands for another link. Local rule. */
  | 'LINK_ALREADY_RECORDED'
  /** The report has no such link, or no longer. */
  | 'LINK_UNKNOWN'
  /** A report is live once it is linked to somebody or something. Life of a report. */
  | 'REPORT_NEEDS_A_LINK'
  /** A dissemination names who receives it (DPA 2018 s.62(3)(b)). */
  | 'DISSEMINATION_NEEDS_RECIPIENTS'
  /** Nothing leaves the police without an agreement to rest on. Local rule; DPA 2018 s.38 and Part 3 Chapter 5. */
  | 'SHARING_NEEDS_AGREEMENT'
  /** S2, and any action or sharing under A1: the originator is asked first. College of Policing APP, Intelligence report. */
  | 'ORIGINATOR_MUST_AGREE'
  /** A2 allows covert use alone. College of Policing APP, Intelligence report. */
  | 'COVERT_USE_ONLY'
  /** The id stands for another dissemination or action. Local rule. */
  | 'ALREADY_RECORDED_OTHERWISE';

/** A rule about an intelligence report said no; nothing was written. */
export class IntelligenceRefused extends DomainError<IntelligenceRefusal> {
  override readonly name = 'IntelligenceRefused';
}

/** Ends the decision. `facts` name what is concerned; never personal data. */
export const refuse = (code: IntelligenceRefusal, facts: Readonly<Record<string, string>> = {}): never => {
  throw new IntelligenceRefused(code, facts);
};
