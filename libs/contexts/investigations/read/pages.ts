import { MalformedError } from '#kernel';
import type { Cell, ReadDatabase } from '#platform/read-store';
import type { Page } from './answers';
import { cursorOf } from './cursor';
import type { ListName, Place } from './cursor';
import { answeredAt } from './question';
import type { Condition, Moment } from './question';

export interface PageAsked {
  readonly cursor?: string;
  readonly limit: number;
}

/** A list as SQL: rows of `from` that meet `where`, in rising order of the expressions `key` and `tie`. */
export interface ListQuery {
  readonly name: ListName;
  readonly from: string;
  /** Columns of its key. */
  readonly identity: string;
  readonly where: Condition;
  readonly key: string;
  readonly tie: string;
}

export interface Keyed {
  readonly sortKey: number;
  readonly sortTie: number | string;
}

/** @throws MalformedError on `limit` */
export const checkedLimit = (limit: number): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw new MalformedError('limit', 'must be a whole number from 1 to 200');
  return limit;
};

const beyond = ({ key, tie }: ListQuery, place: Place | undefined): Condition => {
  if (!place) return { sql: '1', values: [] };
  const sign = place.side === 'after' ? '>' : '<';
  return { sql: `(${key}, ${tie}) ${sign} (?, ?)`, values: [place.key, place.tie] };
};

/** Rows of one page and whether there are more on the side that was read towards; in list order. */
const rowsOf = <R extends Keyed>(db: ReadDatabase, query: ListQuery, columns: string, limit: number, place?: Place): { rows: R[]; more: boolean } => {
  const backwards = place?.side === 'before';
  const order = backwards ? 'DESC' : 'ASC';
  const start = beyond(query, place);
  // The page is found in an index; only its own rows are read whole.
  const found = db.all<R>(
    `SELECT ${columns}, sortKey, sortTie FROM (
        SELECT ${query.identity}, ${query.key} AS sortKey, ${query.tie} AS sortTie FROM ${query.from} WHERE ${query.where.sql} AND ${start.sql}
        ORDER BY sortKey ${order}, sortTie ${order} LIMIT ?
      ) CROSS JOIN ${query.from} USING (${query.identity}) ORDER BY sortKey ${order}, sortTie ${order}`,
    ...query.where.values, ...start.values, limit + 1 as Cell);
  const rows = found.slice(0, limit);
  return { rows: backwards ? rows.reverse() : rows, more: found.length > limit };
};

/** One page of a list with the places of its neighbours. `present` turns the rows of the page into items. */
export const pageOf = <R extends Keyed, T>(
  db: ReadDatabase, query: ListQuery, columns: string, asked: PageAsked & { readonly place?: Place }, moment: Moment, present: (rows: readonly R[]) => T[],
): Page<T> => {
  const { place } = asked;
  const { rows, more } = rowsOf<R>(db, query, columns, checkedLimit(asked.limit), place);
  const { total } = db.get<{ total: number }>(`SELECT count(*) AS total FROM ${query.from} WHERE ${query.where.sql}`, ...query.where.values)!;
  const at = (row: R | undefined, side: Place['side']): string | undefined =>
    row && cursorOf(query.name, { key: row.sortKey, tie: row.sortTie, side, effective: moment.effective, number: moment.number, recorded: moment.recorded });
  const [before, after] = place?.side === 'before' ? [more, true] : [place !== undefined, more];
  return {
    items: present(rows), total, ...answeredAt(moment),
    ...(after && rows.length > 0 && { next: at(rows.at(-1), 'after') }),
    ...(before && rows.length > 0 && { previous: at(rows[0], 'before') }),
  };
};
