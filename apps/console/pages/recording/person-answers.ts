import { dateFault, dateOf } from '../../forms/dates';
import type { FieldError } from '../../forms/when';
import { one } from '../../rendering/http';
import type { Fields } from '../../rendering/http';

type Plain = Readonly<Record<string, unknown>>;

/** Who a suspect is said to be: a person in Daybook, a new one, or nobody named. */
export type PersonAnswer =
  | { readonly choice: 'existing'; readonly nominalId: string }
  | { readonly choice: 'new'; readonly person: Plain }
  | { readonly choice: 'none'; readonly quality: string; readonly description?: string };

const birthOf = (fields: Fields, errors: FieldError[]): string | undefined => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => one(fields, `birth-${part}`)) as [string, string, string];
  if (!day && !month && !year) return undefined;
  const date = dateOf(day, month, year);
  if (date) return date;
  const { part, text } = dateFault('Date of birth', day, month, year);
  errors.push({ field: `birth-${part}`, text });
  return undefined;
};

const newPerson = (fields: Fields, errors: FieldError[]): PersonAnswer => {
  const familyName = one(fields, 'familyName');
  if (!familyName) errors.push({ field: 'familyName', text: 'Enter the family name' });
  for (const [name, words] of [['sex', 'the sex'], ['selfDefinedEthnicity', 'the self-defined ethnicity'], ['officerDefinedEthnicity', 'the officer-defined ethnicity']] as const)
    if (!one(fields, name)) errors.push({ field: name, text: `Select ${words}, or why it is not recorded` });
  const nationality = one(fields, 'nationality');
  if (!nationality) errors.push({ field: 'nationality', text: 'Select the nationality, or why it is not recorded' });
  return {
    choice: 'new',
    person: {
      familyName, givenNames: one(fields, 'givenNames'), dateOfBirth: birthOf(fields, errors), sex: one(fields, 'sex'),
      selfDefinedEthnicity: one(fields, 'selfDefinedEthnicity'), officerDefinedEthnicity: one(fields, 'officerDefinedEthnicity'), nationality,
    },
  };
};

const existing = (fields: Fields, resolve: (reference: string) => string | undefined, errors: FieldError[]): PersonAnswer => {
  const reference = one(fields, 'personReference');
  const nominalId = reference ? resolve(reference) : undefined;
  if (!reference) errors.push({ field: 'personReference', text: 'Enter the person’s reference' });
  else if (!nominalId) errors.push({ field: 'personReference', text: 'There is no person with that reference; it looks like PER-104' });
  return { choice: 'existing', nominalId: nominalId ?? '' };
};

const nobody = (fields: Fields, errors: FieldError[]): PersonAnswer => {
  const quality = one(fields, 'quality');
  if (!quality) errors.push({ field: 'quality', text: 'Select how well the suspect is known' });
  const description = one(fields, 'description');
  return { choice: 'none', quality, ...(description && { description }) };
};

/** Reads the person section of a form. */
export const personAnswer = (fields: Fields, resolve: (reference: string) => string | undefined, errors: FieldError[]): PersonAnswer => {
  switch (one(fields, 'person')) {
    case 'existing': return existing(fields, resolve, errors);
    case 'new': return newPerson(fields, errors);
    case 'none': return nobody(fields, errors);
    default:
      errors.push({ field: 'person', text: 'Select who the suspect is' });
      return { choice: 'none', quality: '' };
  }
};
