import { csvCell, csvLine, downloadName } from './csv';

describe('a cell of a CSV file', () => {
  it.each(['=1+1', '+44', '-2', '@SUM(A1)', '\t=1', '\r=1', '  =1', '\u0000=1', '\u00a0=1', '＝1'])('%j is never run by a spreadsheet', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each([['DC 4417', 'DC 4417'], ['a,b', '"a,b"'], ['say "no"', '"say ""no"""'], ['two\nlines', '"two\nlines"'], [null, ''], [-3, '-3']])('%j is written %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('ends its line as RFC 4180 says', () => expect(csvLine(['a', 1, null])).toBe('a,1,\r\n'));
});

it('a file is named by marking, moment and event number', () => {
  expect(downloadName('figures', 'Rotherham', 48213, 'csv', 'as-at-20190614T1700')).toBe('OFFICIAL-SENSITIVE-figures-Rotherham-as-at-20190614T1700-event-48213.csv');
  expect(downloadName('figures', 'a"b\r\nc', 1, 'json')).toBe('OFFICIAL-SENSITIVE-figures-a-b-c-event-1.json');
});
