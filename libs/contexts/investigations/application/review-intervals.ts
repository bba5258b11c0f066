import fs from 'node:fs';
import { dayNumber } from '#kernel';
import { fromRoot } from '#platform/settings';
import type { ReviewInterval } from '../domain/review-interval';

const isDays = (days: unknown): boolean => Number.isInteger(days) && (days as number) >= 1 && (days as number) <= 366;

/** The force's policy on reviews from `reference-data/review-intervals.json`, oldest first. @throws Error when the file cannot be used */
export const loadReviewIntervals = (file = fromRoot('reference-data', 'review-intervals.json')): readonly ReviewInterval[] => {
  const rows = JSON.parse(fs.readFileSync(file, 'utf8')) as ReviewInterval[];
  const isWhole = Array.isArray(rows) && rows.every(({ from, initialDays, everyDays }) => dayNumber(from) > 0 && isDays(initialDays) && isDays(everyDays));
  if (!isWhole || new Set(rows.map(({ from }) => from)).size !== rows.length) throw new Error('review-intervals.json cannot be used');
  return rows.sort((a, b) => dayNumber(a.from) - dayNumber(b.from));
};
