import type { Private } from '#kernel';
import type {
  ActionCode, HandlingCode, IntelligenceAssessment, LegacyDigit, LegacySource, SanitisationCode, SourceEvaluation,
} from './codes';

/** What a recipient must keep to; only under handling code C (College of Policing APP, Intelligence report). */
export interface HandlingConditions {
  readonly instructions: Private;
  readonly action: ActionCode;
  /** How it may be used overtly: with A3, and only with A3. */
  readonly usage?: Private;
  readonly sanitisation: SanitisationCode;
}

/** The grade of one item in the current scheme, for example `1BP`. */
export interface Grade3x5x2 {
  readonly scheme: 'S3X5X2';
  readonly source: SourceEvaluation;
  /** Why the source is doubted: with 3. */
  readonly sourceReason?: Private;
  readonly assessment: IntelligenceAssessment;
  /** Why it is suspected to be false: with E. */
  readonly assessmentReason?: Private;
  readonly handling: HandlingCode;
  readonly conditions?: HandlingConditions;
}

/** The grade of one item as it was written before 3x5x2, for example `E41`. It is kept; another scheme is another evaluation. */
export interface Grade5x5x5 {
  readonly scheme: 'S5X5X5';
  readonly source: LegacySource;
  readonly information: LegacyDigit;
  readonly handling: LegacyDigit;
}

export type Grade = Grade3x5x2 | Grade5x5x5;

/** The grade as the trade writes it: `1BP`, `E41`. */
export const written = (grade: Grade): string =>
  grade.scheme === 'S3X5X2' ? `${grade.source}${grade.assessment}${grade.handling}` : `${grade.source}${grade.information}${grade.handling}`;

/** Which scheme a written grade is of; undefined where it is of neither. */
export const schemeOf = (text: string): Grade['scheme'] | undefined => {
  if (/^[1-3][A-E][PC]$/.test(text)) return 'S3X5X2';
  return /^[A-E][1-5][1-5]$/.test(text) ? 'S5X5X5' : undefined;
};

/** The item is held to be untrue, or to come from somebody who is not believed: whatever rests on it is looked at again. */
export const isDoubted = (grade: Grade): boolean =>
  grade.scheme === 'S3X5X2' ? grade.source === '3' || grade.assessment === 'E' : grade.source === 'D' || grade.information === '5';
