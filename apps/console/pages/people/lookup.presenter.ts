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

/** The look-up of a person by reference, with what was typed when that led to nobody. */
export const lookupPage = (typed?: string, isReference = false): Page => {
  const errors = typed === undefined ? [] : [{ field: 'reference', text: faultOf(typed, isReference) }];
  return {
    view: 'pages/people/lookup.njk', title: 'Find a person', section: 'people', ...(errors.length > 0 && { status: 400 }),
    model: { typed: typed ?? '', errors, summary: errors.map(({ field, text }) => ({ text, href: `#${field}` })) },
  };
};
