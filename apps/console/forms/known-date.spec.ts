import { knownDate } from './known-date';

describe('a date that may not be known to the day', () => {
  it.each([
    ['14', '6', '2019', '2019-06-14'], ['', '6', '2019', '2019-06'], ['', 'June', '1987', '1987-06'], ['', '', '1987', '1987'],
    ['14', '', '2019', undefined], ['', '13', '2019', undefined], ['', '', '87', undefined], ['31', '2', '2019', undefined], ['', '', '', undefined],
  ])('%s %s %s is %s', (day, month, year, date) => expect(knownDate(day, month, year)).toBe(date));
});
