import { dateFault, dateOf, monthFrom, parseDay, parseTime } from './dates';

describe('a time as people type it', () => {
  it.each([
    ['1845', '18:45'], ['18:45', '18:45'], ['18.45', '18:45'], ['6.45pm', '18:45'], ['6:45 pm', '18:45'], ['6pm', '18:00'], ['945', '09:45'],
    ['12.05am', '00:05'], ['12pm', '12:00'], ['0000', '00:00'], ['23:59', '23:59'],
  ])('%s is %s', (typed, time) => expect(parseTime(typed)).toBe(time));

  it.each(['', 'soon', '24:00', '12:60', '13pm', '0am', '7', '1:2:3', '-1:00', '１８:45'])('%j is none', (typed) => expect(parseTime(typed)).toBeUndefined());
});

describe('a date as people type it', () => {
  it.each([
    ['14/6/2019', '2019-06-14'], ['14 June 2019', '2019-06-14'], ['14.06.2019', '2019-06-14'], ['2019-06-14', '2019-06-14'], ['29 2 2020', '2020-02-29'],
  ])('%s is %s', (typed, date) => expect(parseDay(typed)).toBe(date));

  it.each(['', '31/2/2019', '29/2/2019', '14/6/19', '6/2019', 'yesterday', '2019-13-01', '<b>'])('%j is none', (typed) => expect(parseDay(typed)).toBeUndefined());

  it.each([
    ['', '6', '2019', 'day', 'Born must include a day'], ['14', '', '', 'month', 'Born must include a month and a year'],
    ['14', '6', '19', 'year', 'Born must include a year of four figures'], ['31', '2', '2019', 'day', 'Born must be a real date'],
  ])('%s %s %s is wrong at the %s', (day, month, year, part, text) => expect(dateFault('Born', day, month, year)).toEqual({ part, text }));

  it('may come in three boxes, the month by name', () => {
    expect(dateOf('1', 'jan', '2019')).toBe('2019-01-01');
    expect(dateOf('1', 'x', '2019')).toBeUndefined();
    expect(monthFrom('6', '2019')).toBe('2019-06');
  });
});
