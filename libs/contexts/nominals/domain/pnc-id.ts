const LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';
const FORM = /^(\d{2})(\d{2})\/(\d{7})([A-Z])$/;

/** The check letter of a PNC id: two digits of the year and seven of the number, modulo 23, into an alphabet without I, O and S. */
export const pncCheckLetter = (year: string, number: string): string => LETTERS[Number(year.slice(-2) + number) % 23]!;

/** True when the text has the form `YYYY/NNNNNNNL` and its last letter is the right one. */
export const isPncId = (text: string): boolean => {
  const parts = FORM.exec(text);
  return parts !== null && pncCheckLetter(parts[2]!, parts[3]!) === parts[4];
};
