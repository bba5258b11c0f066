import { lookLogPurposes } from '#contexts/oversight';
import type { Page } from '../../rendering/page';
import { purposeWords } from '../../words/looks';

export interface PurposeAsked {
  readonly token: string;
  /** Where to go on. */
  readonly to: string;
  /** What was chosen before. */
  readonly chosen?: string;
  readonly missing?: boolean;
}

/** Asks for what the log of looks is wanted, before it is shown. */
export const purposePage = ({ token, to, chosen, missing = false }: PurposeAsked): Page => {
  const errors = missing ? [{ field: 'purpose', text: 'Choose for what you need the log' }] : [];
  return {
    view: 'pages/audit/purpose.njk', title: 'For what do you need the log?', section: 'audit', ...(missing && { status: 400 }),
    model: {
      heading: 'For what do you need the log of who looked at what?', token, to, errors, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      items: lookLogPurposes.map((value) => ({ value, text: purposeWords[value], checked: value === chosen })),
    },
  };
};
