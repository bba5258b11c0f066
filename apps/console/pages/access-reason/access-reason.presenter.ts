import { accessReasons } from '../../../guard';
import type { AccessReasonCode, NamedRecord } from '../../../guard';
import type { FieldError } from '../../forms/when';
import type { Page } from '../../rendering/page';

/** Reasons for access in words. */
export const reasonWords: Record<AccessReasonCode, string> = {
  ALLOCATED: 'It is allocated to me', SUPERVISION_OR_TASKING: 'Supervision or tasking', INTELLIGENCE_DEVELOPMENT: 'Intelligence development',
  DISCLOSURE_OR_COURT: 'Disclosure or court', AUDIT_OR_DIP_SAMPLE: 'Audit or dip sample', PARTNER_SAFEGUARDING: 'Partner safeguarding meeting', OTHER: 'Other',
};

export interface ReasonInput {
  readonly named: NamedRecord;
  /** Where the reader was going. */
  readonly back: string;
  readonly token: string;
  readonly typed: { readonly code?: string; readonly reference?: string; readonly words?: string };
  readonly errors: readonly FieldError[];
}

/** Asks once per record and session why it is opened. */
export const reasonPage = ({ named, back, token, typed, errors }: ReasonInput): Page => ({
  view: 'pages/access-reason/access-reason.njk', title: `Reason for access: ${named.text}`, status: errors.length > 0 ? 400 : 200,
  model: {
    heading: `Why are you opening ${named.text}?`, named, back, token, typed, errors,
    inWords: named.inWords === true,
    summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
    fieldErrors: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    reasons: accessReasons.filter((code) => code !== 'ALLOCATED').map((code) => ({ value: code, text: reasonWords[code], checked: code === typed.code })),
  },
});
