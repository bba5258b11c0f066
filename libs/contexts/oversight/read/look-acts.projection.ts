import { categoryOf, msOf, officerKey } from '#kernel';
import { defineProjection, EVERY_CATEGORY } from '#platform/read-store';
import type { Table } from '#platform/read-store';

/** One row an event that a signed-in person recorded. */
export interface UserActRow {
  readonly user: string;
  readonly number: number;
  readonly category: string;
  readonly id: string;
  readonly type: string;
  readonly corrects: 0 | 1;
  readonly recorded_ms: number;
}

const table: Table = {
  name: 'user_act',
  columns: {
    user: 'TEXT NOT NULL', number: 'INTEGER NOT NULL', category: 'TEXT NOT NULL', id: 'TEXT NOT NULL', type: 'TEXT NOT NULL',
    corrects: 'INTEGER NOT NULL', recorded_ms: 'INTEGER NOT NULL',
  },
  key: ['user', 'number'],
};

/** What each person recorded in the ledger. Programs and imports are no persons: their events cost a glance. */
export const userActs = defineProjection<undefined>({
  name: 'user-acts',
  version: 1,
  category: EVERY_CATEGORY,
  stateless: true,
  tables: [table],
  open: () => undefined,
  apply(_, { stream, number, type, metadata: { actor, recordedAt, corrects } }) {
    if (actor.kind !== 'user') return [];
    const category = categoryOf(stream);
    const row: UserActRow = {
      user: officerKey(actor.id), number, category, id: stream.slice(category.length + 1), type, corrects: corrects ? 1 : 0, recorded_ms: msOf(recordedAt),
    };
    return [{ table: 'user_act', set: { ...row } }];
  },
});
