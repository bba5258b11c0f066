import { readWhen, whenBoxes } from './when';

const now = Date.parse('2019-12-31T17:00:00Z');
const boxes = (day: string, month: string, year: string, more: Record<string, string> = {}) =>
  readWhen({ 'when-day': day, 'when-month': month, 'when-year': year, ...more }, 'when', 'When it happened', now);

describe('when something happened, from boxes', () => {
  it('is kept as exactly as it was written', () => {
    expect(boxes('14', '6', '2019', { 'when-time': '6.45pm' })).toEqual({ at: { precision: 'minute', from: '2019-06-14T18:45+01:00' } });
    expect(boxes('14', '6', '2019')).toEqual({ at: { precision: 'day', from: '2019-06-14' } });
    expect(boxes('', '6', '2019')).toEqual({ at: { precision: 'month', from: '2019-06' } });
    expect(boxes('', '', '2019', { 'when-about': 'yes' })).toEqual({ at: { precision: 'year', from: '2019', about: true } });
    expect(boxes('', '', '', { 'when-unknown': 'yes' })).toEqual({ at: { precision: 'unknown' } });
  });

  it.each([
    ['', '', '', {}, 'when-day', 'Enter when it happened, or say that it is not known'],
    ['31', '2', '2019', {}, 'when-day', 'must be a real date'],
    ['', '13', '2019', {}, 'when-month', 'must include a real month'],
    ['14', '', '2019', {}, 'when-month', 'must include a month'],
    ['14', '6', '19', {}, 'when-year', 'must include a year of four figures'],
    ['', '6', '', {}, 'when-year', 'a year of four figures'],
    ['', '', '19', {}, 'when-year', 'a year of four figures'],
    ['1', '1', '2020', {}, 'when-day', 'must be today or in the past'],
    ['31', '12', '2019', { 'when-time': '17:01' }, 'when-day', 'must be today or in the past'],
    ['14', '6', '2019', { 'when-time': 'teatime' }, 'when-time', 'Time must be in the 24 hour clock'],
    ['', '6', '2019', { 'when-time': '18:45' }, 'when-day', 'Enter the day as well as the time'],
    ['31', '3', '2019', { 'when-time': '01:30' }, 'when-time', 'the clocks went forward'],
  ])('%s %s %s %j is refused at %s', (day, month, year, more, field, text) => {
    const found = boxes(day, month, year, more as Record<string, string>);
    expect(found).toMatchObject({ error: { field, text: expect.stringContaining(text) as string } });
  });

  it('asks BST or GMT for the hour that happens twice, and takes the answer', () => {
    expect(boxes('27', '10', '2019', { 'when-time': '01:30' })).toMatchObject({ twice: true, error: { field: 'when-offset' } });
    expect(boxes('27', '10', '2019', { 'when-time': '01:30', 'when-offset': '+00:00' })).toEqual({ at: { precision: 'minute', from: '2019-10-27T01:30+00:00' } });
    expect(boxes('27', '10', '2019', { 'when-time': '01:30', 'when-offset': '+01:00' })).toEqual({ at: { precision: 'minute', from: '2019-10-27T01:30+01:00' } });
  });

  it('comes back into its boxes for a correction', () => {
    for (const at of [{ precision: 'minute', from: '2019-06-14T18:45+01:00' }, { precision: 'day', from: '2019-06-04' }, { precision: 'month', from: '2019-06', about: true }, { precision: 'unknown' }] as const)
      expect(readWhen(whenBoxes(at, 'when'), 'when', 'When', now)).toEqual({ at });
  });
});
