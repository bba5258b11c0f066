import { dateOfDay, dayNumber, instantOf, londonDate, londonDay, londonOffset, msOf, startOfLondonDay } from './time';

const HOUR = 3_600_000;

describe('time in Europe/London', () => {
  it.each([
    ['2019-03-31T00:59:59.999Z', 0], ['2019-03-31T01:00:00Z', HOUR], ['2019-10-27T00:59:59.999Z', HOUR], ['2019-10-27T01:00:00Z', 0],
    ['1970-01-15T12:00:00Z', HOUR], ['1968-12-25T12:00:00Z', HOUR], ['1971-12-25T12:00:00Z', 0], ['1996-07-01T12:00:00Z', HOUR],
  ])('is at %s ahead of UTC by %d ms', (instant, offset) => expect(londonOffset(Date.parse(instant))).toBe(offset));

  it('begins a day at its own midnight, also when the clocks change', () => {
    const start = (date: string): string => new Date(startOfLondonDay(dayNumber(date))).toISOString();
    expect([start('2019-03-31'), start('2019-04-01'), start('2019-10-27'), start('2019-10-28')])
      .toEqual(['2019-03-31T00:00:00.000Z', '2019-03-31T23:00:00.000Z', '2019-10-26T23:00:00.000Z', '2019-10-28T00:00:00.000Z']);
  });

  it('has every day begin where the one before ended, for sixty years', () => {
    for (let day = dayNumber('1966-01-01'); day < dayNumber('2026-01-01'); day++) {
      const start = startOfLondonDay(day);
      expect([londonDay(start), londonDay(start - 1)]).toEqual([day, day - 1]);
    }
  });

  it('gives the date of an instant', () =>
    expect([londonDate(Date.parse('2019-06-14T22:59:59.999Z')), londonDate(Date.parse('2019-06-14T23:00:00Z'))]).toEqual(['2019-06-14', '2019-06-15']));

  it('remembers the days asked about last, and never all that were ever asked about', () => {
    const measured = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    const asked = (year: number): number => {
      measured.mockClear();
      londonOffset(Date.UTC(year, 0, 15));
      return measured.mock.calls.length;
    };
    expect([asked(2500), asked(2500)]).toEqual([2, 0]);
    for (let day = 0; day < 40_000; day++) londonOffset(Date.UTC(2600, 0, 1 + day));
    expect(asked(2500)).toBe(2);
    measured.mockRestore();
  });

  it('knows which dates exist', () => {
    expect(['2020-02-29', '2000-02-29'].map((date) => dateOfDay(dayNumber(date)))).toEqual(['2020-02-29', '2000-02-29']);
    expect(['2019-02-29', '1900-02-29', '2019-00-10', '2019-1-1', 'x'].map(dayNumber)).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });

  it('writes instants in UTC with milliseconds', () =>
    expect([instantOf(0), msOf(instantOf(1_577_811_600_000))]).toEqual(['1970-01-01T00:00:00.000Z', 1_577_811_600_000]));
});
