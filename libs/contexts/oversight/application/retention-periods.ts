import fs from 'node:fs';
import { fromRoot } from '#platform/settings';
import type { RetentionPeriod } from '../read/next-review';

/** The periods of `reference-data/retention-groups.json`. @throws Error when the file is not whole: the program is not installed whole */
export const loadRetentionPeriods = (file = fromRoot('reference-data', 'retention-groups.json')): readonly RetentionPeriod[] => {
  const rows = JSON.parse(fs.readFileSync(file, 'utf8')) as RetentionPeriod[];
  const whole = Array.isArray(rows) && rows.every(({ group, from, restarts }) => /^([1-4]|NONE)$/.test(group) && /^\d{4}-\d{2}-\d{2}$/.test(from) && typeof restarts === 'boolean');
  if (!whole) throw new Error('retention-groups.json cannot be used');
  return rows;
};
