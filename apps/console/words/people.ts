import { countryWords } from './countries';
import { formatDay } from './format';

export const sexWords: Readonly<Record<string, string>> = { 1: 'Male', 2: 'Female', 9: 'Not specified', 0: 'Not known' };

export const notRecordedWords: Readonly<Record<string, string>> = { NOT_ASKED: 'Not asked', REFUSED: 'Refused to say', NOT_KNOWN: 'Not known' };

export const selfDefinedWords: Readonly<Record<string, string>> = {
  W1: 'White: British', W2: 'White: Irish', W3: 'White: Gypsy or Irish Traveller', W9: 'White: other', M1: 'Mixed: White and Black Caribbean',
  M2: 'Mixed: White and Black African', M3: 'Mixed: White and Asian', M9: 'Mixed: other', A1: 'Asian: Indian', A2: 'Asian: Pakistani',
  A3: 'Asian: Bangladeshi', A4: 'Asian: Chinese', A9: 'Asian: other', B1: 'Black: Caribbean', B2: 'Black: African', B9: 'Black: other',
  O1: 'Other code O1', O2: 'Arab', O9: 'Any other ethnic group', NS: 'Not stated',
};

export const officerDefinedWords: Readonly<Record<string, string>> = {
  IC1: 'White, north European', IC2: 'White, south European', IC3: 'Black', IC4: 'South Asian', IC5: 'East or South East Asian', IC6: 'Middle Eastern or Arab', IC9: 'Unknown',
};

/** Names of the fields of a person's record, in the order in which pages show them. */
export const personFieldWords: Readonly<Record<string, string>> = {
  familyName: 'Family name', givenNames: 'Given names', dateOfBirth: 'Date of birth', sex: 'Sex', selfDefinedEthnicity: 'Ethnicity as the person defines it',
  officerDefinedEthnicity: 'Ethnicity as the officer sees it', nationality: 'Nationality', pncIds: 'PNC ids',
};

const coded: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: sexWords, selfDefinedEthnicity: selfDefinedWords, officerDefinedEthnicity: officerDefinedWords, nationality: countryWords,
};

const textWords = (field: string, text: string): string => {
  if (field === 'dateOfBirth' && /^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text);
  const words = coded[field];
  return words && Object.hasOwn(words, text) ? words[text]! : text;
};

/** A detail of a person in words; "(empty)" where there was none, "(erased)" where its key was destroyed. */
export const personWords = (field: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return '(empty)';
  if (Array.isArray(value)) return value.length > 0 ? value.map((item) => personWords(field, item)).join(', ') : '(empty)';
  if (typeof value !== 'object') return textWords(field, String(value));
  if ('erased' in value) return '(erased)';
  const { code, notRecorded } = value as { readonly code?: string; readonly notRecorded?: string };
  return code === undefined ? `Not recorded: ${(notRecordedWords[notRecorded ?? ''] ?? '').toLowerCase()}` : textWords(field, code);
};
