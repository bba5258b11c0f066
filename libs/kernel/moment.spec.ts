import { MalformedError } from './errors';
import { parseMoment } from './moment';

const now = Date.parse('2019-12-31T17:00:00Z');
const at = (text: string): string => new Date(parseMoment(text, now)).toISOString();

describe('a moment that somebody asks for', () => {
  it.each([
    ['2019-06-14T17:00:00+01:00', '2019-06-14T16:00:00.000Z'],
    ['2019-06-14T17:00Z', '2019-06-14T17:00:00.000Z'],
    ['2019-06-14T17:00', '2019-06-14T16:00:00.000Z'],
    ['2019-12-14T17:00:30.5', '2019-12-14T17:00:30.500Z'],
    ['2019-06-14', '2019-06-14T22:59:59.999Z'],
    ['2019-06', '2019-06-30T22:59:59.999Z'],
    ['2019-10-27', '2019-10-27T23:59:59.999Z'],
    ['2019-10-27T01:30+01:00', '2019-10-27T00:30:00.000Z'],
    ['2019-10-27T01:30+00:00', '2019-10-27T01:30:00.000Z'],
    ['2019-10-27T02:30', '2019-10-27T02:30:00.000Z'],
  ])('%s is %s', (text, instant) => expect(at(text)).toBe(instant));

  it('is now when it is the day or the month that has not ended', () =>
    expect([at('2019-12-31'), at('2019-12')]).toEqual(['2019-12-31T17:00:00.000Z', '2019-12-31T17:00:00.000Z']));

  it.each([
    ['2019-10-27T01:30', 'happens twice'], ['2019-03-31T01:30', 'exists'], ['2020-01-01', 'future'], ['2019-12-31T17:00:01Z', 'future'], ['2020-02', 'future'],
    ['2019-02-30', 'exists'], ['2019-13', 'exists'], ['yesterday', 'exists'], ['', 'exists'], ['2019', 'exists'], ['2019-06-14T25:00', 'exists'],
    ['2019-06-14T17:00+25:00', 'offset'], ['2019-06-14T17:00-01:99', 'offset'],
  ])('%s is refused: %s', (text, word) => {
    expect(() => at(text)).toThrow(MalformedError);
    expect(() => at(text)).toThrow(word);
  });
});
