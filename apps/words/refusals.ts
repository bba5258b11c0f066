import type { InvestigationRefusal } from '#contexts/investigations';
import type { NominalRefusal } from '#contexts/nominals';
import type { AccessListRefusal, DataSubjectRefusal } from '#contexts/oversight';

/** What each refusal of an investigation's rules means for the person at the form. A code without a sentence does not compile. */
const investigationRefusals: Record<InvestigationRefusal, string> = {
  INVESTIGATION_UNKNOWN: 'There is no such investigation',
  INVESTIGATION_ALREADY_OPENED: 'This investigation has been opened already; put its opening right by a correction',
  BEFORE_OPENING: 'The date is before the investigation was opened; check the date, or correct the opening first',
  INVESTIGATION_NOT_ACTIVE: 'The investigation was finalised, transferred or cancelled by then; reopen it first, or check the date',
  REVIEW_INTERVAL_OUT_OF_RANGE: 'Days between reviews must be from 1 to 366',
  INVESTIGATION_ALREADY_ALLOCATED: 'The investigation has an officer already; change the owner instead',
  INVESTIGATION_NOT_ALLOCATED: 'The investigation has no officer yet; allocate it first',
  CRIME_UNKNOWN: 'That crime is not recorded on this investigation',
  CRIME_ALREADY_RECORDED: 'That crime has been recorded with other details; put it right by a correction',
  CRIME_REFERENCE_TWICE: 'That crime reference is on this investigation already',
  OFFENCE_ENDS_BEFORE_IT_BEGINS: 'The offence must not end before it begins',
  CRIME_RECORDED_BEFORE_OFFENCE: 'The crime cannot have been recorded before the offence began; check both dates',
  NON_CRIME_HAS_NO_CRIMES: 'A non-crime incident holds no recorded crime; correct the kind of investigation first',
  OUTCOME_UNKNOWN: 'That is not an outcome of the Home Office framework',
  OUTCOME_NOT_YET_IN_USE: 'That outcome was not in use on this date',
  OUTCOME_BEFORE_CRIME: 'The outcome cannot come before the crime was recorded',
  OUTCOME_SCHEME_DIFFERS: 'This crime’s outcomes come from data.police.uk and cannot be mixed with Home Office outcomes',
  OUTCOME_ALREADY_ASSIGNED: 'The crime has that outcome already',
  OUTCOME_NEEDS_NAMED_SUSPECT: 'This outcome says that a suspect is identified; name a suspect on the crime first, or choose another outcome',
  OUTCOME_NEEDS_NO_NAMED_SUSPECT: 'This outcome says that no suspect is identified, but one is named on the crime; choose another outcome',
  FINALISATION_ALREADY_PROPOSED: 'Finalisation has been proposed already; a supervisor has still to answer',
  FINALISATION_NOT_PROPOSED: 'No finalisation has been proposed that could be returned',
  CRIME_NOT_RECORDED: 'Record a crime before you finalise the investigation',
  CRIME_WITHOUT_OUTCOME: 'Every crime needs an outcome before the investigation is finalised',
  PROPOSER_CANNOT_APPROVE: 'Another person must approve: not the officer who proposed it, or the officer in the case',
  APPROVAL_IN_ANOTHERS_NAME: 'You can approve only in your own name; enter your own number as the one who approves',
  REVIEW_IN_ANOTHERS_NAME: 'You can record a review only in your own name; enter your own number as the one who reviewed',
  RETURN_IN_ANOTHERS_NAME: 'You can return a proposal only in your own name; enter your own number as the one who returns it',
  INVESTIGATION_ALREADY_CLOSED: 'The investigation was finalised, transferred or cancelled already',
  INVESTIGATION_NOT_CLOSED: 'The investigation is not closed, so it cannot be reopened',
  SENSITIVITY_REASSESSED_LATER: 'Its sensitivity was reassessed again after that date; give a later date',
  SENSITIVE_FACT_NEEDS_SENSITIVE_RECORD: 'A sensitive entry needs a sensitive investigation; reassess the sensitivity first',
  OPERATION_ALREADY_LINKED: 'The investigation belongs to that operation already',
  OPERATION_NOT_LINKED: 'The investigation does not belong to that operation at that time',
  ACCESS_DECISION_STANDS: 'What decides who may see the record is not corrected or taken away; reassess the sensitivity, or change its operations, instead',
  LINK_UNKNOWN: 'That suspect is not linked to this investigation',
  LINK_ALREADY_MADE: 'That link was made already with other details; put it right by a correction',
  LINK_VOIDED: 'The link to this suspect was declared void; nothing more is recorded on it',
  PERSON_ALREADY_LINKED: 'This person is a suspect on this investigation already',
  NAMED_NEEDS_PERSON: 'A named suspect must be a person in Daybook; give a PER- reference or register the person',
  PERSON_NEEDS_BETTER_QUALITY: 'A person can only be given when the suspect is named or partly identified',
  SUSPECT_ALREADY_NAMED: 'The suspect is named already; say first that the name no longer holds, or correct the entry',
  SUSPECT_NOT_NAMED: 'Only a named suspect can be recorded this way; name the suspect first',
  SUSPECT_ALREADY_CIRCULATED: 'The suspect is circulated in that way already',
  SUSPECT_NOT_CIRCULATED: 'There is no circulation that could be cancelled',
  SUSPECT_ARRESTED_AT_THAT_TIME: 'Another arrest is recorded for that minute; check the time',
  CUSTODY_INTERVIEW_NEEDS_ARREST: 'An interview in custody follows an arrest; record the arrest first, or choose voluntary attendance',
  BAIL_NEEDS_ARREST: 'Pre-charge bail follows an arrest; record the arrest first',
  BAIL_RETURNS_BEFORE_IT_BEGINS: 'The day to return must not be before the bail begins',
  RELEASE_NEEDS_ARREST: 'Release under investigation follows an arrest; record the arrest first',
  SUSPECT_NOT_ON_BAIL: 'The suspect is not on bail at that time',
  ESCAPE_NEEDS_ARREST: 'An escape follows an arrest; record the arrest first',
  SUSPECT_ALREADY_ELIMINATED: 'The suspect has been eliminated already',
  SUSPECT_DECEASED: 'The suspect had died by then; check the date',
  SUSPECT_ALREADY_DECEASED: 'The death is recorded already; put its date right by a correction',
  SUSPECT_ALIVE_LATER: 'The suspect was dealt with after that day; check the date',
  CHARGE_ALREADY_RECORDED: 'That charge is recorded already with other details',
  CHARGE_METHOD_DOES_NOT_FIT: 'Charges and requisitions are recorded apart; choose the right one',
  WRITTEN_NOTICE_REQUIRED: 'A suspect who was interviewed but not arrested must be told in writing; say that written notice was given',
  NO_FURTHER_ACTION_ALREADY_TAKEN: 'No further action has been decided already',
  NO_FURTHER_ACTION_NOT_TAKEN: 'There is no such decision that could be withdrawn',
  ENTRY_UNKNOWN: 'There is no such entry in this record',
  ENTRY_VOIDED: 'The entry was taken away; record the fact again',
  ENTRY_REPLACED: 'Another entry stands in its place; correct or take away that one',
  ENTRY_TYPE_DIFFERS: 'A correction must say the same kind of thing; take the entry away and record the other',
  ENTRY_SUBJECT_DIFFERS: 'What an entry is about cannot change by a correction; take it away and record the other',
  ENTRY_OF_ANOTHER_SYSTEM: 'Another system keeps this entry; put it right there',
  ENTRY_DEPENDED_ON: 'Another entry could not be true without this one as it stands; put that one right first',
  ORDER_NEEDS_TIME: 'Give the time as well, or a better date: by the dates given it cannot be told which came first, this or what it follows or undoes',
  OPENING_CANNOT_BE_VOIDED: 'The opening cannot be taken away; cancel the investigation instead',
  CORRECTION_NEEDS_REASON: 'Enter why the record is changed',
  SOURCE_FACTS_NEED_A_SOURCE: 'Facts of another system come by its import',
};

/** What each refusal of the rules about people means. */
const nominalRefusals: Record<NominalRefusal, string> = {
  PERSON_UNKNOWN: 'There is no such person in Daybook',
  PERSON_ALREADY_REGISTERED: 'This person is registered already with other details; put them right by a correction',
  PERSON_DIFFERS: 'The details belong to another person',
  CODE_UNKNOWN: 'Choose a code of the list, or the reason why there is none',
  ALIAS_NEEDS_NAME: 'Enter the other name',
  ALIAS_ALREADY_RECORDED: 'That alias is recorded already',
  ENTRY_UNKNOWN: 'There is no such entry in this record',
  ENTRY_REPLACED: 'Another entry stands in its place; correct or take away that one',
  REGISTRATION_CANNOT_BE_VOIDED: 'A registration cannot be taken away; correct it instead',
  CORRECTION_NEEDS_REASON: 'Enter why the record is changed',
};

/** What each refusal of an access list's rules means. */
const accessListRefusals: Record<AccessListRefusal, string> = {
  GRANTER_IS_GRANTEE: 'You cannot give access to yourself; another supervisor must do it',
  GRANT_ENDS_BEFORE_IT_BEGINS: 'The last day must not be before the first',
  GRANT_LONGER_THAN_A_YEAR: 'Access is given for a year at most; give it again when the year is over',
  GRANT_WITHDRAWN: 'This grant was withdrawn; give access anew',
  GRANT_UNKNOWN: 'There is no such grant on this access list',
  BREAK_GLASS_NEEDS_A_USER: 'Only a person who has signed in can break the glass',
  BREAK_GLASS_UNKNOWN: 'There is no such use of the break-glass on this access list',
  READER_CANNOT_REVIEW: 'Another person must review it: not the one who broke the glass',
  BREAK_GLASS_ALREADY_REVIEWED: 'It has been reviewed already, with another finding',
};

/** What each refusal of the rules about rights and retention means. */
const dataSubjectRefusals: Record<DataSubjectRefusal, string> = {
  SUBJECT_UNKNOWN: 'There is no such person in Daybook',
  SUBJECT_ERASED: 'This person has been erased; nothing more is recorded of them',
  PROCESSING_ALREADY_RESTRICTED: 'Processing is restricted on that ground already',
  PROCESSING_NOT_RESTRICTED: 'Processing is not restricted on that ground',
  SUBJECT_NOT_INFORMED: 'The person must be told before a restriction over disputed accuracy is lifted; enter when they were told',
  SUBJECT_INFORMED_AFTER_LIFTING: 'The person must be told before the restriction is lifted, not after; check both dates',
  LEGAL_HOLD_ALREADY_PLACED: 'That legal hold stands already',
  LEGAL_HOLD_NOT_PLACED: 'There is no such legal hold that stands',
  LEGAL_HOLD_STANDS: 'A legal hold stands; nothing may be disposed of until it is released',
  NO_LEGAL_HOLD_STANDS: 'No legal hold stands; place one first, or choose another decision',
  NEXT_REVIEW_NOT_LATER: 'The next review must come after this one',
  ERASURE_ALREADY_REQUESTED: 'An erasure of this person has been requested and not yet decided or carried out',
  ERASURE_NOT_REQUESTED: 'There is no such request for erasure',
  ERASURE_ALREADY_DECIDED: 'That request has been decided or withdrawn already',
  ERASURE_REQUESTED_BY_ANOTHER: 'Another person requested this erasure: it can be refused, and withdrawn by them alone',
  ERASURE_NOT_AUTHORISED: 'That erasure has not been authorised',
  REQUESTER_CANNOT_AUTHORISE: 'Another person must authorise the erasure: not the one who requested it',
  NEEDED_AS_EVIDENCE: 'The record is restricted because it is needed as evidence; it is not erased while it is',
  MEASURES_ARE_LIVE: 'The person is on bail, charged, wanted or otherwise dealt with in a case that runs; erase them when it has ended',
  TEXT_NEEDS_REDACTION: 'A text speaks of other people too; enter what is to remain of it for them',
  TEXT_UNKNOWN: 'That text is not one that remains after the erasure',
};

/** What is asked before the rules are. */
const accessRefusals = {
  PROCESSING_RESTRICTED: 'Processing of this person’s data is restricted; nothing is recorded of them while it is',
};

const sentences: Readonly<Record<string, string>> = { ...accessRefusals, ...accessListRefusals, ...dataSubjectRefusals, ...nominalRefusals, ...investigationRefusals };

/** The sentence of a refusal code. */
export const refusalSentence = (code: string): string => (Object.hasOwn(sentences, code) ? sentences[code]! : 'A rule refuses this entry');
