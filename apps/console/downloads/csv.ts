/** Opens a UTF-8 file in spreadsheet programs as what it is. */
export const BYTE_ORDER_MARK = '\uFEFF';

// What a spreadsheet would run as a formula, also after blanks and control characters. Numbers of ours are not text and stay numbers.
const FORMULA = /^[\s\u0000-\u001f\u007f\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A cell as text that no spreadsheet runs: RFC 4180 quoting, and an apostrophe before anything that looks like a formula. */
export const csvCell = (value: string | number | null): string => {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One record with its line end. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** `OFFICIAL-SENSITIVE-investigations-Rotherham-as-at-20190614T1700-event-31442.csv`: marking, moment and event number, nothing personal. */
export const downloadName = (what: string, area: string, number: number, extension: string, moment?: string): string => {
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const parts = ['OFFICIAL-SENSITIVE', what, plain(area), ...(moment ? [moment] : []), `event-${number}`];
  return `${parts.join('-')}.${extension}`;
};
