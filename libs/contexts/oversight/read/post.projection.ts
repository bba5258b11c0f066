import { msOf, officerKey } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { defineProjection } from '#platform/read-store';
import type { Patch, Projection, Table } from '#platform/read-store';
import type { PostEvent } from '../domain/post.events';
import { LATEST } from './access-grant.table';

/** One row for each post that a user has held, by the ledger as it stood from event `recFrom` to event `recTo` (end excluded). */
export interface UserPostRow {
  /** `officerKey` of the user's id. */
  readonly user: string;
  readonly userId: string;
  readonly role: string;
  readonly agency: string;
  readonly team: string | null;
  readonly recFrom: number;
  readonly recTo: number;
  /** When it was first seen, ms. */
  readonly recordedAt: number;
}

const table: Table = {
  name: 'user_post',
  columns: {
    user: 'TEXT NOT NULL', userId: 'TEXT NOT NULL', role: 'TEXT NOT NULL', agency: 'TEXT NOT NULL', team: 'TEXT', recFrom: 'INTEGER NOT NULL', recTo: 'INTEGER NOT NULL',
    recordedAt: 'INTEGER NOT NULL',
  } satisfies Record<keyof UserPostRow, Table['columns'][string]>,
  key: ['user', 'recFrom'],
};

interface Standing {
  row: UserPostRow | undefined;
}

const apply = (standing: Standing, event: RecordedEvent): readonly Patch[] => {
  const { type, data } = event as PostEvent;
  if (type === 'SessionsEnded' || type === 'JobRequeued') return [];
  const { row } = standing;
  const patches: Patch[] = row ? [{ table: table.name, set: { ...row, recTo: event.number } }] : [];
  standing.row = undefined;
  if (type === 'PostLeft') return patches;
  standing.row = {
    user: officerKey(data.userId), userId: data.userId, role: data.role, agency: data.agency, team: data.team ?? null, recFrom: event.number, recTo: LATEST,
    recordedAt: msOf(event.metadata.recordedAt),
  };
  return [...patches, { table: table.name, set: { ...standing.row } }];
};

/** Which post each user held when. */
export const userPosts = defineProjection<Standing>({
  name: 'user-posts',
  version: 1,
  category: 'user',
  types: ['PostTaken', 'PostLeft', 'SessionsEnded', 'JobRequeued'] satisfies PostEvent['type'][],
  tables: [table],
  open: () => ({ row: undefined }),
  apply,
}) as Projection;
