import { intervalOf, MalformedError, parseEffectiveAt, parseMoment } from '.';

const NOW = Date.parse('2019-06-14T12:00:00Z');

describe('dates at the ends of the calendar', () => {
  it.each([['day', '0999-12-31'], ['day', '0001-01-01'], ['month', '0000-01'], ['year', '0000'], ['year', '0999'], ['range', '0001-01-01']])(
    'before the year 1000 are refused: %s %s', (precision, from) => expect(() => parseEffectiveAt({ precision, from, to: from })).toThrow(MalformedError));

  it.each([['day', '9999-12-31'], ['month', '9999-12'], ['year', '9999'], ['day', '1066-10-14'], ['month', '1000-02']])('are measured: %s %s', (precision, from) => {
    const { earliest, latest } = intervalOf(parseEffectiveAt({ precision, from }));
    expect(latest - earliest).toBeGreaterThanOrEqual(86_400_000);
  });

  it.each(['0000-01', '0001-01-01', '9999-12', '9999-12-31', '2019-13', '2019-00'])('are no moment that can be asked for: %s', (text) =>
    expect(() => parseMoment(text, NOW)).toThrow(MalformedError));

  it('leave February as long as it is', () => {
    const days = (from: string) => { const { earliest, latest } = intervalOf({ precision: 'month', from }); return (latest - earliest) / 86_400_000; };
    expect([days('2019-02'), days('2020-02'), days('1900-02'), days('2000-02')]).toEqual([28, 29, 28, 29]);
  });
});
