import { officerKey } from '#kernel';
import type { Cell, ReadStore } from '#platform/read-store';
import type { ShownKind } from '../domain/consultation.events';
import type { Way } from './look-ways';
import type { UserActRow } from './look-acts.projection';
import { checkedCount, placeOf } from './look-pages';
import type { LookPage, LookPlace, LooksAsked, LooksOfTime } from './look-pages';
import { operationOf } from './look.tables';
import { itemOf } from './look.items';
import type { ActItem, LookItem, UnusualDay } from './look.items';
import type { LookDayRow, LookRow } from './look.tables';
import { usersIn, writtenAs } from './look-users';

interface Where {
  readonly sql: string;
  readonly values: readonly Cell[];
}

const within = ({ from, before, user, covert }: Omit<LooksAsked, 'limit'>): Where => {
  const parts: [sql: string, value: Cell][] = [];
  if (from !== undefined) parts.push(['at_ms >= ?', from]);
  if (before !== undefined) parts.push(['at_ms < ?', before]);
  if (user !== undefined) parts.push(['user = ?', officerKey(user)]);
  return { sql: [covert ? '1' : 'covert = 0', ...parts.map(([sql]) => sql)].join(' AND '), values: parts.map(([, value]) => value) };
};

/** Answers who looked at what. Looks of professional standards are there only for who asks for them too. */
export class LookQueries {
  /** @param looks read models of the log of looks; @param reads those of the ledger */
  constructor(private readonly looks: Pick<ReadStore, 'db'>, private readonly reads: Pick<ReadStore, 'db'>) {}

  /** Looks that showed this record, newest first. @throws MalformedError on `cursor` or `limit` */
  ofRecord(kind: ShownKind, id: string, asked: LooksAsked & { readonly way?: Way }): LookPage<LookItem> {
    const { way } = asked;
    return this.page('look_subject', way === undefined ? { sql: 'kind = ? AND id = ?', values: [kind, id] } : { sql: 'kind = ? AND id = ? AND way = ?', values: [kind, id, way] }, asked);
  }

  /** How many looks showed this record in each way. */
  waysOf(kind: ShownKind, id: string, asked: Omit<LooksAsked, 'limit' | 'cursor'>): Readonly<Record<Way, number>> {
    const { sql, values } = within(asked);
    const rows = this.looks.db.all<{ way: Way; total: number }>(`SELECT way, count(*) AS total FROM look_subject WHERE kind = ? AND id = ? AND ${sql} GROUP BY way`, kind, id, ...values);
    return { OPENED: 0, LISTED: 0, TAKEN_OUT: 0, ...Object.fromEntries(rows.map(({ way, total }) => [way, total])) };
  }

  /** Everybody who ever looked, was turned away or recorded something, as `officerKey` has them. */
  users(): readonly string[] {
    return [...new Set([...usersIn(this.looks.db, 'look_day'), ...usersIn(this.reads.db, 'user_act')])];
  }

  /** A user's number as it was last written. */
  writtenAs(user: string): string {
    return writtenAs(this.looks.db, this.reads.db, user);
  }

  /** Everything that one user looked at or was denied, newest first. @throws MalformedError on `cursor` or `limit` */
  ofUser(user: string, asked: Omit<LooksAsked, 'user'>): LookPage<LookItem> {
    return this.page('look', { sql: '1', values: [] }, { ...asked, user });
  }

  /** Everybody who was turned away, newest first. @throws MalformedError on `cursor` or `limit` */
  denials(asked: LooksAsked): LookPage<LookItem> {
    return this.page('look', { sql: "operation = 'DENIAL'", values: [] }, asked);
  }

  /** Places of looks, oldest first, at most so many after one of them; for an extract. */
  numbersAfter({ record, ...asked }: LooksOfTime, limit: number, after: LookPlace = { at: -1, number: -1 }): readonly LookPlace[] {
    const { sql, values } = within(asked);
    const [table, which] = record ? ['look_subject', ' AND kind = ? AND id = ?'] : ['look', ''];
    return this.looks.db.all<LookPlace>(
      `SELECT at_ms AS at, number FROM ${table} WHERE ${sql}${which} AND (at_ms, number) > (?, ?) ORDER BY at_ms, number LIMIT ?`,
      ...values, ...(record ? [record.kind, record.id] : []), after.at, after.number, limit);
  }

  /** What one user recorded in the ledger, newest first. @throws MalformedError on `cursor` or `limit` */
  actsOf(user: string, { from = 0, before = Number.MAX_SAFE_INTEGER, cursor, limit }: Omit<LooksAsked, 'user' | 'covert'>): LookPage<ActItem> {
    const where = 'user = ? AND recorded_ms >= ? AND recorded_ms < ?';
    const key = officerKey(user);
    const rows = this.reads.db.all<UserActRow>(
      `SELECT * FROM user_act WHERE ${where} AND number < ? ORDER BY number DESC LIMIT ?`, key, from, before, placeOf(cursor), checkedCount(limit) + 1);
    const { total } = this.reads.db.get<{ total: number }>(`SELECT count(*) AS total FROM user_act WHERE ${where}`, key, from, before)!;
    const items = rows.slice(0, limit).map((row): ActItem => ({
      number: row.number, category: row.category, id: row.id, type: row.type, operation: operationOf(row.type, row.corrects === 1), recordedAt: row.recorded_ms,
    }));
    return { items, total, ...(rows.length > limit ? { next: String(items.at(-1)!.number) } : {}) };
  }

  /** Days (`YYYY-MM-DD`, both included) on which somebody looked at many more records than is usual for them, the most unusual first. */
  unusual({ first, last, covert, limit }: { readonly first: string; readonly last: string; readonly covert: boolean; readonly limit: number }): readonly UnusualDay[] {
    const rows = this.looks.db.all<LookDayRow & { usual: number }>(
      `SELECT d.*, coalesce((SELECT round(avg(e.records)) FROM look_day e WHERE e.user = d.user AND e.day < d.day), 0) AS usual
       FROM look_day d WHERE d.day BETWEEN ? AND ? AND (? OR d.covert = 0) AND d.records >= 20
       ORDER BY d.records - 3 * usual DESC, d.day DESC LIMIT ?`, first, last, covert ? 1 : 0, limit);
    return rows.filter(({ records, usual }) => records >= 3 * usual).map(({ day, user_id, user, looks, records, denials, usual }) =>
      ({ day, user: user_id ?? user, looks, records, denials, usual: Number(usual) }));
  }

  private page(table: 'look' | 'look_subject', fixed: Where, asked: LooksAsked): LookPage<LookItem> {
    const { sql, values } = within(asked);
    const limit = checkedCount(asked.limit);
    const where = `${fixed.sql} AND ${sql}`;
    const { db } = this.looks;
    return db.snapshot(() => {
      const rows = db.all<LookRow>(
        `SELECT * FROM look WHERE number IN (SELECT number FROM ${table} WHERE ${where} AND number < ? ORDER BY number DESC LIMIT ?) ORDER BY number DESC`,
        ...fixed.values, ...values, placeOf(asked.cursor), limit + 1);
      const { total } = db.get<{ total: number }>(`SELECT count(*) AS total FROM ${table} WHERE ${where}`, ...fixed.values, ...values)!;
      const items = rows.slice(0, limit).map(itemOf);
      return { items, total, ...(rows.length > limit ? { next: String(items.at(-1)!.number) } : {}) };
    });
  }
}
