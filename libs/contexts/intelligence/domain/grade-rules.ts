import type { Grade, HandlingConditions } from './grade';
import { refuse } from './intelligence.errors';

type Facts = Readonly<Record<string, string>>;

const checkUsage = ({ action, usage }: HandlingConditions, facts: Facts): void => {
  if (action === 'A3' && !usage) refuse('OVERT_USE_NEEDS_USAGE', { ...facts, field: 'usage' });
  if (action !== 'A3' && usage) refuse('USAGE_NEEDS_OVERT_USE', { ...facts, field: 'usage' });
};

/**
 * Whether a grade of today is whole: reasons with 3 and E, conditions with C and nowhere else, a usage text with A3 and nowhere else (College of Policing
 * APP, Intelligence report). @throws IntelligenceRefused
 */
export const checkGrade = (grade: Grade, facts: Facts): void => {
  if (grade.scheme !== 'S3X5X2') return refuse('LEGACY_GRADE_IS_KEPT', { ...facts, field: 'grade' });
  if (grade.source === '3' && !grade.sourceReason) refuse('UNRELIABLE_SOURCE_NEEDS_REASON', { ...facts, field: 'sourceReason' });
  if (grade.assessment === 'E' && !grade.assessmentReason) refuse('SUSPECTED_FALSE_NEEDS_REASON', { ...facts, field: 'assessmentReason' });
  if (grade.handling === 'C' && !grade.conditions) refuse('HANDLING_C_NEEDS_CONDITIONS', { ...facts, field: 'conditions' });
  if (grade.handling === 'P' && grade.conditions) refuse('CONDITIONS_NEED_HANDLING_C', { ...facts, field: 'conditions' });
  if (grade.conditions) checkUsage(grade.conditions, facts);
};

/** What was graded before 3x5x2 came into use is submitted as it was written; what is graded by today's scheme is whole. @throws IntelligenceRefused */
export const checkSubmittedGrade = (grade: Grade, facts: Facts): void => {
  if (grade.scheme === 'S3X5X2') checkGrade(grade, facts);
};

/** The same grade under other conditions: with some it is handled under C, without any under P. @throws IntelligenceRefused for a grade of 5x5x5 */
export const underConditions = (grade: Grade, conditions: HandlingConditions | undefined, facts: Facts): Grade => {
  if (grade.scheme !== 'S3X5X2') return refuse('LEGACY_GRADE_IS_KEPT', { ...facts, field: 'itemId' });
  const { conditions: _, ...rest } = grade;
  return conditions ? { ...rest, handling: 'C', conditions } : { ...rest, handling: 'P' };
};
