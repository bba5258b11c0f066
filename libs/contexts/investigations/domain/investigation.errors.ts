import { DomainError } from '#kernel';

/** Every way in which a rule of an investigation says no. Each names the rule that would be broken and where it comes from. */
export type InvestigationRefusal =
  /** No such investigation has been opened. Local rule: the record begins with its opening. */
  | 'INVESTIGATION_UNKNOWN'
  /** It was opened before, differently. Local rule: one opening; put it right by a correction. */
  | 'INVESTIGATION_ALREADY_OPENED'
  /** The act is dated before the investigation began. Logic: it cannot be true of this investigation. */
  | 'BEFORE_OPENING'
  /** It is finalised, transferred or cancelled at that time. Local rule: reopen it first, with the date of the reopening. */
  | 'INVESTIGATION_NOT_ACTIVE'
  /** Two reviews cannot lie less than a day or more than 366 days apart. Local rule: force policy sets the interval within these bounds. */
  | 'REVIEW_INTERVAL_OUT_OF_RANGE'
  /** Local rule: the first owner is allocated once; after that the investigation is re-allocated. */
  | 'INVESTIGATION_ALREADY_ALLOCATED'
  /** Local rule: who has not been allocated an investigation cannot hand it on. */
  | 'INVESTIGATION_NOT_ALLOCATED'
  /** The crime is not recorded on this investigation. */
  | 'CRIME_UNKNOWN'
  /** The same crime id was recorded with other details. Local rule: put it right by a correction. */
  | 'CRIME_ALREADY_RECORDED'
  /** The same force's reference stands for another crime of this investigation (Home Office Crime Recording Rules: a crime is recorded once). */
  | 'CRIME_REFERENCE_TWICE'
  /** An offence that ends before it begins. Logic. */
  | 'OFFENCE_ENDS_BEFORE_IT_BEGINS'
  /** A crime recorded before the offence began. Logic. */
  | 'CRIME_RECORDED_BEFORE_OFFENCE'
  /** An investigation of kind NON_CRIME holds no recorded crime. Local rule: correct its kind when a crime comes to light. */
  | 'NON_CRIME_HAS_NO_CRIMES'
  /** Not a code of the Home Office outcomes framework (Home Office Crime Recording Rules). */
  | 'OUTCOME_UNKNOWN'
  /** The framework did not have that outcome yet (April 2013; outcome 22 from 1 April 2019; outcome 23 from 2026). */
  | 'OUTCOME_NOT_YET_IN_USE'
  /** A crime has no outcome before it is recorded. Logic. */
  | 'OUTCOME_BEFORE_CRIME'
  /** Home Office outcomes and labels of data.police.uk are different lists and are never mixed on one crime. Local rule. */
  | 'OUTCOME_SCHEME_DIFFERS'
  /** The crime has that outcome already. Logic: an outcome is replaced by another one. */
  | 'OUTCOME_ALREADY_ASSIGNED'
  /** This outcome says that a suspect is identified (outcomes framework 1 to 17 without 14, 20 to 23), and none is NAMED on the crime. */
  | 'OUTCOME_NEEDS_NAMED_SUSPECT'
  /** This outcome says that no suspect is identified (outcomes framework 14 and 18), and one is NAMED on the crime. */
  | 'OUTCOME_NEEDS_NO_NAMED_SUSPECT'
  /** The officer's proposal is still to be answered. Local rule. */
  | 'FINALISATION_ALREADY_PROPOSED'
  /** Nothing was proposed that could be returned. Logic. */
  | 'FINALISATION_NOT_PROPOSED'
  /** A crime investigation without a recorded crime is not finished (National Crime Recording Standard). */
  | 'CRIME_NOT_RECORDED'
  /** Every crime ends with one outcome before its investigation is finalised (outcomes framework). */
  | 'CRIME_WITHOUT_OUTCOME'
  /** Local rule: a supervisor approves, neither the officer who proposed nor the officer in the case. */
  | 'PROPOSER_CANNOT_APPROVE'
  /** Local rule: who has signed in approves in their own name alone. */
  | 'APPROVAL_IN_ANOTHERS_NAME'
  /** Local rule: who has signed in records no review as another's. */
  | 'REVIEW_IN_ANOTHERS_NAME'
  /** Local rule: who has signed in returns a proposal in their own name alone. */
  | 'RETURN_IN_ANOTHERS_NAME'
  /** Finalised, transferred or cancelled already, and not reopened in between. Logic. */
  | 'INVESTIGATION_ALREADY_CLOSED'
  /** Only a closed investigation is reopened. Logic. */
  | 'INVESTIGATION_NOT_CLOSED'
  /** It was reassessed again after that date. Local rule: a reassessment decides from now on; one that others have overtaken would change nothing. */
  | 'SENSITIVITY_REASSESSED_LATER'
  /** A fact of the sensitive track stands on a SENSITIVE record alone. Local rule: else counts and lists would show what is hidden; reassess first. */
  | 'SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD'
  /** It belongs to that operation already, and was not taken out in between. Logic. */
  | 'OPERATION_ALREADY_LINKED'
  /** It does not belong to that operation, so it cannot be taken out. Logic. */
  | 'OPERATION_NOT_LINKED'
  /** What decided who may see the record stands, so that it can be told later who could: it is changed by a new decision. Local rule. */
  | 'ACCESS_DECISION_STANDS'
  /** The suspect link is not on this investigation. */
  | 'LINK_UNKNOWN'
  /** The same link was made before, differently. Local rule: put it right by a correction. */
  | 'LINK_ALREADY_MADE'
  /** The link should never have been made; nothing more is recorded on it. Local rule. */
  | 'LINK_VOIDED'
  /** The person is a suspect on this investigation already, under another link. Local rule: one person, one link. */
  | 'PERSON_ALREADY_LINKED'
  /** A NAMED suspect is a person of the nominal index. Local rule (Metropolitan Police count of outstanding suspects: proper name recorded). */
  | 'NAMED_NEEDS_PERSON'
  /** A suspect who is UNKNOWN or only DESCRIBED is nobody in the nominal index yet. Local rule. */
  | 'PERSON_NEEDS_BETTER_QUALITY'
  /** NAMED already, and the name has not been given up in between. Local rule: lower the quality first, or correct. */
  | 'SUSPECT_ALREADY_NAMED'
  /** Only a NAMED suspect is wanted by warrant or on PNC, charged, requisitioned (Criminal Procedure Rules Part 7: the defendant is named), or held to be less. */
  | 'SUSPECT_NOT_NAMED'
  /** Circulated in that way already, and neither cancelled nor arrested in between. Logic. */
  | 'SUSPECT_ALREADY_CIRCULATED'
  /** No circulation that could be cancelled. Logic. */
  | 'SUSPECT_NOT_CIRCULATED'
  /** Two different arrests in the same minute. Logic. */
  | 'SUSPECT_ARRESTED_AT_THAT_TIME'
  /** An interview in custody follows an arrest (PACE 1984 Code C). */
  | 'CUSTODY_INTERVIEW_NEEDS_ARREST'
  /** Pre-charge bail follows an arrest (PACE 1984 ss.30A, 37, 47). */
  | 'BAIL_NEEDS_ARREST'
  /** The day to return lies before the bail. Logic; the period runs from the day after the arrest (PACE 1984 s.47ZB(4)). */
  | 'BAIL_RETURNS_BEFORE_IT_BEGINS'
  /** Release under investigation follows an arrest (PACE 1984 ss.34, 37). */
  | 'RELEASE_NEEDS_ARREST'
  /** Only bail can fail to be answered (PACE 1984 s.46A). */
  | 'SUSPECT_NOT_ON_BAIL'
  /** Only from custody can one escape: there is no arrest before, or a release since. Logic. */
  | 'ESCAPE_NEEDS_ARREST'
  /** Eliminated already, and nothing has brought the suspect back in between. Logic. */
  | 'SUSPECT_ALREADY_ELIMINATED'
  /** Nothing is done to, or by, a suspect after death. Logic. */
  | 'SUSPECT_DECEASED'
  /** A death is recorded once; put its date right by a correction. Local rule. */
  | 'SUSPECT_ALREADY_DECEASED'
  /** The suspect was dealt with after that day, alive. Logic. */
  | 'SUSPECT_ALIVE_LATER'
  /** The charge id stands for another line. Local rule. */
  | 'CHARGE_ALREADY_RECORDED'
  /** A charge has method C; a requisition (Criminal Justice Act 2003 s.29) or summons (Magistrates' Courts Act 1980 s.1) R or S. */
  | 'CHARGE_METHOD_DOES_NOT_FIT'
  /** Interviewed but not arrested: a decision not to prosecute is given in writing (PACE 1984 s.60B). */
  | 'WRITTEN_NOTICE_REQUIRED'
  /** No further action was decided before, and not withdrawn in between. Logic. */
  | 'NO_FURTHER_ACTION_ALREADY_TAKEN'
  /** No such decision that could be withdrawn. Logic. */
  | 'NO_FURTHER_ACTION_NOT_TAKEN'
  /** Nothing was escalated on this investigation by that event. */
  | 'ESCALATION_UNKNOWN'
  /** It was answered before. Local rule: one answer; take that away first, or correct it. */
  | 'ESCALATION_ALREADY_ANSWERED'
  /** An answer before the question. Logic. */
  | 'ANSWERED_BEFORE_ESCALATION'
  /** What the program escalated it did escalate: put right what it rests on, or answer it. Local rule. */
  | 'ESCALATION_STANDS'
  /** The investigation holds no such entry. */
  | 'ENTRY_UNKNOWN'
  /** The entry was taken away. Local rule: record the fact again. */
  | 'ENTRY_VOIDED'
  /** Another entry stands in its place: correct or void that one. Local rule. */
  | 'ENTRY_REPLACED'
  /** A correction says the same kind of thing as the entry it corrects. Local rule: void the one, record the other. */
  | 'ENTRY_TYPE_DIFFERS'
  /** What an entry is about (investigation, crime, link) does not change by a correction. Local rule: void the one, record the other. */
  | 'ENTRY_SUBJECT_DIFFERS'
  /** Another system keeps this entry; it is put right there. Local rule: else the next import would bring it back. */
  | 'ENTRY_OF_ANOTHER_SYSTEM'
  /** Another entry could not be true without this one as it stands: `dependent` and `type` name it, `rule` what it would break. Logic. */
  | 'ENTRY_DEPENDED_ON'
  /** By the dates given it cannot be told which came first, this or what it rests on or undoes. Local rule: give the time, or a better date. */
  | 'ORDER_NEEDS_TIME'
  /** The opening is corrected, never taken away. Local rule: cancel the investigation (Home Office Crime Recording Rules). */
  | 'OPENING_CANNOT_BE_VOIDED'
  /** DPA 2018 s.46 and s.62: a change of the record says why. */
  | 'CORRECTION_NEEDS_REASON'
  /** Facts of another system come by its import, never from a person. Local rule. */
  | 'SOURCE_FACTS_NEED_A_SOURCE';

/** A rule of an investigation said no; nothing was written. */
export class InvestigationRefused extends DomainError<InvestigationRefusal> {
  override readonly name = 'InvestigationRefused';
}

/** Ends the decision. `facts` name what is concerned; never personal data. */
export const refuse = (code: InvestigationRefusal, facts: Readonly<Record<string, string>> = {}): never => {
  throw new InvestigationRefused(code, facts);
};
