import { MalformedError } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import type { AccessGrantRow } from './access-grant.table';
import { breakGlassOf } from './access-list.items';
import type { BreakGlassItem } from './access-list.items';

export interface BreakGlassAsked {
  /** Those that nobody has answered for come first; newest first among equals. */
  readonly unreviewedFirst: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

export interface BreakGlassPage {
  readonly items: readonly BreakGlassItem[];
  /** Cursor of the page that follows; absent on the last. */
  readonly next?: string;
}

/** A place between rows: whether the last one shown was reviewed, and its event number. */
type Place = readonly [reviewed: number, recFrom: number];

const FIRST: Place = [-1, Number.MAX_SAFE_INTEGER];

const placeOf = (cursor: string | undefined): Place => {
  if (cursor === undefined) return FIRST;
  const [, reviewed, recFrom] = /^([01])\.(\d{1,15})$/.exec(cursor) ?? [];
  if (recFrom === undefined) throw new MalformedError('cursor', 'must be the cursor of an earlier answer');
  return [Number(reviewed), Number(recFrom)];
};

const REVIEWED = '(finding IS NOT NULL)';
const ANY = 'SELECT * FROM access_grant WHERE kind = \'BREAK_GLASS\' AND recFrom < ? ORDER BY recFrom DESC LIMIT ?';
const UNREVIEWED_FIRST = `SELECT * FROM access_grant WHERE kind = 'BREAK_GLASS' AND (${REVIEWED}, -recFrom) > (?, ?) ORDER BY ${REVIEWED}, recFrom DESC LIMIT ?`;

/** One page of every use of the break-glass. @throws MalformedError on `cursor` or `limit` */
export const pageOfBreakGlass = (db: ReadDatabase, { unreviewedFirst, limit, cursor }: BreakGlassAsked): BreakGlassPage => {
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw new MalformedError('limit', 'must be a whole number from 1 to 200');
  const [reviewed, recFrom] = placeOf(cursor);
  const rows = unreviewedFirst ? db.all<AccessGrantRow>(UNREVIEWED_FIRST, reviewed, -recFrom, limit + 1) : db.all<AccessGrantRow>(ANY, recFrom, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(breakGlassOf),
    ...(rows.length > limit && last && { next: `${unreviewedFirst && last.finding !== null ? 1 : 0}.${last.recFrom}` }),
  };
};

const UNANSWERED = 'SELECT * FROM access_grant WHERE kind = \'BREAK_GLASS\' AND finding IS NULL ORDER BY recFrom DESC';

/** Every use that nobody has answered for, newest first: few, because each is to be answered. */
export const unreviewedBreakGlass = (db: ReadDatabase): readonly BreakGlassItem[] => db.all<AccessGrantRow>(UNANSWERED).map(breakGlassOf);
