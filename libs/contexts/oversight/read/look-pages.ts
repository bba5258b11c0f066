import { MalformedError } from '#kernel';
import type { ReadDatabase } from '#platform/read-store';
import type { ShownKind } from '../domain/consultation.events';

/** Which looks: moments in ms, `before` not included. */
export interface LooksAsked {
  readonly from?: number;
  readonly before?: number;
  readonly user?: string;
  /** Whether looks of professional standards are among them: only for those who may know of these. */
  readonly covert: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

/** Looks of a time for an extract, perhaps those that showed one record. */
export type LooksOfTime = Pick<LooksAsked, 'from' | 'before' | 'user' | 'covert'> & { readonly record?: { readonly kind: ShownKind; readonly id: string } };

/** A look in the order of when it happened (ms). */
export interface LookPlace {
  readonly at: number;
  readonly number: number;
}

export interface LookPage<T> {
  readonly items: readonly T[];
  /** Of all pages together. */
  readonly total: number;
  /** Cursor of the page that follows; absent on the last. */
  readonly next?: string;
}

/** @throws MalformedError on `limit` */
export const checkedCount = (limit: number): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw new MalformedError('limit', 'must be a whole number from 1 to 200');
  return limit;
};

/** The number before which a page begins. @throws MalformedError on `cursor` */
export const placeOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  if (!/^\d{1,15}$/.test(cursor)) throw new MalformedError('cursor', 'must be the cursor of an earlier answer');
  return Number(cursor);
};

const DISCLOSURES = "SELECT number FROM look JOIN look_subject USING (number) WHERE kind = ? AND id = ? AND operation = 'DISCLOSURE' ORDER BY number";

/** Every disclosure of a record, `DIS-` and its number in the log of looks, oldest first; also those of professional standards. */
export const disclosuresOf = (db: ReadDatabase, kind: ShownKind, id: string): readonly string[] =>
  db.all<{ number: number }>(DISCLOSURES, kind, id).map(({ number }) => `DIS-${number}`);
