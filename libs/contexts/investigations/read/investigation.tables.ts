import type { Table } from '#platform/read-store';
import { FOREVER, LATEST } from './case-tracks';

// A rectangle: `effFrom` to `effTo` (ms) by `recFrom` to `recTo` (event numbers), ends excluded. Each event closes what it changes at its own
// number and opens what takes its place, so keys only grow, and the rows of new events are those from a number on.
const clocks = { effFrom: 'INTEGER NOT NULL', effTo: 'INTEGER NOT NULL', recFrom: 'INTEGER NOT NULL', recTo: 'INTEGER NOT NULL' } as const;

/** The rows that hold now: on both clocks the last. */
export const STANDING = `recTo = ${LATEST} AND effTo = ${FOREVER}`;

/** One row an investigation. `opener` = number of the event that first opened it: its key in the other tables, and its reference. */
export const investigationTable: Table = {
  name: 'investigation',
  columns: { opener: 'INTEGER NOT NULL', investigation: 'TEXT NOT NULL' },
  key: ['opener'],
  indexes: ['(investigation)'],
};

/**
 * How each investigation stood. `sensitivity`: its place in `sensitivities`; `operations`: as `CaseFacts` has them; `turn`: 1 where it becomes active with this rectangle, -1 where it ceases
 * to be, else 0.
 */
export const caseRectTable: Table = {
  name: 'investigation_rect',
  columns: {
    ...clocks, opener: 'INTEGER NOT NULL', status: 'TEXT NOT NULL', active: 'INTEGER NOT NULL', kind: 'TEXT NOT NULL', area: 'TEXT NOT NULL',
    themes: 'INTEGER NOT NULL', team: 'TEXT', officer: 'TEXT', supervisor: 'TEXT', openedBy: 'TEXT', sensitivity: 'INTEGER NOT NULL', operations: 'TEXT',
    openedAt: 'INTEGER NOT NULL', openedPrecision: 'TEXT NOT NULL', turn: 'INTEGER NOT NULL',
    liveSuspects: 'INTEGER NOT NULL', namedSuspects: 'INTEGER NOT NULL', outstandingSuspects: 'INTEGER NOT NULL', oldestOpenEpisodeOn: 'INTEGER',
  },
  key: ['opener', 'recFrom', 'effFrom'],
  indexes: [
    '(recFrom)',
    '(active, area, effFrom, effTo, recFrom, recTo, themes, team, namedSuspects, oldestOpenEpisodeOn, openedAt, sensitivity)',
    `(active, area, openedAt, themes, team, namedSuspects, oldestOpenEpisodeOn, sensitivity) WHERE ${STANDING}`,
    `(sensitivity) WHERE ${STANDING} AND sensitivity > 0`,
    '(area, effFrom, turn, recFrom, recTo, themes, team) WHERE turn <> 0',
  ],
};

/** One row for each stretch of a suspect's outstanding episode. */
export const episodeRectTable: Table = {
  name: 'episode_rect',
  columns: {
    ...clocks, opener: 'INTEGER NOT NULL', link: 'TEXT NOT NULL', nominal: 'TEXT', area: 'TEXT NOT NULL', themes: 'INTEGER NOT NULL', team: 'TEXT',
    startOn: 'INTEGER NOT NULL', earlierStartOn: 'INTEGER', startedBy: 'TEXT NOT NULL', circulated: 'INTEGER NOT NULL',
  },
  key: ['opener', 'link', 'recFrom', 'effFrom'],
  indexes: ['(recFrom)', '(area, effFrom, effTo, recFrom, recTo, themes, team, startOn, nominal)', `(area, startOn) WHERE ${STANDING}`],
};

export const crimeTable: Table = {
  name: 'investigation_crime',
  columns: {
    opener: 'INTEGER NOT NULL', crime: 'TEXT NOT NULL', recFrom: 'INTEGER NOT NULL', recTo: 'INTEGER NOT NULL', effFrom: 'INTEGER NOT NULL',
    force: 'TEXT', reference: 'TEXT',
  },
  key: ['opener', 'crime', 'recFrom'],
  indexes: ['(reference) WHERE reference IS NOT NULL'],
};

/** What other systems call an investigation or one of its crimes. */
export const sourceTable: Table = {
  name: 'investigation_source',
  columns: { source: 'TEXT NOT NULL', system: 'TEXT NOT NULL', opener: 'INTEGER NOT NULL' },
  key: ['source', 'system', 'opener'],
};
