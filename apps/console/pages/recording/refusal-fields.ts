import type { Task } from './tasks';

const fields: Readonly<Record<string, string>> = {
  REVIEW_INTERVAL_OUT_OF_RANGE: 'reviewEveryDays', CRIME_UNKNOWN: 'crimeId', CRIME_REFERENCE_TWICE: 'crimeReference', OFFENCE_ENDS_BEFORE_IT_BEGINS: 'offenceTo-day',
  CRIME_RECORDED_BEFORE_OFFENCE: 'offenceFrom-day', NON_CRIME_HAS_NO_CRIMES: 'offence', OUTCOME_UNKNOWN: 'outcome', OUTCOME_SCHEME_DIFFERS: 'outcome',
  OUTCOME_ALREADY_ASSIGNED: 'outcome', OUTCOME_NEEDS_NAMED_SUSPECT: 'outcome', OUTCOME_NEEDS_NO_NAMED_SUSPECT: 'outcome', PROPOSER_CANNOT_APPROVE: 'approvedBy',
  PERSON_ALREADY_LINKED: 'person', NAMED_NEEDS_PERSON: 'person', PERSON_NEEDS_BETTER_QUALITY: 'person', CUSTODY_INTERVIEW_NEEDS_ARREST: 'setting',
  BAIL_RETURNS_BEFORE_IT_BEGINS: 'returnOn-day', WRITTEN_NOTICE_REQUIRED: 'writtenNoticeGiven', CHARGE_METHOD_DOES_NOT_FIT: 'method', CORRECTION_NEEDS_REASON: 'reason',
  APPROVAL_IN_ANOTHERS_NAME: 'approvedBy', REVIEW_IN_ANOTHERS_NAME: 'supervisor', RETURN_IN_ANOTHERS_NAME: 'supervisor', OPERATION_ALREADY_LINKED: 'operation',
  OPERATION_NOT_LINKED: 'operation', ENTRY_SUBJECT_DIFFERS: 'person', CRIME_NOT_RECORDED: 'offence',
};

/** The box that a refusal is about; the date, where the rule is about what came before or after. */
export const fieldOfRefusal = (code: string, { fields: asked }: Pick<Task, 'fields'>): string => {
  const field = fields[code] ?? 'when-day';
  const [name] = field.split('-') as [string];
  return name === 'when' || name === 'reason' || asked.some((each) => each.name === name || (name === 'person' && each.kind === 'person')) ? field : 'when-day';
};
