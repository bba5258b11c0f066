import type { Instant, Private } from '#kernel';
import type { Shown } from '../domain/consultation.events';
import type { SealedText } from './access-list.items';
import type { LookRow, Operation } from './look.tables';

/** One look as oversight sees it. */
export interface LookItem {
  /** Place in the log of looks, from 0. */
  readonly number: number;
  readonly eventId: string;
  readonly operation: Operation;
  /** Ms: when it happened. */
  readonly at: number;
  /** When the log got it: later where the log was away. */
  readonly recordedAt: Instant;
  /** Null of somebody who had not signed in. */
  readonly user: string | null;
  readonly role: string | null;
  readonly agency: string | null;
  readonly team: string | null;
  readonly door: string;
  readonly route: string;
  readonly reason: string | null;
  readonly covert: boolean;
  readonly shown: readonly Shown[];
  /** Records shown beyond those named. */
  readonly more: number;
  /** Organisations. */
  readonly recipients: string | null;
  /** Kind and action of what was refused. */
  readonly denied: string | null;
  /** What somebody who was turned away had asked for, sealed; null where that was not kept. */
  readonly named: SealedText | null;
}

/** One thing that a user recorded in the ledger. */
export interface ActItem {
  readonly number: number;
  readonly category: string;
  readonly id: string;
  readonly type: string;
  readonly operation: 'COLLECTION' | 'ALTERATION' | 'ERASURE';
  /** Ms. */
  readonly recordedAt: number;
}

/** One user's day, beside what is usual for them. */
export interface UnusualDay {
  readonly day: string;
  readonly user: string;
  readonly looks: number;
  readonly records: number;
  readonly denials: number;
  /** Different records on an average day before this one; 0 where there is none. */
  readonly usual: number;
}

/** @param row as the read model has it */
export const itemOf = (row: LookRow): LookItem => ({
  number: row.number, eventId: row.event_id, operation: row.operation, at: row.at_ms, recordedAt: row.recorded_at as Instant,
  user: row.user_id, role: row.role, agency: row.agency, team: row.team, door: row.door, route: row.route, reason: row.reason,
  covert: row.covert === 1, shown: JSON.parse(row.shown) as Shown[], more: row.more, recipients: row.recipients, denied: row.denied,
  named: row.named === null ? null : { eventId: row.event_id, path: 'data.named', value: JSON.parse(row.named) as Private },
});
