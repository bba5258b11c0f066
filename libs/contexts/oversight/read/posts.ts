import { dayNumber, officerKey, startOfLondonDay } from '#kernel';
import type { LocalDate, OfficerId } from '#kernel';
import type { ReadStore } from '#platform/read-store';
import type { UserRole } from '../domain/codes';
import { LATEST } from './access-grant.table';

/** The events that a London day begins and ends with: what was recorded before it, and by its end; -1 where there is nothing. */
export interface DayOfEvents {
  readonly first: number;
  readonly last: number;
}

export interface UserPost {
  readonly userId: OfficerId;
  readonly role: UserRole;
  readonly agency: string;
  readonly team: string | null;
  /** Held by the ledger as it stood from event `recFrom` up to, not including, event `recTo`. */
  readonly recFrom: number;
  readonly recTo: number;
}

const COLUMNS = 'SELECT userId, role, agency, team, recFrom, recTo FROM user_post';
const HELD = `${COLUMNS} WHERE recFrom <= ? AND recTo > ? ORDER BY user, recFrom`;
const HELD_BY = `${COLUMNS} WHERE user = ? AND recFrom <= ? AND recTo > ? ORDER BY recFrom`;

const NOT_SUPERVISING = `SELECT asked.value AS user FROM json_each(?) asked
  WHERE EXISTS (SELECT 1 FROM user_post WHERE user = asked.value)
    AND NOT EXISTS (SELECT 1 FROM user_post WHERE user = asked.value AND recTo = ${LATEST} AND role = 'SUPERVISOR')`;

/** Answers who held which post on which day. */
export class Posts {
  constructor(private readonly reads: Pick<ReadStore, 'db' | 'numberRecordedBy'>) {}

  /** Of the ledger, what a London day (that has begun) covers. */
  dayOf(date: LocalDate): DayOfEvents {
    const day = dayNumber(date);
    return { first: this.reads.numberRecordedBy(startOfLondonDay(day) - 1), last: this.reads.numberRecordedBy(startOfLondonDay(day + 1) - 1) };
  }

  /** The last post that a user held on a London day; undefined when they held none. */
  postOn(userId: OfficerId, date: LocalDate): UserPost | undefined {
    const { first, last } = this.dayOf(date);
    return this.reads.db.all<UserPost>(HELD_BY, officerKey(userId), last, first).at(-1);
  }

  /** Those of these users (by key) who hold another post now than a supervisor's, or none any more; somebody never seen in the service is not among them. */
  notSupervising(users: readonly string[]): readonly string[] {
    return this.reads.db.all<{ user: string }>(NOT_SUPERVISING, JSON.stringify(users)).map(({ user }) => user);
  }

  /** Every post that anybody held at one time or another of a London day. */
  postsOn(date: LocalDate): readonly UserPost[] {
    const { first, last } = this.dayOf(date);
    return this.reads.db.all<UserPost>(HELD, last, first);
  }
}
