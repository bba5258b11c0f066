import type { Page } from '../../rendering/page';

/** `PER-104` of what somebody typed: in any case, with or without the hyphen or the letters. Undefined when it is no reference. */
export const referenceTyped = (typed: string): string | undefined => {
  const number = /^(?:PER)?[\s-]*(\d{1,15})$/i.exec(typed.trim())?.[1];
  return number === undefined ? undefined : `PER-${Number(number)}`;
};

const faultOf = (typed: string, isReference: boolean): string => {
  if (!typed) return 'Enter the reference of the person';
  return isReference ? 'There is no person with that reference' : 'A reference looks like PER-104; people cannot be found by name yet';
};

export interface LookupInput {
  readonly token: string;
  /** What was typed and led to nobody. */
  readonly typed?: string;
  readonly isReference?: boolean;
  /** What was typed and not looked up yet. */
  readonly before?: string;
}

/** The look-up of a person by reference, with what was typed when that led to nobody. */
export const lookupPage = ({ token, typed, isReference = false, before = '' }: LookupInput): Page => {
  const errors = typed === undefined ? [] : [{ field: 'reference', text: faultOf(typed, isReference) }];
  return {
    view: 'pages/people/lookup.njk', title: 'Find a person', section: 'people', ...(errors.length > 0 && { status: 400 }),
    model: { token, typed: typed ?? before, errors, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })) },
  };
};
