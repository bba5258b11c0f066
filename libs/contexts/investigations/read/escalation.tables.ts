import type { Table } from '#platform/read-store';

// What is asked for again and again must cost what is due and no more: a row goes away with the escalation, and indexes are in the order of the
// days on which things fall due. Days are Europe/London, counted from 1970-01-01.

/** The review that each active case waits for, until it is escalated. `dueOn`: where the plan of the case says it; else the force's policy does. */
export const reviewWatchTable: Table = {
  name: 'review_watch',
  columns: { opener: 'INTEGER NOT NULL', investigation: 'TEXT NOT NULL', since: 'INTEGER NOT NULL', initial: 'INTEGER NOT NULL', dueOn: 'INTEGER' },
  key: ['opener'],
  indexes: ['(initial, since, investigation) WHERE dueOn IS NULL', '(dueOn, investigation) WHERE dueOn IS NOT NULL'],
};

/** Suspects who are outstanding, until that is escalated. */
export const suspectWatchTable: Table = {
  name: 'suspect_watch',
  columns: { opener: 'INTEGER NOT NULL', link: 'TEXT NOT NULL', investigation: 'TEXT NOT NULL', since: 'INTEGER NOT NULL' },
  key: ['opener', 'link'],
  indexes: ['(since, investigation, link)'],
};

/**
 * Everything that was ever escalated, by the number of its event. `standing`: 1 while it waits: not answered, and what it was about goes on. `supervisor`: key of
 * the one in the case now; null where there is none. `initial`, `planDue`: of a review, as `review_watch` has them now.
 */
export const escalationTable: Table = {
  name: 'escalation',
  columns: {
    opener: 'INTEGER NOT NULL', number: 'INTEGER NOT NULL', investigation: 'TEXT NOT NULL', event: 'TEXT NOT NULL', kind: 'TEXT NOT NULL', link: 'TEXT', since: 'INTEGER NOT NULL',
    recordedAt: 'INTEGER NOT NULL', supervisor: 'TEXT', standing: 'INTEGER NOT NULL', initial: 'INTEGER NOT NULL', planDue: 'INTEGER',
  },
  key: ['opener', 'number'],
  indexes: ['(supervisor, since) WHERE standing = 1'],
};

export const escalationTables: readonly Table[] = [reviewWatchTable, suspectWatchTable, escalationTable];
