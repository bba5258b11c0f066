import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadReviewIntervals } from './review-intervals';

const written = (rows: unknown): string => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-intervals-')), 'rows.json');
  fs.writeFileSync(file, JSON.stringify(rows));
  return file;
};
const row = (from: string, more: object = {}) => ({ from, initialDays: 28, everyDays: 28, ...more });

describe('the force\'s policy on reviews', () => {
  it('is there with the program', () => expect(loadReviewIntervals().length).toBeGreaterThan(0));
  it('is read oldest first, in whatever order it was written', () => expect(loadReviewIntervals(written([row('2021-01-01'), row('2020-01-01')])).map(({ from }) => from)).toEqual(['2020-01-01', '2021-01-01']));
  it.each([
    ['no list', {}], ['no date', [row('2020-13-01')]], ['no days', [row('2020-01-01', { everyDays: 0 })]], ['half days', [row('2020-01-01', { initialDays: 1.5 })]], ['more than a year', [row('2020-01-01', { everyDays: 367 })]],
    ['two rows of one day', [row('2020-01-01'), row('2020-01-01', { everyDays: 14 })]],
  ])('does not start the program with %s', (_, rows) => expect(() => loadReviewIntervals(written(rows))).toThrow('review-intervals.json'));
});
