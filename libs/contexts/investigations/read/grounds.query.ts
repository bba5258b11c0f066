import { MalformedError } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import { exploitationTypes } from '../domain/codes';
import type { Scope } from './answers';
import type { Areas } from './areas';
import { STANDING } from './investigation.tables';
import type { Ground } from './question';
import { themesMask } from './themes';

const STEPS = `WITH RECURSIVE step(area) AS (
    SELECT min(area) FROM investigation_rect WHERE active = ?1 AND area > ''
    UNION ALL SELECT (SELECT min(area) FROM investigation_rect WHERE active = ?1 AND area > step.area) FROM step WHERE area IS NOT NULL
  ) SELECT area FROM step WHERE area IS NOT NULL`;

/** Every area that stands or has stood on an investigation. Steps from one to the next in the index. */
export const recordedAreas = (db: ReadDatabase): string[] => {
  const found = [0, 1].flatMap((active) => db.all<{ area: string }>(STEPS.replaceAll('?1', String(active))));
  return [...new Set(found.map(({ area }) => area))].sort();
};

// Teams that stand now are found in the index of standing rows; the whole table is read only for one that no longer does, or never did.
const hasTeam = (db: ReadDatabase, team: string): boolean =>
  [`team = ? AND ${STANDING}`, 'team = ?'].some((where) => db.get(`SELECT 1 FROM investigation_rect WHERE ${where} LIMIT 1`, team) !== undefined);

/** The ground of a question. @throws MalformedError on `area`, `theme` or `team` */
export const groundOf = (db: ReadDatabase, areas: Areas, { area, theme, team }: Scope): Ground => {
  if (theme !== undefined && !exploitationTypes.includes(theme)) throw new MalformedError('theme', `must be one of ${exploitationTypes.join(', ')}`);
  if (team !== undefined && !hasTeam(db, team)) throw new MalformedError('team', 'must be a team that an investigation was given to');
  const name = areas.nameOf(area, recordedAreas(db));
  return { area: name === 'all' ? null : name, themes: theme === undefined ? 0 : themesMask([theme]), team: team ?? null };
};
