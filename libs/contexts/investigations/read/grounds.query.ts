import { MalformedError } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import { exploitationTypes } from '../domain/codes';
import type { Scope } from './answers';
import type { Areas } from './areas';
import { STANDING } from './investigation.tables';
import type { Ground } from './question';
import { themesMask } from '../domain/themes';
import { isVisible, isWhole, whereVisible } from './visible';
import type { Visible } from './visible';

const STEPS = `WITH RECURSIVE step(area) AS (
    SELECT min(area) FROM investigation_rect WHERE active = ?1 AND area > ''
    UNION ALL SELECT (SELECT min(area) FROM investigation_rect WHERE active = ?1 AND area > step.area) FROM step WHERE area IS NOT NULL
  ) SELECT area FROM step WHERE area IS NOT NULL`;

// The first row that is there for who asks is nearly always the first there is.
const hasVisible = (db: ReadDatabase, visible: Visible, where: string, value: string): boolean => {
  for (const { opener } of db.iterate<{ opener: number }>(`SELECT opener FROM investigation_rect WHERE ${where}`, value)) if (isVisible(visible, opener)) return true;
  return false;
};

/** Every area that stands or has stood on an investigation that is there for who asks. Steps from one to the next in the index. */
export const recordedAreas = (db: ReadDatabase, visible: Visible): string[] => {
  if (visible.only) {
    const { sql, values } = whereVisible(visible);
    return db.all<{ area: string }>(`SELECT DISTINCT area FROM investigation_rect WHERE ${sql} AND area > '' ORDER BY area`, ...values).map(({ area }) => area);
  }
  const found = [0, 1].flatMap((active) => db.all<{ area: string }>(STEPS.replaceAll('?1', String(active)))
    .filter(({ area }) => isWhole(visible) || hasVisible(db, visible, `active = ${active} AND area = ?`, area)));
  return [...new Set(found.map(({ area }) => area))].sort();
};

// Teams that stand now are found in the index of standing rows; the whole table is read only for one that no longer does, or never did.
const hasTeam = (db: ReadDatabase, visible: Visible, team: string): boolean => {
  const { sql, values } = whereVisible(visible);
  if (visible.only) return db.get(`SELECT 1 FROM investigation_rect WHERE ${sql} AND team = ? LIMIT 1`, ...values, team) !== undefined;
  return [`team = ? AND ${STANDING}`, 'team = ?'].some((where) => hasVisible(db, visible, where, team));
};

/** The ground of a question. @throws MalformedError on `area`, `theme` or `team` */
export const groundOf = (db: ReadDatabase, areas: Areas, { area, theme, team }: Scope, visible: Visible): Ground => {
  if (theme !== undefined && !exploitationTypes.includes(theme)) throw new MalformedError('theme', `must be one of ${exploitationTypes.join(', ')}`);
  if (team !== undefined && !hasTeam(db, visible, team)) throw new MalformedError('team', 'must be a team that an investigation was given to');
  const name = areas.nameOf(area, recordedAreas(db, visible));
  return { area: name === 'all' ? null : name, themes: theme === undefined ? 0 : themesMask([theme]), team: team ?? null, visible };
};
