import { officerKey } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';

/** Each user of a table once, as `officerKey` has them: one step in the index for each, however many rows they have. */
export const usersIn = (db: ReadDatabase, table: 'look_day' | 'user_act'): readonly string[] =>
  db.all<{ user: string }>(
    `WITH RECURSIVE each(user) AS (SELECT min(user) FROM ${table} UNION ALL SELECT (SELECT min(user) FROM ${table} WHERE user > each.user) FROM each WHERE each.user IS NOT NULL)
     SELECT user FROM each WHERE user <> ''`).map(({ user }) => user);

/** A user's number as it was last written in the log of looks, or with their post; as it was asked where it never was. */
export const writtenAs = (looks: ReadDatabase, reads: ReadDatabase, user: string): string => {
  const look = looks.get<{ user_id: string | null }>('SELECT user_id FROM look_day WHERE user = ? ORDER BY day DESC LIMIT 1', officerKey(user));
  return look?.user_id ?? reads.get<{ userId: string }>('SELECT userId FROM user_post WHERE user = ? ORDER BY recFrom DESC LIMIT 1', officerKey(user))?.userId ?? user;
};
