import type { Table } from '#platform/read-store';

export const operations = ['CONSULTATION', 'DISCLOSURE', 'COMBINATION', 'DENIAL'] as const;
/** What section 62(1) of the Data Protection Act 2018 calls an act; and a denial, which is none of its words. */
export type Operation = (typeof operations)[number];

/** What an event of the ledger did to a record. */
export const operationOf = (type: string, corrects: boolean): 'COLLECTION' | 'ALTERATION' | 'ERASURE' =>
  (/Erased$/.test(type) ? 'ERASURE' : corrects ? 'ALTERATION' : 'COLLECTION');

/** One row a look. `user` is for comparing (see `officerKey`), `user_id` as it was written; null of somebody who had not signed in. */
export interface LookRow {
  readonly number: number;
  readonly event_id: string;
  readonly operation: Operation;
  readonly at_ms: number;
  readonly recorded_at: string;
  readonly user: string;
  readonly user_id: string | null;
  readonly role: string | null;
  readonly agency: string | null;
  readonly team: string | null;
  readonly session: string | null;
  readonly door: string;
  readonly route: string;
  readonly reason: string | null;
  readonly covert: 0 | 1;
  /** JSON: `[{ kind, ids }]`. */
  readonly shown: string;
  readonly more: number;
  readonly recipients: string | null;
  readonly denied: string | null;
  /** JSON of the sealed value: what somebody who was turned away had asked for. */
  readonly named: string | null;
}

/** One row a record that a look named. */
export interface LookSubjectRow {
  readonly kind: string;
  readonly id: string;
  readonly number: number;
  readonly user: string;
  readonly at_ms: number;
  readonly covert: 0 | 1;
  /** See `Way`. */
  readonly way: string;
}

/** One row a user and day in London. */
export interface LookDayRow {
  readonly day: string;
  readonly user: string;
  readonly user_id: string | null;
  readonly looks: number;
  readonly denials: number;
  /** Different records that were named. */
  readonly records: number;
  readonly covert: 0 | 1;
  readonly last_ms: number;
  readonly last_number: number;
}

export const lookTable: Table = {
  name: 'look',
  columns: {
    number: 'INTEGER NOT NULL', event_id: 'TEXT NOT NULL', operation: 'TEXT NOT NULL', at_ms: 'INTEGER NOT NULL', recorded_at: 'TEXT NOT NULL',
    user: 'TEXT NOT NULL', user_id: 'TEXT', role: 'TEXT', agency: 'TEXT', team: 'TEXT', session: 'TEXT', door: 'TEXT NOT NULL', route: 'TEXT NOT NULL',
    reason: 'TEXT', covert: 'INTEGER NOT NULL', shown: 'TEXT NOT NULL', more: 'INTEGER NOT NULL', recipients: 'TEXT', denied: 'TEXT', named: 'TEXT',
  },
  key: ['number'],
  indexes: ['(user, number, at_ms, covert)', "(number, at_ms, covert, user) WHERE operation = 'DENIAL'", '(at_ms)'],
};

export const lookSubjectTable: Table = {
  name: 'look_subject',
  columns: { kind: 'TEXT NOT NULL', id: 'TEXT NOT NULL', number: 'INTEGER NOT NULL', user: 'TEXT NOT NULL', at_ms: 'INTEGER NOT NULL', covert: 'INTEGER NOT NULL', way: 'TEXT NOT NULL' },
  key: ['kind', 'id', 'number'],
};

export const lookDayTable: Table = {
  name: 'look_day',
  columns: {
    day: 'TEXT NOT NULL', user: 'TEXT NOT NULL', user_id: 'TEXT', looks: 'INTEGER NOT NULL', denials: 'INTEGER NOT NULL', records: 'INTEGER NOT NULL',
    covert: 'INTEGER NOT NULL', last_ms: 'INTEGER NOT NULL', last_number: 'INTEGER NOT NULL',
  },
  key: ['day', 'user'],
  indexes: ['(user, day, records)'],
};
